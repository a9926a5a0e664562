/** Reading masks through the real worker: every kind of file, ZIPs, damage, cancelling. */
import { encode, type ImageData } from 'fast-png';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { pictureSource } from '../../core/import/pictureSource';
import { decodeRle, rleArea } from '../../core/mask/rle';
import { ImportClient } from './importClient';
import type { ReadImport } from './importProtocol';

const client = new ImportClient();
afterAll(() => client[Symbol.dispose]());

const size = { width: 6, height: 4 };
const palette = Array.from({ length: 256 }, (_, index) => [index, index, 255 - index]);
/** Columns of values 0, 1, 2, 3, 255, 0. */
const columns = Uint8Array.from({ length: 24 }, (_, index) => [0, 1, 2, 3, 255, 0][index % 6]!);

function png(picture: Partial<ImageData> & Pick<ImageData, 'data'>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ ...size, ...picture }));
}

function file(path: string, content: Uint8Array<ArrayBuffer> | string) {
  return { path, file: new File([content], path.split('/').at(-1)!) };
}

const indexed = png({ data: columns, channels: 1, palette });

async function picturesOf(...files: ReturnType<typeof file>[]) {
  const read = await client.read(files);
  if (read.kind !== 'pictures') {
    throw new Error('expected pictures');
  }
  return read.raw;
}

/** Values of the first row, as the masks of a label map tell them. */
function firstRow(read: ReadImport): number[] {
  const row = Array<number>(6).fill(0);
  const picture = read.kind === 'pictures' ? read.raw.pictures[0] : undefined;
  for (const entry of picture?.kind === 'colour' ? [] : (picture?.values ?? [])) {
    decodeRle(entry.rle).data.forEach((value, pixel) => {
      if (value && pixel < 6) {
        row[pixel] = entry.value;
      }
    });
  }
  return row;
}

describe('PNG masks', () => {
  it('keep palette indices, whatever the palette', async () => {
    const read = await client.read([file('00001.png', indexed)]);
    expect(firstRow(read)).toEqual([0, 1, 2, 3, 255, 0]);
    const raw = await picturesOf(
      file('a/00002.png', indexed),
      file('a/00010.png', indexed),
      file('a/.x.png', ''),
    );
    expect([raw.name, raw.pictures.map(({ path }) => path)]).toEqual(['a', ['a/00002.png', 'a/00010.png']]);
  });

  it.each([1, 2, 4] as const)('of %i bits for each pixel are unpacked', async (depth) => {
    const most = 2 ** depth - 1;
    const values = [0, 1, most, 1, 0, most].map((value) => Math.min(value, most));
    const rowBytes = Math.ceil((6 * depth) / 8);
    const data = new Uint8Array(rowBytes * 4);
    for (let y = 0; y < 4; y += 1) {
      values.forEach((value, x) => {
        data[y * rowBytes + ((x * depth) >> 3)]! |= value << (8 - depth - ((x * depth) & 7));
      });
    }
    const bytes = png({ data, depth, channels: 1, palette: palette.slice(0, most + 1) });
    expect(firstRow(await client.read([file('m.png', bytes)]))).toEqual(values);
  });

  it('of 16 bits keep numbers above 255', async () => {
    const data = Uint16Array.from(columns, (value) => value * 200);
    const read = await client.read([file('m.png', png({ data, depth: 16, channels: 1 }))]);
    expect(firstRow(read)).toEqual([0, 200, 400, 600, 51000, 0]);
  });

  it('in grey, with alpha and in colour are told apart', async () => {
    const rgb = (colours: readonly number[][]) =>
      Uint8Array.from(Array.from({ length: 4 }, () => colours).flat(2));
    const black = [0, 0, 0];
    const white = [255, 255, 255];
    const raw = await picturesOf(
      file('1 white.png', png({ data: rgb([black, white, white, black, black, black]), channels: 3 })),
      file(
        '2 colours.png',
        png({ data: rgb([black, [255, 0, 0], [0, 128, 0], black, black, [255, 0, 0]]), channels: 3 }),
      ),
      file(
        '3 alpha.png',
        png({ data: rgb(Array.from({ length: 6 }, (_, x) => [9, 9, 9, x < 2 ? 255 : 0])), channels: 4 }),
      ),
      file('4 soft.png', png({ ...soft(), channels: 1 })),
    );
    expect(raw.pictures.map(({ kind }) => kind)).toEqual(['grey', 'colour', 'grey', 'grey']);
    const [mask, colours, alpha, probabilities] = raw.pictures;
    expect(mask).toMatchObject({ values: [{ value: 255 }] });
    expect(colours?.values?.map((entry) => ('colour' in entry ? entry.colour : ''))).toEqual([
      '#ff0000',
      '#008000',
    ]);
    expect(alpha?.values?.map(({ rle }) => rleArea(rle))).toEqual([8]);
    expect(probabilities).toMatchObject({ values: null, soft: { width: 20, height: 8 } });
  });
});

/** 160 greys in one picture. */
function soft() {
  return { width: 20, height: 8, data: Uint8Array.from({ length: 160 }, (_, index) => index + 40) };
}

describe('what lies beside the masks', () => {
  const labels = {
    format: 'maskflow-labels',
    version: 1,
    footage: { name: 'clip.mp4', width: 6, height: 4 },
    labels: [{ number: 1, name: 'dye', colour: '#ABCDEF', role: 'object', paletteColour: '#800000' }],
  };

  it('in a ZIP of an export is read: labels, frames, and what is not known is told', async () => {
    const zip = zipSync({
      'out/00000.png': indexed,
      'out/labels.json': strToU8(JSON.stringify(labels)),
      'out/frames.csv': strToU8('frame,time_seconds,file\r\n7,0.28,00000.png\r\n'),
      'out/readme.txt': strToU8('hello'),
      '__MACOSX/out/._00000.png': strToU8('x'),
    });
    const raw = await picturesOf(file('export.zip', new Uint8Array(zip)));
    const source = pictureSource(raw, new Set());
    expect(source.labels.map(({ name, colour }) => [name, colour])).toContainEqual(['dye', '#abcdef']);
    expect(source.pictures.map(({ frameIndex }) => frameIndex)).toEqual([7]);
    expect(source.notes.join()).toContain('readme.txt');
  });

  it('as labels.json of another program is left aside', async () => {
    const raw = await picturesOf(file('00000.png', indexed), file('labels.json', '{"names":["a"]}'));
    expect(raw.labelsFile).toBeNull();
    expect(raw.notes.join()).toContain('labels.json');
  });
});

describe('COCO files', () => {
  const rle = { size: [4, 6], counts: [4, 8, 12] };
  const image = { id: 1, file_name: 'f/00003.jpg', width: 6, height: 4 };
  const coco = (annotations: object[], more: object = {}) =>
    JSON.stringify({ images: [image], categories: [{ id: 5, name: 'cell' }], annotations, ...more });

  it('with images are read, boxes left out and told', async () => {
    const text = coco([
      { id: 1, image_id: 1, category_id: 5, segmentation: rle },
      { id: 2, image_id: 1, category_id: 5, segmentation: [[0, 0, 2, 0, 2, 2]] },
      { id: 3, image_id: 1, category_id: 5, segmentation: [], bbox: [0, 0, 1, 1] },
    ]);
    const read = await client.read([file('masks.json', text)]);
    expect(read).toMatchObject({
      kind: 'coco',
      source: { labels: [{ name: 'cell' }, { name: 'cell 2' }], pictures: [{ frameName: '00003' }] },
    });
    expect(read.kind === 'coco' && read.source.notes.join()).toContain('1 annotation');
  });

  it('with videos are read frame by frame', async () => {
    const videos = [{ id: 9, width: 6, height: 4, file_names: ['v/a.jpg', 'v/b.jpg', 'v/c.jpg'] }];
    const text = JSON.stringify({
      videos,
      categories: [],
      annotations: [
        { id: 1, video_id: 9, category_id: 5, segmentations: [rle, null, { ...rle, counts: '48<' }] },
      ],
    });
    const read = await client.read([file('v.json', text)]);
    const pictures = read.kind === 'coco' ? read.source.pictures : [];
    expect(pictures.map(({ frameName, masks }) => [frameName, rleArea(masks[0]!.rle)])).toEqual([
      ['a', 8],
      ['c', 8],
    ]);
  });

  it.each([
    ['no JSON', '{', /m\.json cannot be read/],
    ['no COCO', '{"a":1}', /m\.json is no COCO/],
    ['no masks', coco([{ id: 1, image_id: 1, bbox: [0, 0, 1, 1] }]), /none of its annotations/],
    [
      'a damaged annotation',
      coco([{ id: 77, image_id: 1, segmentation: { size: [4, 6], counts: [3] } }]),
      /77/,
    ],
    [
      'a wrong type',
      coco([{ id: 1, image_id: 1, segmentation: { size: [4, 6], counts: true } }]),
      /annotations/,
    ],
  ])('with %s are refused by name', async (_, text, message) => {
    await expect(client.read([file('m.json', text)])).rejects.toThrow(message);
  });
});

describe('files that are no masks', () => {
  const noise = Uint8Array.from(
    { length: 3 * 400 },
    (_, index) => (Math.imul(index + 1, 2654435761) >>> 13) & 255,
  );

  it.each([
    [
      'a photograph',
      [file('p.png', png({ width: 20, height: 20, data: noise, channels: 3 }))],
      /p\.png has more than 256/,
    ],
    ['a JPEG', [file('a/p.jpg', 'x')], /a\/p\.jpg is a JPEG/],
    ['a cut file', [file('cut.png', indexed.slice(0, 60))], /cut\.png cannot be read/],
    ['an empty file', [file('empty.png', '')], /empty\.png cannot be read/],
    ['two COCO files', [file('a.json', '{}'), file('b.json', '{}')], /2 COCO files/],
    ['a broken ZIP', [file('z.zip', 'PK but no')], /z\.zip cannot be read/],
    ['text', [file('notes.txt', 'x')], /no masks in notes\.txt/],
  ])('such as %s are refused by name', async (_, files, message) => {
    await expect(client.read(files)).rejects.toThrow(message);
  });
});

describe('the worker', () => {
  it('tells masks from footage', async () => {
    const rgb = file('00000.png', png({ data: new Uint8Array(72), channels: 3 }));
    const asMasks = (files: ReturnType<typeof file>[], of = size) => client.looksLikeMasks(files, of);
    expect(await asMasks([file('00000.png', indexed)])).toBe(true);
    expect(await asMasks([file('m.json', '{}')])).toBe(true);
    expect(await asMasks([file('z.zip', new Uint8Array(zipSync({ 'a/00000.png': indexed })))])).toBe(true);
    expect(await asMasks([file('00000.png', indexed)], { width: 6, height: 5 })).toBe(false);
    expect(await asMasks([rgb])).toBe(false);
    expect(await asMasks([file('clip.mp4', 'x')])).toBe(false);
  });

  it('scales pictures', async () => {
    const raw = await picturesOf(file('00000.png', indexed));
    const { pictures } = pictureSource(raw, new Set());
    const [scaled] = await client.scale(pictures, { width: 12, height: 8 });
    expect(scaled?.size).toEqual({ width: 12, height: 8 });
    expect(scaled?.masks.map(({ rle }) => rleArea(rle))).toEqual([16, 16, 16, 16]);
  });

  it('tells how far it is, and stops when told to', async () => {
    const files = Array.from({ length: 40 }, (_, index) => file(`${index}.png`, indexed));
    const told: number[] = [];
    await client.read(files, { onProgress: ({ done }) => told.push(done) });
    expect(told.at(0)).toBe(1);
    const stop = new AbortController();
    const read = client.read(files, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
  });
});
