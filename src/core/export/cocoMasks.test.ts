/** What is written for COCO, read back by the import, which draws as pycocotools does. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rleFromCocoString } from '../import/cocoRle';
import { rleFromPolygons } from '../import/polygonRle';
import { objectId } from '../base/ids';
import type { Label } from '../label/label';
import { encodeRle } from '../mask/rle';
import { cocoRleText } from './cocoRleText';
import { exportNumbers, WIDE_VOID_NUMBER } from './exportNumbers';
import { lumaGrid } from './lumaGrid';
import { maskPolygons } from './maskPolygons';
import { paintOverlay } from './overlay';

const anyMask = fc
  .record({ width: fc.integer({ min: 1, max: 14 }), height: fc.integer({ min: 1, max: 14 }) })
  .chain((size) =>
    fc
      .array(fc.boolean(), { minLength: size.width * size.height, maxLength: size.width * size.height })
      .map((pixels) => ({ ...size, data: Uint8Array.from(pixels, Number) })),
  );

describe('masks in COCO', () => {
  it('come back from their string', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const rle = encodeRle(mask);
        expect(rleFromCocoString(cocoRleText(rle), mask)).toEqual(rle);
      }),
    );
  });

  it('come back from their polygons, holes and corners that touch included', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const polygons = maskPolygons(mask);
        if (!mask.data.includes(1)) {
          expect(polygons).toEqual([]);
          return;
        }
        expect(rleFromPolygons(polygons, mask)).toEqual(encodeRle(mask));
      }),
      { numRuns: 500 },
    );
  });

  it('are one polygon with corners alone, a hole joined to it', () => {
    const rows = ['#####', '#...#', '#####'];
    const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0));
    expect(maskPolygons({ width: 5, height: 3, data })).toEqual([
      [0, 0, 1, 0, 1, 2, 4, 2, 4, 1, 1, 1, 1, 0, 5, 0, 5, 3, 0, 3],
    ]);
  });
});

describe('exportNumbers', () => {
  const label = (id: number, role: Label['role']): Label => ({
    objectId: objectId(id),
    name: `label ${id}`,
    colour: '#e69f00',
    role,
    isVisible: true,
  });

  it('counts objects in list order, and keeps 255 for void while no object needs it', () => {
    const labels = [label(4, 'object'), label(2, 'competitor'), label(9, 'object'), label(3, 'void')];
    expect([...exportNumbers(labels)]).toEqual([
      [4, 1],
      [9, 2],
      [3, 255],
    ]);
  });

  it('gives void another number where 255 is taken', () => {
    const many = Array.from({ length: 300 }, (_, place) => label(place + 1, 'object'));
    const numbers = exportNumbers([...many, label(999, 'void')]);
    expect(numbers.get(objectId(255))).toBe(255);
    expect(numbers.get(objectId(999))).toBe(WIDE_VOID_NUMBER);
  });
});

describe('pictures', () => {
  const picture = (width: number, height: number, rgb: readonly [number, number, number]) => ({
    width,
    height,
    data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => [...rgb, 255][at % 4]!),
  });

  it('have a fingerprint of 16 x 9 cells, empty ones where there are fewer pixels', () => {
    expect(lumaGrid(picture(32, 18, [255, 255, 255]))).toBe('ff00'.repeat(144));
    expect(lumaGrid(picture(160, 90, [100, 0, 0]))).toBe('1de6'.repeat(144));
    expect(lumaGrid(picture(1, 1, [1, 1, 1]))).toBe(`0100${'0000'.repeat(143)}`);
  });

  it('let the frame through the fill, and not through the outline', () => {
    const map = { width: 5, height: 5, data: new Uint8Array(25) };
    for (const pixel of [6, 7, 8, 11, 12, 13, 16, 17, 18]) {
      map.data[pixel] = 2;
    }
    const { data } = paintOverlay(picture(5, 5, [0, 0, 0]), map, [{ number: 2, colour: '#c86432' }], 0.5);
    const at = (pixel: number): number[] => Array.from(data.subarray(pixel * 4, pixel * 4 + 4));
    expect([at(0), at(6), at(12)]).toEqual([
      [0, 0, 0, 255],
      [200, 100, 50, 255],
      [100, 50, 25, 255],
    ]);
  });
});
