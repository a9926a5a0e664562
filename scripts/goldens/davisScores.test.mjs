/** Random masks scored by Python and by the app: the same values. Needs python3 with numpy and SciPy. */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectSameScores } from '../../src/core/compare/__fixtures__/davisSequence';

const script = path.join(import.meta.dirname, 'davisScores.py');
const hasPython = spawnSync('python3', ['-c', 'import numpy, scipy']).status === 0;
if (!hasPython) {
  console.warn('skipped: J and F of random masks against Python, for lack of python3 with numpy and SciPy');
}

/** Masks that nobody has looked at before: rectangles and specks, some of them at the edges of the picture. */
function randomSequence(seed) {
  let state = seed;
  const next = (below) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * below);
  };
  const size = [20 + next(120), 20 + next(160)];
  const picture = (letters) => {
    const rows = Array.from({ length: size[0] }, () => Array.from({ length: size[1] }, () => '.'));
    for (const letter of letters) {
      const [top, left] = [next(size[0]), next(size[1])];
      for (let y = top; y < Math.min(size[0], top + 1 + next(50)); y += 1) {
        rows[y].fill(letter, left, left + 1 + next(40));
      }
    }
    return rows.map((row) => row.map((letter) => `${letter}1`).join(' ')).join(' ');
  };
  const frames = Array.from({ length: 5 }, () => ({
    truth: picture('121x2'),
    result: picture('12211'),
  }));
  return { size, truth: frames.map(({ truth }) => truth), result: frames.map(({ result }) => result) };
}

describe.skipIf(!hasPython)('scores worked out by Python now', () => {
  it('are the same for random masks', () => {
    const sequences = [3, 14, 159].map(randomSequence);
    const input = JSON.stringify(sequences);
    const answer = execFileSync('python3', [script], { input, maxBuffer: 2 ** 26 }).toString();
    const scores = JSON.parse(answer);
    expect(scores.every((found) => found.length > 0)).toBe(true);
    sequences.forEach((sequence, index) => expectSameScores(sequence, scores[index]));
  });
});
