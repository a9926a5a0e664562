/** What imports would do, and what they do, to labels and masks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { createLabel, type Label } from '../label/label';
import { composeLabelMap } from '../mask/labelMap';
import { decodeRle, encodeRle, rleArea, type Rle } from '../mask/rle';
import { encodeSoftMask } from '../mask/softMask';
import type { FrameMask, Tracks } from '../track/maskTrack';
import { withFrameMasks } from '../track/trackEdits';
import { importChanges } from './importChanges';
import type { ImportSource } from './importSource';
import { pictureSource } from './pictureSource';
import { defaultChoices, planImport, type ImportChoices, type ImportTarget } from './planImport';
import type { RawPicture, RawPictures } from './rawPictures';
import { scaleRle } from './scaleRle';
import { rlesOfValues } from './valueRles';

const size = { width: 6, height: 4 };
const stems = ['00000', '00001', '00002', '00003', '00004'];
const first = createLabel([]);

/** A rectangle from (x0, 0) to (x1, 4), exclusive. */
function columns(x0: number, x1: number): Rle {
  const data = Uint8Array.from({ length: 24 }, (_, index) => (index % 6 >= x0 && index % 6 < x1 ? 1 : 0));
  return encodeRle({ ...size, data });
}

function raw(pictures: readonly RawPicture[], more: Partial<RawPictures> = {}): RawPictures {
  return { name: 'masks', pictures, labelsFile: null, framesFile: null, notes: [], ...more };
}

function indexed(path: string, values: Record<number, Rle>): RawPicture {
  return {
    kind: 'indexed',
    path,
    size,
    values: Object.entries(values).map(([value, rle]) => ({ value: Number(value), rle })),
  };
}

function grey(path: string, values: Record<number, Rle> | null, soft = false): RawPicture {
  return {
    kind: 'grey',
    path,
    size,
    white: 255,
    values: values && Object.entries(values).map(([value, rle]) => ({ value: Number(value), rle })),
    upperHalf: columns(0, 3),
    ...(soft ? { soft: encodeSoftMask(new Float32Array(24), 6, 4) } : {}),
  };
}

const source = (pictures: RawPictures): ImportSource => pictureSource(pictures, new Set(stems));

function target(labels: readonly Label[] = [first], tracks: Tracks = new Map()): ImportTarget {
  return {
    size,
    frameStems: stems,
    inFrame: 0,
    currentFrame: 0,
    labels,
    lastObjectId: Math.max(...labels.map(({ objectId: id }) => id)),
    activeObjectId: labels[0]?.objectId ?? null,
    prompts: [],
    tracks,
  };
}

function plan(from: ImportSource, to = target(), choices: Partial<ImportChoices> = {}) {
  return planImport(from, to, { ...defaultChoices, ...choices });
}

function annotated(rle: Rle, more: Partial<FrameMask> = {}): FrameMask {
  return { rle, box: [0, 0, 1, 1], areaPx: rleArea(rle), predictedIou: null, isAccepted: true, ...more };
}

const labelsFile = {
  folder: '',
  footage: { name: 'clip.mp4', ...size },
  labels: [
    { number: 1, name: 'upper dye', colour: '#112233', role: 'object', softFolder: 'soft/1 upper dye' },
    { number: 2, name: 'lower dye', colour: '#445566', role: 'object', softFolder: null },
    { number: null, name: 'floor', colour: '#778899', role: 'competitor', softFolder: null },
  ],
} as const;

describe('values of label maps', () => {
  it('become the masks that encodeRle makes of each', () => {
    const maps = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(maps, (values) => {
        const rles = rlesOfValues(Uint8Array.from(values), size);
        expect([...rles.keys()]).toEqual([...new Set(values)].filter((value) => value > 0).toSorted());
        for (const [value, rle] of rles) {
          const data = Uint8Array.from(values, (other) => (other === value ? 1 : 0));
          expect(rle).toEqual(encodeRle({ ...size, data }));
        }
      }),
    );
  });

  it('scale by nearest neighbour: doubled and halved again they are the same', () => {
    const masks = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(masks, (values) => {
        const rle = encodeRle({ ...size, data: Uint8Array.from(values) });
        const doubled = scaleRle(rle, { width: 12, height: 8 });
        expect(rleArea(doubled)).toBe(4 * rleArea(rle));
        expect(scaleRle(doubled, size)).toEqual(rle);
      }),
    );
  });
});

describe('labels of an import', () => {
  it('are those with the number in exports, new ones for the rest, and 255 is void', () => {
    const planned = plan(
      source(raw([indexed('00001.png', { 1: columns(0, 1), 3: columns(1, 2), 255: columns(2, 3) })])),
    );
    expect(planned.labels.map(({ target: label }) => [label?.objectId, label?.name, label?.role])).toEqual([
      [1, 'label 1', 'object'],
      [2, 'label 2', 'object'],
      [3, 'void 1', 'void'],
    ]);
  });

  it('of an export take its names, colours and competitors, and fill the empty label', () => {
    const maps = raw([indexed('00001.png', { 1: columns(0, 1), 2: columns(1, 2), 9: columns(3, 4) })], {
      labelsFile,
    });
    const planned = plan(source(maps));
    expect(planned.labelsAfter.map(({ name, colour, role }) => [name, colour, role])).toEqual([
      ['upper dye', '#112233', 'object'],
      ['lower dye', '#445566', 'object'],
      ['label 3', expect.any(String), 'object'],
      ['floor', '#778899', 'competitor'],
    ]);
    expect(planned.labels[0]!.renamedFrom).toBe('label 1');
  });

  it('find labels of the same name again, and can be sent elsewhere or left out', () => {
    const dye = { ...createLabel([first]), name: 'Upper Dye' };
    const maps = source(raw([indexed('00001.png', { 1: columns(0, 1), 2: columns(1, 2) })], { labelsFile }));
    const to = target([first, dye]);
    expect(plan(maps, to).labels[0]!.target?.objectId).toBe(dye.objectId);
    const choices = new Map([
      ['number 1', { kind: 'new' }],
      ['number 2', { kind: 'skip' }],
    ] as const);
    const planned = plan(maps, to, { labels: choices });
    expect(planned.labels.map(({ target: label }) => label?.objectId ?? null)).toEqual([3, null, 4]);
    expect(planned.counts.masks).toBe(1);
  });

  it('of a reference are matched by name, else by number, and no label of the project is filled or renamed', () => {
    const maps = raw(
      [indexed('00001.png', { 1: columns(0, 1), 2: columns(1, 2), 3: columns(2, 3), 4: columns(3, 4) })],
      { labelsFile },
    );
    const dye = { ...createLabel([first]), name: 'Upper Dye' };
    const third = createLabel([first, dye]);
    const to = { ...target([first, dye, third]), areLabelsKept: true };
    const planned = plan(source(maps), to);
    expect(
      planned.labels.map(({ label, target: label2, choice }) => [
        label.name ?? label.meaning,
        choice.kind,
        label2?.name,
      ]),
    ).toEqual([
      // By name; index 2 is that label's number, so `lower dye` is none of the project's.
      ['upper dye', 'existing', 'Upper Dye'],
      ['lower dye', 'new', 'lower dye'],
      ['index 3', 'existing', 'label 3'],
      ['index 4', 'new', 'label 5'],
      ['floor', 'new', 'floor'],
    ]);
    expect(planned.labelsAfter.slice(0, 3)).toEqual([first, dye, third]);
    // Where no name says otherwise, a named label goes by its number too.
    const unnamed = plan(source(maps), {
      ...target([first, { ...dye, name: 'label 2' }]),
      areLabelsKept: true,
    });
    expect(unnamed.labels.slice(0, 2).map(({ target: label }) => label?.name)).toEqual([
      'label 1',
      'label 2',
    ]);
  });

  it('of masks without a name are the active label', () => {
    const second = createLabel([first]);
    const to = { ...target([first, second]), activeObjectId: second.objectId };
    const planned = plan(source(raw([grey('00001.png', { 255: columns(0, 2) })])), to);
    expect(planned.labels.map(({ target: label }) => label)).toEqual([second]);
  });

  it('are told by folders, one picture for each frame', () => {
    const files = ['a/00000.png', 'a/00001.png', 'b/00001.png'].map((path) =>
      grey(path, { 1: columns(0, 1) }),
    );
    const read = source(raw(files));
    expect(read.labels.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(read.pictures.map(({ masks }) => masks.length)).toEqual([1, 2]);
  });
});

describe('greys', () => {
  it('are numbers or one mask, as the values tell or as is asked for', () => {
    const numbers = raw([grey('00000.png', { 1: columns(0, 1), 2: columns(1, 2) })]);
    expect(source(numbers)).toMatchObject({ greyReading: 'numbers', labels: [{ number: 1 }, { number: 2 }] });
    const asMask = pictureSource(numbers, new Set(stems), 'mask');
    expect(asMask.pictures[0]!.masks.map(({ rle }) => rle)).toEqual([columns(0, 3)]);
    expect(source(raw([grey('00000.png', { 255: columns(0, 1) })]))).toMatchObject({ greyReading: 'mask' });
  });

  it('of many values are probabilities, cut in the middle', () => {
    const read = source(raw([grey('00000.png', null, true)]));
    expect(read).toMatchObject({ greyReading: null });
    expect(read.pictures[0]!.masks[0]).toMatchObject({ rle: columns(0, 3), soft: { width: 6 } });
  });

  it('in the folders of labels.json are the probabilities of its label', () => {
    const maps = [indexed('00001.png', { 1: columns(0, 3) }), grey('soft/1 upper dye/00001.png', null, true)];
    const read = source(raw(maps, { labelsFile }));
    expect(read.pictures).toHaveLength(1);
    expect(read.pictures[0]!.masks[0]!.soft).toBeDefined();
  });
});

describe('a plan', () => {
  const map = (path: string, more: object = {}) =>
    ({ ...indexed(path, { 1: columns(0, 3) }), ...more }) as RawPicture;

  it('tells what goes where, and what is left out and why', () => {
    const files = ['00001.png', '00003.png', 'x/00003.png', '00077.png'].map((path) => map(path));
    const odd = map('00004.png', { size: { width: 12, height: 8 } });
    const two = indexed('00000.png', { 1: columns(0, 1), 2: columns(1, 2) });
    const planned = plan(source(raw([two, ...files, odd])));
    expect(planned.pictures.map(({ frameIndex, problem }) => [frameIndex, problem])).toEqual([
      [0, null],
      [1, null],
      [3, null],
      [3, 'sameFrame'],
      [null, 'noFrame'],
      [4, 'wrongSize'],
    ]);
    expect(planned.gaps).toEqual([{ fromFrame: 2, toFrame: 2 }]);
    expect(planned.wrongSizes).toEqual([{ width: 12, height: 8 }]);
    expect(planned.counts).toEqual({ frames: 3, masks: 4, replaced: 0, left: 3 });
    const needless = map('00004.png', {
      size: { width: 12, height: 8 },
      values: [{ value: 9, rle: columns(0, 1) }],
    });
    expect(plan(source(raw([two, needless]))).labelsAfter).toHaveLength(2);
    const scaled = plan(source(raw([odd])), target(), { isScaled: true });
    expect(scaled.pictures).toMatchObject([{ problem: null, isScaled: true }]);
  });

  it('goes by frames.csv against the names', () => {
    const framesFile = { folder: 'm/', frameOfFile: new Map([['00001.png', 4]]) };
    const planned = plan(source(raw([map('m/00001.png')], { framesFile })));
    expect(planned).toMatchObject({ method: 'stated', pictures: [{ frameIndex: 4 }] });
  });

  it('counts the annotated masks that are replaced', () => {
    const tracks = withFrameMasks(new Map(), 'prompted', 1, [[first.objectId, annotated(columns(0, 1))]]);
    expect(
      plan(source(raw([map('00001.png'), map('00002.png')])), target([first], tracks)).counts.replaced,
    ).toBe(1);
  });
});

describe('changes of an import', () => {
  const context = (
    from: ImportSource,
    to: ImportTarget,
    locked: Rle | null = null,
    isAbsenceTaken = false,
  ) => ({
    plan: plan(from, to),
    tracks: to.tracks,
    isAbsenceTaken,
    lockedOn: () => locked,
  });
  const rleOf = (mask: FrameMask | undefined) => mask && Array.from(decodeRle(mask.rle).data).slice(0, 6);

  it('are annotated masks, marked as imported', () => {
    const [change] = importChanges(
      context(source(raw([indexed('00002.png', { 1: columns(0, 2) })])), target()),
    );
    expect(change).toEqual({
      frameIndex: 2,
      masks: [
        [
          first.objectId,
          {
            rle: columns(0, 2),
            box: [0, 0, 2, 4],
            areaPx: 8,
            predictedIou: null,
            isAccepted: true,
            edit: 'imported',
          },
        ],
      ],
    });
  });

  it('never overlap one another, what is locked, or what was painted under other labels', () => {
    const second = createLabel([first]);
    const third = createLabel([first, second]);
    const tracks = withFrameMasks(new Map(), 'prompted', 0, [
      [third.objectId, annotated(columns(1, 6), { edit: 'painted' })],
    ]);
    const overlapping: ImportSource = {
      ...source(raw([indexed('00000.png', { 1: columns(0, 3), 2: columns(2, 4) })])),
    };
    const [change] = importChanges(
      context(overlapping, target([first, second, third], tracks), columns(0, 1)),
    );
    const masks = new Map(change!.masks);
    expect(rleOf(masks.get(first.objectId))).toEqual([0, 1, 0, 0, 0, 0]);
    expect(rleOf(masks.get(second.objectId))).toEqual([0, 0, 1, 1, 0, 0]);
    expect(rleOf(masks.get(third.objectId))).toEqual([0, 0, 0, 0, 1, 1]);
    expect(masks.get(third.objectId)?.edit).toBe('painted');
  });

  it('say that a label is absent only when asked to', () => {
    const maps = source(raw([indexed('00000.png', { 1: columns(0, 1) }), indexed('00001.png', {})]));
    expect(importChanges(context(maps, target()))).toHaveLength(1);
    const [, absent] = importChanges(context(maps, target(), null, true));
    expect(absent).toMatchObject({
      frameIndex: 1,
      masks: [[objectId(1), { areaPx: 0, box: null, edit: 'imported' }]],
    });
  });

  it('end a void region on the first picture that has none of it', () => {
    const maps = source(
      raw([
        indexed('00000.png', { 1: columns(0, 1), 255: columns(3, 5) }),
        indexed('00001.png', { 1: columns(0, 1) }),
      ]),
    );
    const changes = importChanges(context(maps, target()));
    const areas = changes.map(({ masks }) => masks.map(([id, mask]) => [id, mask.areaPx]));
    expect(areas).toEqual([
      [
        [1, 4],
        [2, 8],
      ],
      [
        [1, 4],
        [2, 0],
      ],
    ]);
  });

  it('give back every label map that went out', () => {
    const maps = fc.array(fc.constantFrom(0, 1, 2, 5), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(maps, (values) => {
        const rles = rlesOfValues(Uint8Array.from(values), size);
        const from = source(raw([indexed('00000.png', Object.fromEntries(rles))]));
        const planned = plan(from);
        const [change] = importChanges({
          plan: planned,
          tracks: new Map(),
          isAbsenceTaken: false,
          lockedOn: () => null,
        });
        const numberOf = new Map(
          planned.labels.map(({ target: label, label: { number } }) => [label?.objectId, number]),
        );
        const masks = (change?.masks ?? []).map(([id, { rle }]) => ({ number: numberOf.get(id) ?? 0, rle }));
        expect([...composeLabelMap(size, masks).data]).toEqual(values);
      }),
    );
  });
});
