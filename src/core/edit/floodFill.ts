/** The region that a click into it means. */
import type { BinaryMask } from '../mask/binaryMask';
import type { LabelMap } from '../mask/labelMap';

/**
 * The 4-connected region of pixels that have the label of pixel (x, y), background being one, too. Empty when the pixel
 * lies outside the picture.
 */
export function floodFill({ width, height, data }: LabelMap, x: number, y: number): BinaryMask {
  const region = new Uint8Array(width * height);
  if (x < 0 || y < 0 || x >= width || y >= height) {
    return { width, height, data: region };
  }
  const label = data[y * width + x];
  const isOpen = (index: number): boolean => data[index] === label && region[index] === 0;
  const seeds = [y * width + x];
  for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) {
    if (!isOpen(seed)) {
      continue;
    }
    const row = seed - (seed % width);
    let left = seed;
    while (left > row && isOpen(left - 1)) {
      left -= 1;
    }
    let right = seed + 1;
    while (right < row + width && isOpen(right)) {
      right += 1;
    }
    region.fill(1, left, right);
    // One seed for each stretch above and below is enough: the others are reached from it.
    for (const other of [row - width, row + width]) {
      if (other >= 0 && other < data.length) {
        for (let index = left - row; index < right - row; index += 1) {
          const starts = index === left - row || !isOpen(other + index - 1);
          if (starts && isOpen(other + index)) {
            seeds.push(other + index);
          }
        }
      }
    }
  }
  return { width, height, data: region };
}
