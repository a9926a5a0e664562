/** Turns a binary mask into the 256x256 logits that SAM takes as a mask prompt. */
import { LOW_RES_SIDE_PX, imageTransformOf } from '../geometry/imageTransform';
import { antialiasedTaps, type ResampleTaps } from '../geometry/resample';
import type { BinaryMask } from './binaryMask';

/** SAM reads mask prompts as logits: with 0 and 1 for them it draws background everywhere. */
export const MASK_PROMPT_FOREGROUND = 18;
export const MASK_PROMPT_BACKGROUND = -18;

/** Pillow rounds a half up; the margin keeps sums of weights that miss it by an ulp on the right side. */
const HALF = 0.5 - 1e-7;

/**
 * The mask is resized like the picture (longest side 1024, Pillow's 8-bit bilinear, which on 0/1 values rounds each
 * pass to 0 or 1), padded to 1024x1024, and brought to 256x256 by plain bilinear, which at a quarter reads the middle
 * 2x2 of each 4x4 block. A cell with any foreground in it becomes +18, the others -18.
 * Returns float32[256*256], row-major.
 */
export function maskPromptLogits(mask: BinaryMask): Float32Array<ArrayBuffer> {
  const { resized } = imageTransformOf(mask);
  const logits = new Float32Array(LOW_RES_SIDE_PX ** 2).fill(MASK_PROMPT_BACKGROUND);
  const columns = readPositions(resized.width);
  const rows = readPositions(resized.height);
  const narrow = resizeColumns(mask, columns, antialiasedTaps(mask.width, resized.width));
  const taps = antialiasedTaps(mask.height, resized.height);
  for (const y of rows) {
    const weights = rowWeights(taps, y);
    columns.forEach((x, column) => {
      let sum = 0;
      weights.forEach(({ row, weight }) => {
        sum += weight * narrow[row * columns.length + column]!;
      });
      if (sum > HALF) {
        logits[(y >> 2) * LOW_RES_SIDE_PX + (x >> 2)] = MASK_PROMPT_FOREGROUND;
      }
    });
  }
  return logits;
}

/** The model pixels that 1024 -> 256 reads: 1 and 2 of every 4. Padding is background and is left out. */
function readPositions(resizedSide: number): number[] {
  const positions: number[] = [];
  for (let at = 1; at < resizedSide; at += 1) {
    if (at % 4 === 1 || at % 4 === 2) {
      positions.push(at);
    }
  }
  return positions;
}

/** Horizontal pass for the wanted columns only: 0/1, row-major, `columns.length` wide. */
function resizeColumns(mask: BinaryMask, columns: readonly number[], resample: ResampleTaps): Uint8Array {
  const { taps, start, count, weights } = resample;
  const narrow = new Uint8Array(mask.height * columns.length);
  for (let y = 0; y < mask.height; y += 1) {
    const row = mask.data.subarray(y * mask.width, (y + 1) * mask.width);
    if (row.includes(1)) {
      columns.forEach((x, column) => {
        const first = start[x]!;
        let sum = 0;
        for (let tap = 0; tap < count[x]!; tap += 1) {
          sum += weights[x * taps + tap]! * row[first + tap]!;
        }
        narrow[y * columns.length + column] = sum > HALF ? 1 : 0;
      });
    }
  }
  return narrow;
}

function rowWeights(resample: ResampleTaps, output: number): { row: number; weight: number }[] {
  return Array.from({ length: resample.count[output] ?? 0 }, (_, tap) => ({
    row: (resample.start[output] ?? 0) + tap,
    weight: resample.weights[output * resample.taps + tap] ?? 0,
  }));
}
