/** Imports at their edges: what was there stays, names that agree, values that mean labels. */
import { expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { encodeRle, rleArea, rleBox, type Rle } from '../mask/rle';
import type { FrameMask, Tracks } from '../track/maskTrack';
import { withFrameMasks } from '../track/trackEdits';
import { withImported } from './applyChanges';
import { frameOfFiles } from './framesCsvText';
import { framesBy } from './matchFrames';
import { pictureNames } from './pictureNames';
import { pictureSource } from './pictureSource';
import type { LabelsFile, RawPicture } from './rawPictures';

const size = { width: 4, height: 2 };
const [one, two] = [objectId(1), objectId(2)];

function rleOf(pixels: number): Rle {
  return encodeRle({ ...size, data: Uint8Array.from({ length: 8 }, (_, index) => (index < pixels ? 1 : 0)) });
}

function maskOf(pixels: number): FrameMask {
  const rle = rleOf(pixels);
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null };
}

function grey(path: string, value: number): RawPicture {
  return { kind: 'grey', path, size, values: [{ value, rle: rleOf(3) }], upperHalf: rleOf(0), white: 255 };
}

it('keeps the masks of all other frames, labels and sources', () => {
  const before: Tracks = withFrameMasks(
    withFrameMasks(withFrameMasks(new Map(), 'prompted', 1, [[one, maskOf(1)]]), 'prompted', 2, [
      [one, maskOf(2)],
    ]),
    'propagated',
    2,
    [
      [one, maskOf(5)],
      [two, maskOf(6)],
    ],
  );
  const after = withImported(before, [
    { frameIndex: 2, masks: [[one, maskOf(7)]] },
    { frameIndex: 3, masks: [[one, maskOf(8)]] },
  ]);
  const areas = [...after.get(one)!.prompted].map(([frame, { areaPx }]) => [frame, areaPx]);
  expect(areas).toEqual([
    [1, 1],
    [2, 7],
    [3, 8],
  ]);
  expect(after.get(one)!.propagated.get(2)?.areaPx).toBe(5);
  expect(after.get(two)).toBe(before.get(two));
  expect(before.get(one)!.prompted.get(2)?.areaPx).toBe(2);
});

it('reads names of files with quotes and commas in frames.csv, and no line without a frame', () => {
  const text =
    'frame,time_seconds,file\r\n3,0.1,"a ""b"", c.png"\r\n,0.2,none.png\r\n-1,0,odd.png\r\n4,0.3,d.png\r\n';
  expect([...frameOfFiles(text)!]).toEqual([
    ['a "b", c.png', 3],
    ['d.png', 4],
  ]);
  expect(frameOfFiles('a,b\r\n1,2\r\n')).toBeNull();
});

it('puts pictures in order from the first frame where there are as many, else from the in point', () => {
  const target = { frameStems: ['f0', 'f1', 'f2', 'f3'], inFrame: 2, currentFrame: 0 };
  const pictures = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ frameName: `p${index}`, frameIndex: null }));
  expect(framesBy('order', pictures(4), target)).toEqual([0, 1, 2, 3]);
  expect(framesBy('order', pictures(3), target)).toEqual([2, 3, null]);
});

it('tells folders of one name apart by their paths', () => {
  const names = (paths: readonly string[]) =>
    pictureNames(paths, new Set()).map(({ labelName }) => labelName);
  expect(names(['x/cell/0.png', 'x/cell/1.png', 'y/cell/0.png', 'z/dye/0.png'])).toEqual([
    'x/cell',
    'x/cell',
    'y/cell',
    'dye',
  ]);
});

it('takes words in names for labels only where the numbers beside them repeat', () => {
  const labelsOf = (paths: readonly string[]) =>
    pictureNames(paths, new Set()).map(({ labelName }) => labelName);
  expect(labelsOf(['cell_1.png', 'dye_1.png', 'cell_2.png'])).toEqual(['cell', 'dye', 'cell']);
  expect(labelsOf(['shot_1.png', 'take_2.png'])).toEqual([null, null]);
});

it('takes a grey that is neither white nor 1 for the number of a label', () => {
  const read = (value: number) => {
    const { greyReading, labels } = pictureSource(
      { name: 'm', pictures: [grey('0.png', value)], labelsFile: null, framesFile: null, notes: [] },
      new Set(),
    );
    return [greyReading, labels.map(({ number }) => number)];
  };
  expect([255, 1, 3, 254].map(read)).toEqual([
    ['mask', [null]],
    ['mask', [null]],
    ['numbers', [3]],
    ['numbers', [254]],
  ]);
});

it('gives the pixels of a number that two void regions share to the first', () => {
  const region = { number: 255, colour: '#000000', role: 'void' as const, softFolder: null };
  const labelsFile: LabelsFile = {
    folder: '',
    footage: { name: 'clip.mp4', ...size },
    labels: [
      { ...region, name: 'glare' },
      { ...region, name: 'bubble' },
    ],
  };
  const pictures: RawPicture[] = [
    { kind: 'indexed', path: '0.png', size, values: [{ value: 255, rle: rleOf(3) }] },
  ];
  const { labels, pictures: read } = pictureSource(
    { name: 'm', pictures, labelsFile, framesFile: null, notes: [] },
    new Set(),
  );
  expect(labels.map(({ name, number, role }) => [name, number, role])).toEqual([
    ['glare', 255, 'void'],
    ['bubble', null, 'void'],
  ]);
  expect(read[0]!.masks.map(({ key }) => key)).toEqual([labels[0]!.key]);
});
