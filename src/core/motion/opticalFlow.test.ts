/** Optical flow on textures that were moved by a known distance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halve, opticalFlow, type FlowField, type GreyPicture } from './opticalFlow';

const WIDTH = 96;
const HEIGHT = 64;

type Wave = { readonly x: number; readonly y: number; readonly phase: number; readonly height: number };

/** Sums of waves in all directions, 12 to 45 pixels long: smooth, known between the pixels too, never periodic. */
const texture: fc.Arbitrary<readonly Wave[]> = fc
  .array(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), { minLength: 20, maxLength: 20 })
  .map(wavesOf);

function wavesOf(phases: readonly number[]): Wave[] {
  return phases.map((phase, index) => {
    const length = 12 + 33 * ((index * 0.618) % 1);
    // The golden angle spreads directions evenly.
    const angle = index * 2.39996;
    const rate = (2 * Math.PI) / length;
    return { x: Math.cos(angle) * rate, y: Math.sin(angle) * rate, phase, height: length / 4 };
  });
}

/** What lies at (x, y) of the result lies at (x + dx, y + dy) of the texture. */
function render(
  waves: readonly Wave[],
  dx: number,
  dy: number,
  { width, height } = { width: WIDTH, height: HEIGHT },
): GreyPicture {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = waves.reduce(
        (sum, wave) => sum + wave.height * Math.sin(wave.x * (x + dx) + wave.y * (y + dy) + wave.phase),
        128,
      );
    }
  }
  return { width, height, data };
}

function brighter(picture: GreyPicture, by: number): GreyPicture {
  return { ...picture, data: picture.data.map((value) => value + by) };
}

/** Mean distance of the flow from (u, v), a patch away from the edges. */
function meanError(flow: FlowField, u: number, v: number, margin = 12): number {
  let sum = 0;
  let count = 0;
  for (let y = margin; y < flow.height - margin; y += 1) {
    for (let x = margin; x < flow.width - margin; x += 1) {
      const at = y * flow.width + x;
      sum += Math.hypot(flow.u[at]! - u, flow.v[at]! - v);
      count += 1;
    }
  }
  return sum / count;
}

const shift = fc.double({ min: -4, max: 4, noNaN: true });

describe('opticalFlow', () => {
  it('finds translations to a fraction of a pixel', () => {
    fc.assert(
      fc.property(texture, shift, shift, (waves, dx, dy) => {
        // The target's (x, y) is the texture's, the reference shows it at (x + dx, y + dy).
        const flow = opticalFlow(render(waves, 0, 0), render(waves, -dx, -dy));
        expect([flow.width, flow.height]).toEqual([WIDTH, HEIGHT]);
        expect(meanError(flow, dx, dy)).toBeLessThan(0.4);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a change of brightness for no motion', () => {
    fc.assert(
      fc.property(texture, fc.integer({ min: -40, max: 40 }), (waves, by) => {
        const picture = render(waves, 0, 0);
        expect(meanError(opticalFlow(picture, brighter(picture, by)), 0, 0, 0)).toBeLessThan(1e-3);
      }),
      { numRuns: 10 },
    );
  });

  it('finds the same motion through a change of brightness', () => {
    fc.assert(
      fc.property(texture, shift, fc.integer({ min: -40, max: 40 }), (waves, dx, by) => {
        const flow = opticalFlow(render(waves, 0, 0), brighter(render(waves, -dx, 0), by));
        expect(meanError(flow, dx, 0)).toBeLessThan(0.3);
      }),
      { numRuns: 10 },
    );
  });

  it('finds no motion in flat pictures of any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 70 }),
        fc.nat(255),
        fc.nat(255),
        (width, height, from, to) => {
          const flat = (value: number): GreyPicture => ({
            width,
            height,
            data: new Float32Array(width * height).fill(value),
          });
          const { u, v } = opticalFlow(flat(from), flat(to));
          expect(u).toEqual(new Float32Array(width * height));
          expect(v).toEqual(new Float32Array(width * height));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is finite for noise of any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer(),
        (width, height, seed) => {
          let state = seed;
          const noise = (): GreyPicture => ({
            width,
            height,
            data: Float32Array.from({ length: width * height }, () => {
              state = (Math.imul(state, 1664525) + 1013904223) | 0;
              return (state >>> 8) % 256;
            }),
          });
          const { u, v } = opticalFlow(noise(), noise());
          expect([...u, ...v].every((value) => Number.isFinite(value))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tells two motions apart', () => {
    const waves = wavesOf(Array.from({ length: 20 }, (_, index) => index * 1.7));
    const left = render(waves, -2, 0);
    const right = render(waves, 2, 1);
    const isLeft = (pixel: number): boolean => pixel % WIDTH < WIDTH / 2;
    const data = left.data.map((value, pixel) => (isLeft(pixel) ? value : right.data[pixel]!));
    const { u, v } = opticalFlow(render(waves, 0, 0), { ...left, data });
    const at = (x: number, y: number): number => y * WIDTH + x;
    expect(u[at(20, 32)]).toBeCloseTo(2, 0);
    expect(u[at(76, 32)]).toBeCloseTo(-2, 0);
    expect(v[at(20, 32)]).toBeCloseTo(0, 0);
    expect(v[at(76, 32)]).toBeCloseTo(-1, 0);
  });
});

describe('opticalFlow of pictures that patches do not fill', () => {
  const waves = wavesOf(Array.from({ length: 20 }, (_, index) => index * 1.7));

  it('has the motion up to the last row and column', () => {
    const size = { width: 94, height: 63 };
    const { u, v } = opticalFlow(render(waves, 0, 0, size), render(waves, -2, 1, size));
    for (const at of [62 * 94 + 40, 40 * 94 + 93]) {
      expect([Math.abs(u[at]! - 2) < 0.7, Math.abs(v[at]! + 1) < 0.7]).toEqual([true, true]);
    }
  });

  it('tells motions above and below apart in a wide picture, also where they are large', () => {
    const size = { width: 160, height: 64 };
    const above = render(waves, -6, 0, size);
    const below = render(waves, 6, 0, size);
    const data = above.data.map((value, pixel) => (pixel < (160 * 64) / 2 ? value : below.data[pixel]!));
    const { u } = opticalFlow(render(waves, 0, 0, size), { ...above, data });
    for (const x of [40, 80, 120]) {
      expect(u[18 * 160 + x]).toBeCloseTo(6, 0);
      expect(u[48 * 160 + x]).toBeCloseTo(-6, 0);
    }
  });
});

describe('halve', () => {
  it('keeps the mean of pictures with even sides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (w, h) => {
        const data = Float32Array.from({ length: 4 * w * h }, (_, pixel) => (pixel * 37) % 251);
        const half = halve({ width: 2 * w, height: 2 * h, data });
        const mean = (values: Float32Array): number =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        expect([half.width, half.height]).toEqual([w, h]);
        expect(mean(half.data)).toBeCloseTo(mean(data), 3);
      }),
    );
  });
});
