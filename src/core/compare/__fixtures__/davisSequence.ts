/** Sequences that the Python scripts score, and the check that ours come out the same. */
import { expect } from 'vitest';
import { encodeRle, type Rle } from '../../mask/rle';
import { scoreFrame, type FrameScores } from '../comparisonFrames';
import { pairRow } from '../comparisonTable';

type Statistics = { mean: number; recall: number; decay: number };
/** Frames as `scripts/goldens/davisScores.py` reads them. */
export type Sequence = { size: number[]; truth: string[]; result: string[] };
export type Scores = { object: string; j: number[]; f: number[]; J: Statistics; F: Statistics }[];

/** `.12 13 x2`: each run a character and how often it comes, row by row. */
function pixelsOf(runs: string): string {
  return runs
    .split(' ')
    .map((run) => run.charAt(0).repeat(Number(run.slice(1))))
    .join('');
}

function maskOf(runs: string, name: string, [height = 0, width = 0]: Sequence['size']): Rle {
  const data = Uint8Array.from(pixelsOf(runs), (letter) => (letter === name ? 1 : 0));
  return encodeRle({ width, height, data });
}

function scored({ size, truth, result }: Sequence, objects: readonly string[]): FrameScores[] {
  return truth.map((runs, frameIndex) =>
    scoreFrame({
      frameIndex,
      pairs: objects.map((name) => ({
        a: maskOf(result[frameIndex]!, name, size),
        b: maskOf(runs, name, size),
      })),
      ignored: maskOf(runs, 'x', size),
    }),
  );
}

/** All values to 12 decimals. */
export function expectSameScores(sequence: Sequence, expected: Scores): void {
  const frames = scored(
    sequence,
    expected.map(({ object }) => object),
  );
  expected.forEach(({ j, f, J, F }, place) => {
    frames.forEach(({ pairs }, frame) => {
      expect(pairs[place]!.j).toBeCloseTo(j[frame]!, 12);
      expect(pairs[place]!.f).toBeCloseTo(f[frame]!, 12);
    });
    const row = pairRow(frames, place, true)!;
    expect(row.frames).toBe(sequence.truth.length - 2);
    for (const name of ['mean', 'recall', 'decay'] as const) {
      expect(row.j[name]).toBeCloseTo(J[name], 12);
      expect(row.f[name]).toBeCloseTo(F[name], 12);
    }
    expect(row.jAndF).toBeCloseTo((J.mean + F.mean) / 2, 12);
  });
}
