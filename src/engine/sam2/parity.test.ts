/**
 * SAM 2.1 and EdgeTAM under Node against transformers on seeded weights, in small configurations: prompts by one click,
 * by box and clicks and by masks, corrections in mid-clip, an object that hides, and a stretch backward; then clicks that
 * correct what the memory shows; both in 32 bits and in 16.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelVariant } from '../../core/models/modelStatus';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { parityError, readParityGolden, type ParityError } from './__fixtures__/parityGolden';
import { runParity } from './__fixtures__/parityRun';
import { startSeededSam2, type ReadFile } from './__fixtures__/seededSam2';

function readFrom(folder: string): ReadFile {
  return async (name) => Uint8Array.from(await readFile(path.join(import.meta.dirname, folder, name)));
}

type Tolerance = {
  readonly iou: number;
  readonly logits: number;
  readonly score: number;
  readonly pointer: number;
};

/** Each takes seconds alone, and a minute on a machine that does much else. */
const PATIENCE_MS = 300_000;
const ids = ['edgetam-mini', 'sam2.1-mini'] as const;

/** Largest differences. Logits are kept as half floats, good to 0.002 where they are largest. */
const tolerances: Readonly<Record<(typeof ids)[number], Tolerance>> = {
  'edgetam-mini': { iou: 0.99, logits: 0.004, score: 0.0002, pointer: 0.0002 },
  // Its memory is kept in 8 significant bits, in both: what is rounded the other way differs by 0.4 %.
  'sam2.1-mini': { iou: 0.99, logits: 0.02, score: 0.002, pointer: 0.002 },
};

/** Their seeded weights leave no object's presence in doubt: else half precision would hide one now and then. */
const halfTolerances: Readonly<Record<(typeof ids)[number], Tolerance>> = {
  'edgetam-mini': { iou: 0.98, logits: 0.2, score: 0.06, pointer: 0.02 },
  // Its masks are small: 0.03 are 10 pixels of the decoder's.
  'sam2.1-mini': { iou: 0.97, logits: 0.2, score: 0.06, pointer: 0.02 },
};

type Clip = {
  readonly id: (typeof ids)[number];
  readonly file: 'golden' | 'corrected';
  readonly variant: ModelVariant;
};

/**
 * Object scores of the other golden lie near zero on purpose, and what is read from memory is amplified. Found: 11 and 3 of
 * 56 frames otherwise, scores off by 0.19 and 0.08.
 */
const doubtTolerances: Readonly<Record<(typeof ids)[number], { otherwise: number; score: number }>> = {
  'edgetam-mini': { otherwise: 16, score: 0.3 },
  'sam2.1-mini': { otherwise: 6, score: 0.15 },
};

/** Every frame of a golden by our engine, and how far each is from it. */
async function followClip(
  { id, file, variant }: Clip,
  check: (error: ParityError, place: string) => void,
): Promise<ParityError[]> {
  const read = readFrom(`__fixtures__/${id}`);
  const golden = await readParityGolden(read, file);
  const model = await startSeededSam2(nodeWasmContext(), read, golden.json.seedRules, { variant });
  const errors: ParityError[] = [];
  for await (const result of runParity(model, golden.json)) {
    const error = parityError(golden, result);
    const place = `object ${result.object}, frame ${result.frame}, step ${result.step}`;
    expect(error, place).not.toBeNull();
    check(error!, place);
    errors.push(error!);
  }
  expect(errors).toHaveLength(golden.json.rows.length);
  console.info(summary(`${id} ${variant} ${file}`, errors));
  return errors;
}

function within(most: Tolerance): (error: ParityError, place: string) => void {
  return (error, place) => {
    expect(error.iou, place).toBeGreaterThanOrEqual(most.iou);
    expect(error.logits, place).toBeLessThan(most.logits);
    expect(error.score, place).toBeLessThan(most.score);
    expect(error.pointer, place).toBeLessThan(most.pointer);
  };
}

function summary(what: string, errors: readonly ParityError[]): string {
  const most = (pick: (error: ParityError) => number): string => Math.max(...errors.map(pick)).toFixed(5);
  const least = Math.min(...errors.map(({ iou }) => iou)).toFixed(4);
  const otherwise = errors.filter(({ isOtherwise }) => isOtherwise).length;
  const apart = errors.filter(({ iou }) => iou < 0.95).length;
  return (
    `${what}: ${errors.length} frames, ${otherwise} hidden or shown otherwise, ${apart} below IoU 0.95, least ${least}, ` +
    `logits ${most((e) => e.logits)}, scores ${most((e) => e.score)}, pointers ${most((e) => e.pointer)}`
  );
}

describe.each(ids)('%s', (id) => {
  it('follows the parity clip', { timeout: PATIENCE_MS }, async () => {
    const errors = await followClip({ id, file: 'golden', variant: 'fp32' }, within(tolerances[id]));
    expect(errors.length).toBeGreaterThan(50);
    const hidden = errors.filter(({ isHidden }) => isHidden).length;
    expect(hidden).toBeGreaterThan(3);
    expect(errors.length - hidden).toBeGreaterThan(12);
  });

  it('goes on from clicks that correct a tracked frame', { timeout: PATIENCE_MS }, async () => {
    const errors = await followClip({ id, file: 'corrected', variant: 'fp32' }, within(tolerances[id]));
    expect(errors.filter(({ isHidden }) => isHidden)).toEqual([]);
  });

  it('does so in half precision', { timeout: PATIENCE_MS }, async () => {
    await followClip({ id, file: 'corrected', variant: 'fp16' }, within(halfTolerances[id]));
  });

  it('in half precision hides or shows otherwise what is in doubt', { timeout: PATIENCE_MS }, async () => {
    const most = doubtTolerances[id];
    const errors = await followClip({ id, file: 'golden', variant: 'fp16' }, ({ score }, place) => {
      expect(score, place).toBeLessThan(most.score);
    });
    const otherwise = errors.filter(({ isOtherwise }) => isOtherwise).length;
    // The page and docs/models.md warn of it.
    expect(otherwise).toBeGreaterThan(0);
    expect(otherwise).toBeLessThanOrEqual(most.otherwise);
  });
});
