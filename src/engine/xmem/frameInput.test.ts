/** Sizes, padding, pictures and masks as the network sees them. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsWithout, imageInput, maskAtWork, padMask } from './frameInput';
import { aggregate } from './softAggregation';
import { unpad, workGeometryOf } from './workGeometry';

const plain = { mean: [0, 0, 0], std: [1, 1, 1] } as const;

describe('workGeometryOf', () => {
  it('pads on both sides, the odd pixel right and below', () => {
    expect(workGeometryOf({ width: 854, height: 480 }, 480)).toMatchObject({
      work: { width: 854, height: 480 },
      padded: { width: 864, height: 480 },
      left: 5,
      top: 0,
    });
    expect(workGeometryOf({ width: 855, height: 480 }, 480)).toMatchObject({
      left: 4,
      columns: 54,
      rows: 30,
    });
  });

  it('makes the shorter side so long at most, and keeps the shape', () => {
    expect(workGeometryOf({ width: 1080, height: 1920 }, 480).work).toEqual({ width: 480, height: 853 });
    expect(workGeometryOf({ width: 1920, height: 1080 }, null).work).toEqual({ width: 1920, height: 1080 });
    expect(workGeometryOf({ width: 200, height: 100 }, 480).work).toEqual({ width: 200, height: 100 });
  });
});

describe('what the network sees', () => {
  it('is the picture channel by channel, normalised, in a frame of zeros', () => {
    const geometry = workGeometryOf({ width: 2, height: 1 }, null);
    const data = Uint8ClampedArray.of(255, 0, 51, 255, 0, 255, 102, 255);
    const image = imageInput({ width: 2, height: 1, data }, geometry, {
      mean: [0.5, 0, 0],
      std: [0.5, 1, 1],
    });
    const at = (channel: number, x: number): number =>
      image[channel * 256 + geometry.top * 16 + geometry.left + x]!;
    expect([at(0, 0), at(0, 1), at(1, 0), at(1, 1)]).toEqual([1, -1, 0, 1]);
    expect(at(2, 0)).toBeCloseTo(0.2);
    expect(at(2, 1)).toBeCloseTo(0.4);
    expect(image.filter((value) => value !== 0)).toHaveLength(5);
  });

  it('keeps a plain colour when it is made smaller', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: 90 }),
        fc.integer({ min: 64, max: 90 }),
        fc.nat(255),
        (width, height, grey) => {
          const geometry = workGeometryOf({ width, height }, 48);
          const picture = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(grey) };
          const planeSize = geometry.padded.width * geometry.padded.height;
          const red = imageInput(picture, geometry, plain).subarray(0, planeSize);
          for (const value of unpad(red, geometry)) {
            expect(value).toBeCloseTo(grey / 255, 5);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('has masks by the nearest pixel, where the picture is', () => {
    const geometry = workGeometryOf({ width: 8, height: 4 }, 2);
    const data = new Uint8Array(32).map((_, pixel) => (pixel % 8 >= 4 ? 1 : 0));
    const small = maskAtWork({ width: 8, height: 4, data }, geometry);
    expect(small).toEqual({ width: 4, height: 2, data: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1) });
    expect(Array.from(unpad(padMask(small, geometry), geometry))).toEqual(Array.from(small.data));
    expect(padMask(small, geometry).reduce((sum, value) => sum + value, 0)).toBe(4);
  });

  it('keeps every object that is somewhere, however small, near where it is', () => {
    const source = { width: 3840, height: 2160 };
    const geometry = workGeometryOf(source, 240);
    const { work } = geometry;
    for (let index = 0; index < 12; index += 1) {
      const left = (index * 977) % (source.width - 6);
      const top = (index * 557) % (source.height - 6);
      const data = new Uint8Array(source.width * source.height);
      for (let y = top; y < top + 6; y += 1) {
        data.fill(1, y * source.width + left, y * source.width + left + 6);
      }
      const small = maskAtWork({ ...source, data }, geometry).data;
      const pixels = [...small.keys()].filter((pixel) => small[pixel] === 1);
      expect(pixels.length).toBeGreaterThan(0);
      for (const pixel of pixels) {
        expect(Math.abs((pixel % work.width) - ((left + 3) * work.width) / source.width)).toBeLessThan(1.5);
        const row = Math.floor(pixel / work.width);
        expect(Math.abs(row - ((top + 3) * work.height) / source.height)).toBeLessThan(1.5);
      }
    }
    const nothing = { ...source, data: new Uint8Array(source.width * source.height) };
    expect(maskAtWork(nothing, geometry).data.includes(1)).toBe(false);
  });

  it('learns from cells without any ignored pixel', () => {
    const geometry = workGeometryOf({ width: 64, height: 32 }, null);
    const data = new Uint8Array(64 * 32);
    data[20 * 64 + 50] = 1;
    expect(Array.from(cellsWithout({ width: 64, height: 32, data }, geometry))).toEqual([
      1, 1, 1, 1, 1, 1, 1, 0,
    ]);
  });

  it('counts cells from where the picture lies in the padded one', () => {
    // Padded to 64 x 48: 7 pixels on the left, 4 above.
    const size = { width: 50, height: 40 };
    const geometry = workGeometryOf(size, null);
    const free = (x: number, y: number): number => {
      const data = new Uint8Array(50 * 40);
      data[y * 50 + x] = 1;
      return cellsWithout({ ...size, data }, geometry).indexOf(0);
    };
    expect([free(0, 0), free(8, 11), free(9, 11), free(8, 12), free(49, 39)]).toEqual([0, 0, 1, 4, 11]);
  });
});

describe('aggregate', () => {
  it('adds up to 1, keeps the order of the odds, and leaves sure masks sure', () => {
    const chance = fc.float({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 5 }), (chances) => {
        const planes = aggregate(chances.map((value) => Float32Array.of(value))).map(([value]) => value!);
        expect(planes.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        chances.forEach((value, index) =>
          chances.forEach((other, rival) => {
            if (value > other) {
              expect(planes[index + 1]).toBeGreaterThanOrEqual(planes[rival + 1]!);
            }
          }),
        );
      }),
    );
    const [background, object] = aggregate([Float32Array.of(1, 0)]);
    expect(object![0]).toBeCloseTo(1, 5);
    expect(background![1]).toBeCloseTo(1, 5);
  });
});
