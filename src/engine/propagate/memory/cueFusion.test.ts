/** Learning how to put cues together: from trust alone, towards what is true on annotated frames. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxBlur } from './boxBlur';
import { fuseCues, fusionRows, learnFusion, plainWeights, type CuePlanes } from './cueFusion';
import { cutIou } from './overlap';

const size = { width: 60, height: 40 };
const pixels = size.width * size.height;

function planeOf(value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: pixels }, (_, at) =>
    value(at % size.width, Math.floor(at / size.width)),
  );
}

/** A disc with an arm of two pixels, which SAM blurs away and colours show with grain. */
function armedDisc(centreX: number) {
  const truth = planeOf((x, y) =>
    Math.hypot(x - centreX, y - 20) < 9 || (x > centreX && x < centreX + 20 && Math.abs(y - 19.5) < 1)
      ? 1
      : 0,
  );
  const disc = planeOf((x, y) => 9.5 - Math.hypot(x - centreX, y - 20));
  const arm = boxBlur(
    truth.map((value) => value * 8 - 4),
    size.width,
    size.height,
    3,
  );
  const grain = (at: number): number => (((at * 2654435761) >>> 8) % 100) / 25 - 2;
  const planes: CuePlanes = {
    rough: truth.map((value) => 0.2 + 0.6 * value),
    sam: disc.map((value, at) => Math.min(value, 6) + 0.5 * arm[at]!),
    colour: truth.map((value, at) => value * 4 - 2 + grain(at)),
  };
  return { truth, planes };
}

const trust = { memory: 0, sam: 0.9, colour: 0.1 };

describe('boxBlur', () => {
  it('is the mean of the pixels in reach', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 12 }),
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 81, maxLength: 81 }),
        (width, height, radius, values) => {
          const plane = Float32Array.from(values.slice(0, width * height));
          const blurred = boxBlur(plane, width, height, radius);
          for (let at = 0; at < plane.length; at += 1) {
            const [x, y] = [at % width, Math.floor(at / width)];
            const near = [...plane].filter(
              (_, i) => Math.abs((i % width) - x) <= radius && Math.abs(Math.floor(i / width) - y) <= radius,
            );
            expect(blurred[at]).toBeCloseTo(near.reduce((sum, value) => sum + value, 0) / near.length, 3);
          }
        },
      ),
    );
  });
});

describe('fusion of cues', () => {
  it('is the trusted mixture where nothing was learned', () => {
    const { planes } = armedDisc(20);
    const prior = plainWeights(trust, true, true);
    expect(learnFusion([], prior)).toEqual(prior);
    const fused = fuseCues(planes, size, prior);
    for (const at of [0, 777, 1220]) {
      const [sam, colour] = [planes.sam!, planes.colour!].map((plane) =>
        Math.max(-8, Math.min(8, plane[at]!)),
      );
      expect(fused[at]).toBeCloseTo(0.9 * sam! + 0.1 * colour!, 4);
    }
  });

  it('learns on one frame to draw on another what SAM leaves out', () => {
    const taught = armedDisc(20);
    const asked = armedDisc(31);
    const prior = plainWeights(trust, true, true);
    const learned = learnFusion([fusionRows(taught.planes, taught.truth, size)], prior);
    const before = cutIou(fuseCues(asked.planes, size, prior), 0, asked.truth, 0.5);
    const after = cutIou(fuseCues(asked.planes, size, learned), 0, asked.truth, 0.5);
    expect(before).toBeLessThan(0.91);
    expect(after).toBeGreaterThan(before + 0.015);
  });

  it('draws without SAM by what was learned without it', () => {
    const { planes, truth } = armedDisc(20);
    const rows = [fusionRows(planes, truth, size)];
    const without = learnFusion(rows, plainWeights({ memory: 0.5, sam: 0, colour: 0.5 }, false, true));
    expect(without.values).toHaveLength(5);
    const fused = fuseCues({ ...planes, sam: null }, size, without);
    expect(cutIou(fused, 0, truth, 0.5)).toBeGreaterThan(0.95);
    const blind = [fusionRows({ ...planes, sam: null }, truth, size)];
    const prior = plainWeights(trust, true, true);
    expect(learnFusion(blind, prior)).toEqual(prior);
  });

  it('stays finite and never fits worse than trust alone, whatever the cues say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(-1e4, -8, -1, 0, 1, 8, 1e4),
        fc.constantFrom(-8, -1, 0, 1, 8),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (gain, bias, samShare) => {
          const { planes, truth } = armedDisc(20);
          const odd = { ...planes, sam: truth.map((value) => gain * (value - 0.5) + bias) };
          const rows = [fusionRows(odd, truth, size)];
          const prior = plainWeights({ memory: 0, sam: samShare, colour: 1 - samShare }, true, true);
          const learned = learnFusion(rows, prior);
          expect(learned.values.every(Number.isFinite)).toBe(true);
          expect(crossEntropy(fuseCues(odd, size, learned), rows[0]!, odd, truth)).toBeLessThanOrEqual(
            crossEntropy(fuseCues(odd, size, prior), rows[0]!, odd, truth) + 1e-3,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('learns nothing from ignored pixels', () => {
    const { planes, truth } = armedDisc(20);
    const ignored = Uint8Array.from(truth, (_, at) => (at % size.width > 40 ? 1 : 0));
    const lied = truth.map((value, at) => (ignored[at] ? 1 - value : value));
    expect(fusionRows(planes, lied, size, ignored)).toEqual(fusionRows(planes, truth, size, ignored));
  });
});

/** Over the pixels that are learned from. */
function crossEntropy(
  logits: Float32Array,
  rows: { readonly truth: Float32Array },
  planes: CuePlanes,
  truth: Float32Array,
): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < logits.length; at += 1) {
    if (planes.rough[at]! >= 0.003 || truth[at]! >= 0.01 || planes.sam![at]! > -6) {
      const logit = logits[at]!;
      sum += Math.max(logit, 0) - logit * truth[at]! + Math.log1p(Math.exp(-Math.abs(logit)));
      count += 1;
    }
  }
  expect(count).toBe(rows.truth.length);
  return sum / count;
}
