/** Measurements of the true masks of a simulated film of two dyes against counts of their pixels. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { objectId } from '../../src/core/base/ids';
import { encodeRle } from '../../src/core/mask/rle';
import type { FrameMeasurement } from '../../src/core/measure/frameMeasurement';
import { FrameSequence } from '../../src/core/measure/frameSequence';

const folder = path.join(import.meta.dirname, '../../../shared/data/dye/masks');
const hasFilm = existsSync(folder);
if (!hasFilm) {
  console.info('skipped: the film of two dyes (../shared/data/dye) is not here');
}

type Truth = { readonly width: number; readonly height: number; readonly data: ArrayLike<number> };

function readTruth(): Truth[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .toSorted()
    .map((name) => decode(readFileSync(path.join(folder, name))));
}

function measureTruth(truth: readonly Truth[]): FrameMeasurement[] {
  const sequence = new FrameSequence();
  const groups = new Set(['shape', 'pairs', 'flow'] as const);
  return truth.map(({ width, height, data }, frameIndex) => {
    const masks = [1, 2].map((value) => ({
      objectId: objectId(value),
      layer: 0,
      rle: encodeRle({ width, height, data: Uint8Array.from(data, (own) => (own === value ? 1 : 0)) }),
    }));
    const frame = { width, height, masks, excluded: null };
    return sequence.next({ frameIndex, frame, groups, isLinked: frameIndex > 0 }, null).measurement!;
  });
}

describe.skipIf(!hasFilm)('the two dyes', () => {
  const truth = hasFilm ? readTruth() : [];
  const measured = measureTruth(truth);

  it('have the areas, rows and columns that counting their pixels gives, on every frame', () => {
    expect(measured.length).toBeGreaterThan(100);
    truth.forEach(({ width, height, data }, index) => {
      for (const { objectId: id, values } of measured[index]!.labels) {
        let count = 0;
        let sumY = 0;
        for (let pixel = 0; pixel < width * height; pixel += 1) {
          if (data[pixel] === id) {
            count += 1;
            sumY += Math.floor(pixel / width) + 0.5;
          }
        }
        expect(values.area).toBe(count);
        expect(values.centroidY).toBeCloseTo(sumY / count, 6);
        expect(values.columnFractionMean).toBeCloseTo(count / (width * height), 6);
      }
    });
  });

  it('have outlines that hold their contact, and are mixed less than a layer of the whole height', () => {
    truth.forEach(({ height }, index) => {
      const { labels, pairs } = measured[index]!;
      for (const { values } of labels) {
        expect(pairs[0]!.values.contactLength).toBeLessThan(values.freePerimeter * 1.01 + 1);
        // f (1 - f) is at most a quarter.
        expect(values.mixingWidth).toBeLessThan(height / 4);
        expect(values.upperEdgeMean).toBeLessThan(values.lowerEdgeMean);
      }
    });
  });
});
