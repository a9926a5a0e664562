/** COCO masks as pycocotools 2 reads them; the expected counts and strings were written by it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle, encodeRle, rleArea } from '../mask/rle';
import type { CocoAnnotation, CocoFile } from './cocoFile';
import { rleFromCocoString, rleFromCounts } from './cocoRle';
import { cocoSource } from './cocoSource';
import { rleFromPolygons } from './polygonRle';

const size = { width: 12, height: 9 };
const quad = [1.2, 1.1, 9.7, 2.3, 7.9, 7.6, 2.4, 6.8];
const corner = [8.5, 0.5, 11.5, 0.5, 11.5, 4, 9.5, 4.2];

const goldens = [
  [[quad], ':185LO00000001ON2Mc0', [10, 1, 8, 6, 4, 5, 4, 5, 4, 5, 4, 5, 4, 6, 3, 4, 5, 1, 24]],
  [
    [quad, corner],
    ':185LO00000001ON1O2000O',
    [10, 1, 8, 6, 4, 5, 4, 5, 4, 5, 4, 5, 4, 6, 3, 4, 4, 3, 6, 3, 6, 3, 5],
  ],
  [[[-3, -2, 5.5, 3, 4, 14]], '0641N10O001Jh1', [0, 6, 4, 7, 2, 8, 2, 7, 2, 7, 3, 1, 59]],
] as const;

describe('COCO segmentations', () => {
  it.each(goldens)('draws polygons %j and reads its string as pycocotools does', (polygons, text, counts) => {
    expect([...rleFromPolygons(polygons, size).counts]).toEqual(counts);
    expect([...rleFromCocoString(text, size).counts]).toEqual(counts);
  });

  it('reads a string with counts of several characters', () => {
    const text =
      '01d<h0kC000000000000000000^OI37MI37MI37MI37MI37MI37MI37MI37MI37MI37MI37MI37MI37?000000000000jh0XO';
    const rle = rleFromCocoString(text, { width: 60, height: 40 });
    expect(rleArea(rle)).toBe(648);
    const mask = decodeRle(rle);
    expect([mask.data[0], mask.data[60 * 40 - 1], mask.data[15 * 60 + 25]]).toEqual([1, 1, 0]);
  });

  it('joins counts of 0, so that every mask is what encodeRle makes of it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 }), (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(total > 0);
        const rle = rleFromCounts(counts, { width: 1, height: total });
        const values = counts.flatMap((count, index) => Array<number>(count).fill(index % 2));
        expect([...decodeRle(rle).data]).toEqual(values);
        expect([...encodeRle(decodeRle(rle)).counts]).toEqual([...rle.counts]);
      }),
    );
  });

  it.each([
    ['counts that do not fill the picture', () => rleFromCounts([5, 5], size)],
    ['a negative count', () => rleFromCounts([120, -12], size)],
    ['a broken string', () => rleFromCocoString(':185L', size)],
    ['a string that ends inside a count', () => rleFromCocoString('P', size)],
    ['a foreign character', () => rleFromCocoString('!', size)],
    ['a line for a polygon', () => rleFromPolygons([[1, 1, 2, 2]], size)],
    ['no polygon', () => rleFromPolygons([], size)],
  ])('refuses %s', (_, read) => {
    expect(read).toThrow();
  });
});

const full = { size: [9, 12] as const, counts: [0, 108] };
const left = { size: [9, 12] as const, counts: [0, 54, 54] };

function coco(images: number, annotations: readonly Partial<CocoAnnotation>[]): CocoFile {
  return {
    name: 'masks.json',
    categories: [{ id: 7, name: 'cell' }],
    images: Array.from({ length: images }, (_, id) => ({
      id,
      fileName: `clip/f${id}.jpg`,
      ...size,
      frameIndex: null,
    })),
    annotations: annotations.map((annotation, id) => ({
      id,
      imageId: 0,
      categoryId: 7,
      trackId: null,
      segmentation: full,
      ...annotation,
    })),
    notes: [],
  };
}

describe('a COCO file', () => {
  it('keeps tracks apart over its images', () => {
    const source = cocoSource(
      coco(3, [{ trackId: 4 }, { trackId: 5, segmentation: left }, { trackId: 4, imageId: 2 }]),
    );
    expect(source.labels.map(({ name }) => name)).toEqual(['cell', 'cell 2']);
    expect(source.pictures.map(({ frameName, masks }) => [frameName, masks.length])).toEqual([
      ['f0', 2],
      ['f2', 1],
    ]);
  });

  it('makes each annotation of a single image a label', () => {
    expect(cocoSource(coco(1, [{}, { segmentation: left }])).labels).toHaveLength(2);
  });

  it('unites a category over several images when it has no tracks, and says so', () => {
    const source = cocoSource(coco(2, [{ segmentation: left }, {}, { imageId: 1 }]));
    expect(source.labels).toHaveLength(1);
    expect(source.notes.join()).toContain('one label');
    expect(rleArea(source.pictures[0]!.masks[0]!.rle)).toBe(108);
  });

  it('names file and annotation when one is damaged', () => {
    const broken = coco(1, [{ id: 'x9', segmentation: { size: [9, 12], counts: [5] } }]);
    expect(() => cocoSource(broken)).toThrow(/masks\.json .*x9/);
    const otherSize = coco(1, [{ segmentation: { size: [12, 9], counts: [108] } }]);
    expect(() => cocoSource(otherSize)).toThrow(/9 x 12/);
  });
});
