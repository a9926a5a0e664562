/** What is measured by runs and blocks, against looking at every pixel. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import type { Size } from '../geometry/box';
import { decodeRle, type Rle } from '../mask/rle';
import { encodeSoftMask } from '../mask/softMask';
import { thresholdSoft } from '../mask/softThreshold';
import { frameOf, measured, rleWhere } from './__fixtures__/shapes';
import { FrameSequence } from './frameSequence';
import type { FrameToMeasure } from './frameMeasurement';

function pixelsOf(rle: Rle): (readonly [number, number])[] {
  const { width, data } = decodeRle(rle);
  return [...data.keys()].filter((at) => data[at]).map((at) => [at % width, Math.floor(at / width)]);
}

describe('distances', () => {
  const size: Size = { width: 70, height: 30 };
  const spot = fc.tuple(fc.nat(69), fc.nat(29), fc.integer({ min: 1, max: 4 }));

  function spots(list: readonly (readonly [number, number, number])[], without: Rle | null = null): Rle {
    const taken = without && decodeRle(without).data;
    return rleWhere(
      size,
      (x, y) =>
        !taken?.[Math.floor(y) * size.width + Math.floor(x)] &&
        list.some(([left, top, side]) => x > left && x < left + side && y > top && y < top + side),
    );
  }

  it('are those of the nearest two pixels, however the labels are scattered', () => {
    const list = fc.array(spot, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const second = spots(b);
        const first = spots(a, second);
        const [one, two] = [pixelsOf(first), pixelsOf(second)];
        const apart = (p: number, q: number): number => Math.max(0, Math.abs(p - q) - 1);
        const nearest = Math.min(
          ...one.flatMap(([x, y]) => two.map(([u, v]) => Math.hypot(apart(x, u), apart(y, v)))),
        );
        const { distance } = measured(frameOf(size, [first, second])).pairs[0]!.values;
        if (one.length === 0 || two.length === 0) {
          expect(distance).toBeNaN();
        } else {
          expect(distance).toBeCloseTo(nearest, 6);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('bounds', () => {
  const size: Size = { width: 24, height: 18 };
  const grid: Size = { width: 7, height: 5 };
  const anyLogits = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 35, maxLength: 35 });

  it('are counted at full size from probabilities at a lower one', () => {
    fc.assert(
      fc.property(anyLogits, fc.nat(22), (logits, edge) => {
        const soft = encodeSoftMask(Float32Array.from(logits), grid.width, grid.height);
        const rle = rleWhere(size, (x) => x > edge);
        const own = decodeRle(rle).data;
        const [sure, possible] = [0.7, 0.3].map((p) => thresholdSoft(soft, size, p).data);
        const frame = { ...size, excluded: null, masks: [{ objectId: objectId(1), rle, layer: 0, soft }] };
        const { areaLower, areaUpper } = measured(frame).labels[0]!.values;
        expect(areaLower).toBe(own.filter((value, at) => value && sure![at]).length);
        expect(areaUpper).toBe(own.filter((value, at) => value || possible![at]).length);
      }),
      { numRuns: 60 },
    );
  });

  it('of overlap hold what two masks have in common, though probabilities deny it', () => {
    const [unlikely, likely] = [-3, 3].map((logit) => encodeSoftMask(new Float32Array(35).fill(logit), 7, 5));
    const masks = [rleWhere(size, (x) => x < 14), rleWhere(size, (x) => x > 10)];
    const overlapOf = (soft: FrameToMeasure['masks'][number]['soft']) =>
      measured({
        ...size,
        excluded: null,
        masks: masks.map((rle, index) => ({ objectId: objectId(index + 1), rle, layer: 0, soft })),
      }).pairs[0]!.values;
    const common = 4 * size.height;
    expect(overlapOf(unlikely)).toMatchObject({ overlapLower: 0, overlapArea: common, overlapUpper: common });
    expect(overlapOf(likely)).toMatchObject({
      overlapLower: common,
      overlapArea: common,
      overlapUpper: size.width * size.height,
    });
  });
});

it('follows pieces of a label by its id, wherever it stands in the list', () => {
  const size: Size = { width: 10, height: 4 };
  const [left, right] = [rleWhere(size, (x) => x < 4), rleWhere(size, (x) => x > 7)];
  const sequence = new FrameSequence();
  const task = (frameIndex: number, ids: readonly number[]) => ({
    frameIndex,
    groups: null,
    isLinked: frameIndex > 0,
    frame: {
      ...size,
      excluded: null,
      masks: ids.map((id) => ({ objectId: objectId(id), rle: id === 1 ? left : right, layer: 0 })),
    },
  });
  sequence.next(task(0, [1, 2]), null);
  // Pieces are numbered from the left: each goes on as itself, with all its pixels.
  expect([...sequence.next(task(1, [2, 1]), null).links!]).toEqual([0, 0, 16, 1, 1, 12]);
  expect([...sequence.next(task(2, [2]), null).links!]).toEqual([1, 0, 12]);
  expect([...sequence.next(task(3, [1, 2]), null).links!]).toEqual([0, 1, 12]);
});
