/** Void pixels: nothing that is said of them finds its way into what the engine learns. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnAnnotated, type AnnotatedMemory } from './annotatedMemory';
import { learnColours, workPictureOf } from './colourCue';
import { LearnedFrames } from './learnedFrames';
import { allCues } from './options';
import { ignoredAtWork, softLabelsOf, type SoftLabels } from './softLabels';
import { thinTokens } from './thinTokens';
import { ScriptedVision, filmHeight, filmWidth, maskRle, red, redId } from './__fixtures__/scriptedVision';
import { film, propagate, request, rleOf } from './__fixtures__/scriptedRuns';
import { decodeRle } from '../../../core/mask/rle';
import { averageOverCells, windowGridOf } from './windowGrid';

const source = { width: filmWidth, height: filmHeight };
const zone = decodeRle(maskRle([0, 0, 9, 8]));
const ignored = ignoredAtWork(zone, source);
const truth = decodeRle(maskRle(red.at(0)));

/** The red box with any pixels at all inside the zone. */
function labelsWith(inside: readonly number[], isIgnored = true): SoftLabels {
  const data = truth.data.map((value, pixel) => (zone.data[pixel] ? (inside[pixel] ?? 0) : value));
  const labels = softLabelsOf([{ ...source, data }], source);
  return isIgnored ? { ...labels, ignored } : labels;
}

const anyInside = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 512, maxLength: 512 });

async function learn(labels: SoftLabels): Promise<AnnotatedMemory> {
  const input = { frameIndex: 0, labels, isTrue: [true], hasUnknown: false };
  const context = { source, options: { ...allCues, useWindow: false } };
  return learnAnnotated(new ScriptedVision(film), input, context, new AbortController().signal);
}

describe('void pixels', () => {
  it('are those work pixels that have one in them', () => {
    const work = { width: filmWidth / 2, height: filmHeight / 2 };
    const small = ignoredAtWork(zone, work);
    expect(small.filter(Boolean)).toHaveLength(5 * 4);
  });

  it('leave no trace in tokens and trust', async () => {
    await fc.assert(
      fc.asyncProperty(anyInside, async (inside) => {
        const [as, otherwise] = [await learn(labelsWith(inside)), await learn(labelsWith([]))];
        expect(as.tokens).toEqual(otherwise.tokens);
        expect(as.tests).toEqual(otherwise.tests);
      }),
      { numRuns: 12 },
    );
    const told = Array<number>(512).fill(1);
    const [as, otherwise] = [await learn(labelsWith(told, false)), await learn(labelsWith([], false))];
    expect(as.tokens).not.toEqual(otherwise.tokens);
    expect(as.tokens[0]!.count).toBeGreaterThan((await learn(labelsWith(told))).tokens[0]!.count);
  });

  it('leave no trace in the colours of labels', () => {
    const picture = workPictureOf(film(0), source);
    fc.assert(
      fc.property(anyInside, (inside) => {
        const model = learnColours([{ picture, labels: labelsWith(inside) }]);
        const other = learnColours([{ picture, labels: labelsWith([]) }]);
        const colours: readonly (readonly [number, number, number])[] = [
          [220, 50, 50],
          [100, 100, 100],
          [10, 240, 90],
        ];
        for (const [r, g, b] of colours) {
          const at = model.lookUp(r, g, b);
          const elsewhere = other.lookUp(r, g, b);
          expect([...model.table.subarray(at, at + 2)]).toEqual([
            ...other.table.subarray(elsewhere, elsewhere + 2),
          ]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('do not count in the mean of a cell', () => {
    const wide = { width: 128, height: 16 };
    const grid = windowGridOf([0, 0, 128, 16]);
    const half = Uint8Array.from({ length: 128 * 16 }, (_, pixel) => pixel % 2);
    const planes = [new Float32Array(128 * 16), Float32Array.from(half, (value) => (value ? 1 : 0.25))];
    const [, cells] = averageOverCells({ ...wide, planes, ignored: half }, grid, wide);
    expect(new Set(cells)).toEqual(new Set([0.25]));
  });

  it('never leave the memory with too few tokens to read', () => {
    const count = 512;
    const tokens = {
      count,
      keys: new Float32Array(count * 256),
      centres: new Float32Array(count * 2),
      values: new Float32Array(count * 2).map((_, index) => (index + 1) % 2),
    };
    const grid = windowGridOf([0, 0, filmWidth, filmHeight]);
    const all = thinTokens(tokens, grid, 2);
    expect(thinTokens(tokens, grid, 2, new Uint8Array(count).fill(1)).count).toBe(all.count);
    expect(thinTokens(tokens, grid, 2, ignored).count).toBeLessThan(all.count);
  });

  it('are part of what a learned frame is known by', async () => {
    const learned = new LearnedFrames();
    let count = 0;
    const ask = (labels: SoftLabels): Promise<AnnotatedMemory> =>
      learned.get({ frameIndex: 0, labels, isTrue: [true], hasUnknown: false }, () => {
        count += 1;
        return learn(labels);
      });
    await ask(labelsWith([]));
    await ask(labelsWith([]));
    await ask(labelsWith([], false));
    expect(count).toBe(2);
  });

  it('let a run go on beside them', async () => {
    const asked = request({ ids: [redId], ignored: [{ fromFrame: 0, rle: maskRle([40, 0, 60, 8]) }] });
    const frames = await propagate(asked);
    expect(frames).toHaveLength(5);
    const last = decodeRle(rleOf(frames.at(-1)!, redId)).data;
    expect(last.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(30);
  });
});
