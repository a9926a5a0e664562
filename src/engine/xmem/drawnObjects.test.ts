/** Masks of probabilities, at the footage's size. */
import { expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { decodeRle } from '../../core/mask/rle';
import { decodeSoftMask } from '../../core/mask/softMask';
import { expectedIou, frameMasksOf } from './drawnObjects';
import { CELL_PX, workGeometryOf, type WorkGeometry } from './workGeometry';

const left = objectId(1);
const right = objectId(2);

/** Planes of the padded size in which padding is sure background; `at` gives both labels' chances at a work pixel. */
function planesOf(
  geometry: WorkGeometry,
  at: (x: number, y: number) => readonly [number, number],
): Float32Array[] {
  const { padded, work } = geometry;
  const planes = [0, 1, 2].map(() => new Float32Array(padded.width * padded.height));
  planes[0]!.fill(1);
  for (let y = 0; y < work.height; y += 1) {
    for (let x = 0; x < work.width; x += 1) {
      const pixel = (y + geometry.top) * padded.width + x + geometry.left;
      const [a, b] = at(x, y);
      planes[0]![pixel] = 1 - a - b;
      planes[1]![pixel] = a;
      planes[2]![pixel] = b;
    }
  }
  return planes;
}

it('gives each pixel to the most probable label or to none, and keeps how probable each was', () => {
  const geometry = workGeometryOf({ width: 20, height: 10 }, null);
  const planes = planesOf(geometry, (x) => (x < 5 ? [0.6, 0.3] : x < 10 ? [0.3, 0.6] : [0.2, 0.3]));
  const drawn = { planes, objectIds: [left, right], givenAtWork: [], givenAtSource: [] };
  const masks = frameMasksOf(drawn, [left, right], geometry);
  expect(masks.map(({ objectId: id }) => id)).toEqual([left, right]);
  expect(masks.map(({ mask }) => mask.box)).toEqual([
    [0, 0, 5, 10],
    [5, 0, 10, 10],
  ]);
  const soft = decodeSoftMask(masks[0]!.mask.soft!);
  // Against its strongest rival: the other label, or the background.
  expect(soft[0]).toBeCloseTo(Math.log(0.6 / 0.3), 1);
  expect(soft[7]).toBeCloseTo(Math.log(0.3 / 0.6), 1);
  expect(soft[15]).toBeCloseTo(Math.log(0.2 / 0.5), 1);
});

it('enlarges probabilities, not masks: edges lie between the pixels that the network saw', () => {
  const source = { width: 64, height: 64 };
  const geometry = workGeometryOf(source, CELL_PX);
  // The chance falls from 1 to 0 between columns 7 and 8, unevenly: the edge is nearer to the surer side.
  const planes = planesOf(geometry, (x) => [x <= 7 ? 1 : x === 8 ? 0.3 : 0, 0]);
  const [drawn] = frameMasksOf(
    { planes, objectIds: [left, right], givenAtWork: [], givenAtSource: [] },
    [left],
    geometry,
  );
  const { data } = decodeRle(drawn!.mask.rle);
  const firstRow = Array.from(data.subarray(0, 64));
  // 1 - 0.7 t is over 1/2 up to t = 5/7 from the centre of column 7 to that of 8: source column 32 is at t = 5/8, 33 at 7/8.
  expect(firstRow.lastIndexOf(1)).toBe(32);
  expect(data.reduce((sum, value) => sum + value, 0)).toBe(33 * 64);
});

it('leaves given pixels to whom they were given', () => {
  const geometry = workGeometryOf({ width: 20, height: 10 }, null);
  const planes = planesOf(geometry, () => [0.9, 0]);
  const given = {
    width: 20,
    height: 10,
    data: Uint8Array.from({ length: 200 }, (_, pixel) => (pixel % 20 < 8 ? 1 : 0)),
  };
  const [drawn] = frameMasksOf(
    { planes, objectIds: [left, right], givenAtWork: [given], givenAtSource: [given] },
    [left],
    geometry,
  );
  expect(drawn!.mask.box).toEqual([8, 0, 20, 10]);
  expect(decodeSoftMask(drawn!.mask.soft!)[0]).toBeLessThan(-5);
});

it('is as sure of a mask as its probabilities say', () => {
  const background = Float32Array.of(0.1, 0.2, 0.8, 1);
  const plane = Float32Array.of(0.9, 0.8, 0.2, 0);
  // Expected intersection 0.9 + 0.8, expected union 2 + 0.2.
  expect(expectedIou([background, plane], 1)).toBeCloseTo(1.7 / 2.2, 5);
  expect(expectedIou([Float32Array.of(0.6, 0.9), Float32Array.of(0.4, 0.1)], 1)).toBeCloseTo(0.6, 5);
  expect(expectedIou([Float32Array.of(0, 1), Float32Array.of(1, 0)], 1)).toBe(1);
});
