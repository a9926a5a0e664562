/** Labels carried along the motion, and two opinions made one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opticalFlow, type FlowField } from '../../../core/motion/opticalFlow';
import type { WorkPicture } from './colourCue';
import { carriedTrust, carryLabels, greyOf, joinOpinions } from './motionCue';
import type { SoftLabels } from './softLabels';

const WIDTH = 80;
const HEIGHT = 64;

function labelsOf(inside: (x: number, y: number) => boolean): SoftLabels {
  const label = Float32Array.from({ length: WIDTH * HEIGHT }, (_, pixel) =>
    inside(pixel % WIDTH, Math.floor(pixel / WIDTH)) ? 1 : 0,
  );
  return { width: WIDTH, height: HEIGHT, planes: [label.map((value) => 1 - value), label] };
}

const square = (dx: number, dy: number) => (x: number, y: number) =>
  x >= 20 + dx && x < 50 + dx && y >= 16 + dy && y < 44 + dy;

function uniform(width: number, height: number, u: number, v: number): FlowField {
  const plane = (value: number) => new Float32Array(width * height).fill(value);
  return { width, height, u: plane(u), v: plane(v) };
}

/** A textured ground on which everything moves by (dx, dy). */
function picture(dx: number, dy: number): WorkPicture {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel += 1) {
    const [x, y] = [(pixel % WIDTH) - dx, Math.floor(pixel / WIDTH) - dy];
    const value = 128 + 50 * Math.sin(x / 4.1 + Math.sin(y / 7)) + 50 * Math.cos(y / 5.3 - x / 11);
    rgb.fill(value, pixel * 3, pixel * 3 + 3);
  }
  return { width: WIDTH, height: HEIGHT, rgb };
}

describe('carryLabels', () => {
  it('takes each pixel from where it was, also along a coarser field', () => {
    const step = fc.integer({ min: -8, max: 8 });
    fc.assert(
      fc.property(step, step, fc.constantFrom(1, 2), (dx, dy, scale) => {
        // What is at (x, y) now was at (x - dx, y - dy).
        const flow = uniform(WIDTH / scale, HEIGHT / scale, -dx / scale, -dy / scale);
        const carried = carryLabels(labelsOf(square(0, 0)), flow);
        expect(carried.planes[1]).toEqual(labelsOf(square(dx, dy)).planes[1]);
      }),
    );
  });

  it('keeps shares that add up to 1 under any motion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -90, max: 90, noNaN: true }), { minLength: 40, maxLength: 40 }),
        (values) => {
          const u = Float32Array.from(values.slice(0, 20));
          const v = Float32Array.from(values.slice(20));
          const { planes } = carryLabels(labelsOf(square(0, 0)), { width: 5, height: 4, u, v });
          planes[0]!.forEach((share, pixel) => {
            expect(share + planes[1]![pixel]!).toBeCloseTo(1, 5);
          });
        },
      ),
      { numRuns: 10 },
    );
  });

  it('follows what moves in the pictures', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 }), (dx, dy) => {
        const flow = opticalFlow(greyOf(picture(dx, dy)), greyOf(picture(0, 0)));
        const carried = carryLabels(labelsOf(square(0, 0)), flow).planes[1]!;
        const truth = labelsOf(square(dx, dy)).planes[1]!;
        const both = truth.filter((value, pixel) => value === 1 && carried[pixel]! > 0.5).length;
        const either = truth.filter((value, pixel) => value === 1 || carried[pixel]! > 0.5).length;
        expect(both / either).toBeGreaterThan(0.9);
      }),
      { numRuns: 12 },
    );
  });
});

describe('carriedTrust', () => {
  it('believes a flow that explains the picture, and no other', () => {
    const mean = (plane: Float32Array): number => plane.reduce((sum, value) => sum + value, 0) / plane.length;
    const still = uniform(WIDTH, HEIGHT, 0, 0);
    expect(Math.min(...carriedTrust(picture(0, 0), picture(0, 0), still))).toBe(1);
    // (4, 0) is off by a tenth of the ground's waves across and more.
    const right = mean(carriedTrust(picture(4, 0), picture(0, 0), uniform(WIDTH, HEIGHT, -4, 0)));
    const wrong = mean(carriedTrust(picture(4, 0), picture(0, 0), still));
    expect(right).toBeGreaterThan(0.9);
    expect(wrong).toBeLessThan(0.3);
  });

  it('doubts it only around what differs', () => {
    const changed = picture(0, 0);
    const at = (x: number, y: number): number => y * WIDTH + x;
    for (let y = 30; y < 34; y += 1) {
      for (let x = 40; x < 44; x += 1) {
        changed.rgb.fill(255 - changed.rgb[at(x, y) * 3]!, at(x, y) * 3, at(x, y) * 3 + 3);
      }
    }
    const trust = carriedTrust(changed, picture(0, 0), uniform(WIDTH, HEIGHT, 0, 0));
    trust.forEach((value, pixel) => {
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
      const isNear = x >= 37 && x < 47 && y >= 27 && y < 37;
      expect(value === 1, `${x}, ${y}`).toBe(!isNear);
    });
  });
});

describe('joinOpinions', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const one = (p: number): SoftLabels => ({
    width: 1,
    height: 1,
    planes: [Float32Array.of(1 - p), Float32Array.of(p)],
  });
  const joined = (p: number, powerP: number, q: number, powerQ: number): number =>
    joinOpinions(one(p), powerP, one(q), powerQ, 0.01).planes[1]![0]!;

  it('is surer where both agree, and lets a power of 0 say nothing', () => {
    fc.assert(
      fc.property(share, share, (p, q) => {
        expect(joined(p, 1, q, 1)).toBeCloseTo(joined(q, 1, p, 1), 5);
        expect(joined(p, 1, q, 0)).toBeCloseTo((p + 0.01) / 1.02, 5);
        expect(joined(p, 1, 0.5, 1)).toBeCloseTo((p + 0.01) / 1.02, 5);
        if (p > 0.5 && q > 0.5) {
          expect(joined(p, 1, q, 1)).toBeGreaterThanOrEqual(Math.max(p, q) - 0.02);
        }
      }),
    );
  });

  it('gives shares that add up to 1', () => {
    fc.assert(
      fc.property(share, share, share, (p, q, power) => {
        const { planes } = joinOpinions(one(p), 1, one(q), power, 0.01);
        expect(planes[0]![0]! + planes[1]![0]!).toBeCloseTo(1, 5);
      }),
    );
  });
});
