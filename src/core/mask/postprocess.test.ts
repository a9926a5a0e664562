/** Properties of the way from low-res logits to masks. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageTransformOf, modelToSource, sourceToModel } from '../geometry/imageTransform';
import { maskArea } from './binaryMask';
import { FILLED_LOGIT, fillHoles } from './fillHoles';
import { thresholdLogits, upscaleLowResLogits, type MaskLogits } from './logits';
import { maskPromptLogits } from './maskPrompt';
import { confineLogits, mergeLogits, subtractMasks } from './mergeLogits';

const anySize = fc.record({
  width: fc.integer({ min: 1, max: 70 }),
  height: fc.integer({ min: 1, max: 70 }),
});

function anyLogits(size: fc.Arbitrary<{ width: number; height: number }>): fc.Arbitrary<MaskLogits> {
  return size.chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: -3, max: 3 }), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, data: Float32Array.from(values) })),
  );
}

const smallSize = fc.record({
  width: fc.integer({ min: 1, max: 14 }),
  height: fc.integer({ min: 1, max: 14 }),
});

/** torch's `F.interpolate(mode="bilinear", align_corners=False)` on one sample, written from its definition. */
function sampleBilinear(
  picture: { width: number; height: number; at: (x: number, y: number) => number },
  x: number,
  y: number,
): number {
  const sx = Math.max(0, x);
  const sy = Math.max(0, y);
  const x0 = Math.min(picture.width - 1, Math.floor(sx));
  const y0 = Math.min(picture.height - 1, Math.floor(sy));
  const x1 = Math.min(picture.width - 1, x0 + 1);
  const y1 = Math.min(picture.height - 1, y0 + 1);
  const top = picture.at(x0, y0) * (1 - (sx - x0)) + picture.at(x1, y0) * (sx - x0);
  const bottom = picture.at(x0, y1) * (1 - (sx - x0)) + picture.at(x1, y1) * (sx - x0);
  return top * (1 - (sy - y0)) + bottom * (sy - y0);
}

function naiveUpscale(lowRes: Float32Array, size: { width: number; height: number }, at: [number, number]) {
  const { resized } = imageTransformOf(size);
  const low = { width: 256, height: 256, at: (x: number, y: number) => lowRes[y * 256 + x]! };
  const cropped = {
    ...resized,
    at: (x: number, y: number) => sampleBilinear(low, (x + 0.5) / 4 - 0.5, (y + 0.5) / 4 - 0.5),
  };
  return sampleBilinear(
    cropped,
    ((at[0] + 0.5) * resized.width) / size.width - 0.5,
    ((at[1] + 0.5) * resized.height) / size.height - 0.5,
  );
}

function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed >>> 0 || 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32) * 20 - 10;
  });
}

describe('imageTransform', () => {
  it('has 1024 as its longer side and goes there and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 9000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, at) => {
          const transform = imageTransformOf({ width, height });
          expect(Math.max(transform.resized.width, transform.resized.height)).toBe(1024);
          const point = { x: at * width, y: (1 - at) * height };
          const back = modelToSource(transform, sourceToModel(transform, point));
          expect(back.x).toBeCloseTo(point.x, 6);
          expect(back.y).toBeCloseTo(point.y, 6);
        },
      ),
    );
  });
});

describe('upscaleLowResLogits', () => {
  it('equals two naive bilinear steps with a crop between them', () => {
    const sizes = [
      { width: 640, height: 360 },
      { width: 1920, height: 1080 },
      { width: 123, height: 457 },
      { width: 1300, height: 1024 },
      { width: 33, height: 1 },
    ];
    for (const [seed, size] of sizes.entries()) {
      const lowRes = noise(256 * 256, seed + 1);
      const logits = upscaleLowResLogits(lowRes, imageTransformOf(size));
      expect(logits.data.length).toBe(size.width * size.height);
      for (let index = 0; index < logits.data.length; index += 97) {
        const x = index % size.width;
        const y = Math.floor(index / size.width);
        expect(Math.abs(logits.data[index]! - naiveUpscale(lowRes, size, [x, y]))).toBeLessThan(1e-4);
      }
    }
  });

  it('equals them for any size, edges included', () => {
    fc.assert(
      fc.property(anySize, fc.integer(), (size, seed) => {
        const lowRes = noise(256 * 256, seed);
        const { data } = upscaleLowResLogits(lowRes, imageTransformOf(size));
        const corners = [
          [0, 0],
          [size.width - 1, 0],
          [0, size.height - 1],
          [size.width - 1, size.height - 1],
          [size.width >> 1, size.height >> 1],
        ] as const;
        for (const [x, y] of corners) {
          expect(Math.abs(data[y * size.width + x]! - naiveUpscale(lowRes, size, [x, y]))).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a constant', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: -30, max: 30 }), (size, value) => {
        const { data } = upscaleLowResLogits(new Float32Array(256 * 256).fill(value), imageTransformOf(size));
        expect(data.every((logit) => Math.abs(logit - value) < 1e-4)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

/** Background pixels that a 4-connected walk from the border reaches. */
function reachableBackground({ width, height, data }: MaskLogits): Set<number> {
  const reached = new Set<number>();
  const queue: number[] = [];
  const visit = (x: number, y: number): void => {
    const index = y * width + x;
    if (x >= 0 && y >= 0 && x < width && y < height && data[index]! <= 0 && !reached.has(index)) {
      reached.add(index);
      queue.push(index);
    }
  };
  for (let x = 0; x < width; x += 1) {
    visit(x, 0);
    visit(x, height - 1);
  }
  for (let y = 0; y < height; y += 1) {
    visit(0, y);
    visit(width - 1, y);
  }
  for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
    const x = index % width;
    const y = Math.floor(index / width);
    visit(x + 1, y);
    visit(x - 1, y);
    visit(x, y + 1);
    visit(x, y - 1);
  }
  return reached;
}

function copyOf(logits: MaskLogits): MaskLogits {
  return { ...logits, data: logits.data.slice() };
}

describe('fillHoles', () => {
  it('fills exactly the background that cannot reach the border, and changes nothing else', () => {
    fc.assert(
      fc.property(anyLogits(smallSize), (logits) => {
        const open = reachableBackground(logits);
        const filled = copyOf(logits);
        const count = fillHoles(filled);
        let expectedCount = 0;
        logits.data.forEach((logit, index) => {
          const isHole = logit <= 0 && !open.has(index);
          expectedCount += isHole ? 1 : 0;
          expect(filled.data[index]).toBe(isHole ? Math.fround(FILLED_LOGIT) : logit);
        });
        expect(count).toBe(expectedCount);
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing to do the second time', () => {
    fc.assert(
      fc.property(anyLogits(smallSize), (logits) => {
        const filled = copyOf(logits);
        fillHoles(filled);
        const again = copyOf(filled);
        expect(fillHoles(again)).toBe(0);
        expect(again).toEqual(filled);
      }),
    );
  });

  it('fills a ring and leaves a ring with a gap', () => {
    const ring = [-1, -1, -1, -1, -1, -1, 1, 1, 1, -1, -1, 1, -1, 1, -1, -1, 1, 1, 1, -1, -1, -1, -1, -1, -1];
    const closed = { width: 5, height: 5, data: Float32Array.from(ring) };
    expect(fillHoles(closed)).toBe(1);
    const open = { width: 5, height: 5, data: Float32Array.from(ring.with(7, -1)) };
    expect(fillHoles(open)).toBe(0);
  });
});

const severalLogits = smallSize.chain((size) =>
  fc.array(anyLogits(fc.constant(size)), { minLength: 1, maxLength: 4 }),
);

describe('mergeLogits', () => {
  it('makes disjoint masks that together cover what any label claims', () => {
    fc.assert(
      fc.property(severalLogits, (labels) => {
        const masks = mergeLogits(labels);
        for (let pixel = 0; pixel < labels[0]!.data.length; pixel += 1) {
          const owners = masks.filter((mask) => mask.data[pixel] === 1).length;
          expect(owners).toBe(labels.some((label) => label.data[pixel]! > 0) ? 1 : 0);
        }
      }),
    );
  });

  it('gives a pixel to the highest logit', () => {
    fc.assert(
      fc.property(severalLogits, (labels) => {
        mergeLogits(labels).forEach((mask, index) => {
          mask.data.forEach((value, pixel) => {
            const own = labels[index]!.data[pixel]!;
            const best = Math.max(...labels.map((label) => label.data[pixel]!));
            expect(value === 1 && own < best).toBe(false);
          });
        });
      }),
    );
  });

  it('lets a label inside a filled hole win the hole', () => {
    const outer = { width: 3, height: 3, data: Float32Array.from([5, 5, 5, 5, -5, 5, 5, 5, 5]) };
    const inner = { width: 3, height: 3, data: Float32Array.from([-5, -5, -5, -5, 1, -5, -5, -5, -5]) };
    fillHoles(outer);
    const [outerMask, innerMask] = mergeLogits([outer, inner]);
    expect(innerMask!.data[4]).toBe(1);
    expect(outerMask!.data[4]).toBe(0);
  });
});

describe('confineLogits', () => {
  it('lets a label win only inside its mask, and take nothing from the others outside it', () => {
    fc.assert(
      fc.property(severalLogits, fc.infiniteStream(fc.integer({ min: 0, max: 1 })), (labels, bits) => {
        const [held, ...others] = labels as [MaskLogits, ...MaskLogits[]];
        const inside = { ...held, data: Uint8Array.from(held.data, () => bits.next().value ?? 0) };
        const [heldMask, ...masks] = mergeLogits([confineLogits(held, inside), ...others]);
        const alone = mergeLogits(others);
        inside.data.forEach((isInside, pixel) => {
          if (!isInside) {
            expect(heldMask!.data[pixel]).toBe(0);
            masks.forEach((mask, index) => expect(mask.data[pixel]).toBe(alone[index]!.data[pixel]));
          }
        });
      }),
    );
  });
});

describe('subtractMasks', () => {
  it('keeps exactly the pixels of the first that no other has', () => {
    fc.assert(
      fc.property(severalLogits, (labels) => {
        const [mask, ...others] = labels.map(thresholdLogits);
        const rest = subtractMasks(mask!, others);
        rest.data.forEach((value, pixel) => {
          const isTaken = others.some((other) => other.data[pixel] === 1);
          expect(value).toBe(mask!.data[pixel] === 1 && !isTaken ? 1 : 0);
        });
      }),
    );
  });
});

describe('maskPromptLogits', () => {
  it('is all background for an empty mask', () => {
    fc.assert(
      fc.property(anySize, ({ width, height }) => {
        const prompt = maskPromptLogits({ width, height, data: new Uint8Array(width * height) });
        expect(prompt.every((value) => value === -18)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('is foreground over the whole picture and background over the padding for a full mask', () => {
    fc.assert(
      fc.property(anySize, ({ width, height }) => {
        const { resized } = imageTransformOf({ width, height });
        const prompt = maskPromptLogits({ width, height, data: new Uint8Array(width * height).fill(1) });
        // A low-res cell reads model pixels 4i+1 and 4i+2, so it sees the picture when 4i+1 is inside.
        const columns = Math.ceil((resized.width - 1) / 4);
        const rows = Math.ceil((resized.height - 1) / 4);
        const expected = new Float32Array(256 * 256).fill(-18);
        for (let y = 0; y < rows; y += 1) {
          expected.fill(18, y * 256, y * 256 + columns);
        }
        expect(prompt.every((value, index) => value === expected[index])).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the place and size of a rectangle', () => {
    const mask = { width: 640, height: 360, data: new Uint8Array(640 * 360) };
    for (let y = 100; y < 200; y += 1) {
      mask.data.fill(1, y * 640 + 160, y * 640 + 480);
    }
    const prompt = maskPromptLogits(mask);
    const cells = { width: 256, height: 256, data: Uint8Array.from(prompt, (value) => (value > 0 ? 1 : 0)) };
    // 160..480 of 640 is 64..192 of 256; 100..200 of 360 (576 model pixels) is 40..80.
    expect(cells.data[60 * 256 + 64]).toBe(1);
    expect(cells.data[60 * 256 + 62]).toBe(0);
    expect(cells.data[60 * 256 + 191]).toBe(1);
    expect(cells.data[60 * 256 + 193]).toBe(0);
    expect(Math.abs(maskArea(cells) - 128 * 40)).toBeLessThan(128 * 2);
  });
});
