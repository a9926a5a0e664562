/** DAVIS contour accuracy F: how much of two masks' outlines lies close to the other's. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import type { BinaryMask } from '../mask/binaryMask';
import { subtractMasks } from '../mask/mergeLogits';

/** Share of the picture's diagonal within which outlines agree (Perazzi et al. 2016). */
const TOLERANCE = 0.008;

/** Farther than any radius. */
const FAR = 0xffff;

/**
 * F-measure of the outlines of two masks of one size, 0..1; two masks without an outline are alike: 1, and only one
 * without: 0. Follows the published evaluation (Perazzi et al., CVPR 2016; Pont-Tuset et al., "The 2017 DAVIS
 * Challenge", 2017): an outline pixel counts as found when the other outline has one within a disk of 0.008 diagonals,
 * rounded up; F is the harmonic mean of precision and recall. Pixels of `ignored` (void) are background in both masks,
 * as in the DAVIS 2017 evaluation.
 */
export function contourAccuracy(mask: BinaryMask, truth: BinaryMask, ignored?: BinaryMask): number {
  assert(mask.width === truth.width && mask.height === truth.height, 'both masks have one size');
  if (ignored) {
    return contourAccuracy(subtractMasks(mask, [ignored]), subtractMasks(truth, [ignored]));
  }
  return contourAccuracyWithin(mask, truth, toleranceRadiusPx(mask));
}

/** The radius in pixels within which outlines agree in a picture of this size. */
export function toleranceRadiusPx({ width, height }: Size): number {
  return Math.ceil(TOLERANCE * Math.hypot(width, height));
}

/** The same with a radius of its own: what a part of a picture needs, whose tolerance is the whole picture's. */
export function contourAccuracyWithin(mask: BinaryMask, truth: BinaryMask, radius: number): number {
  const outline = boundaryPixels(mask);
  const trueOutline = boundaryPixels(truth);
  if (outline.length === 0 || trueOutline.length === 0) {
    return outline.length === trueOutline.length ? 1 : 0;
  }
  const precision = foundCount(outline, trueOutline, mask, radius) / outline.length;
  const recall = foundCount(trueOutline, outline, mask, radius) / trueOutline.length;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

/**
 * The outline of a mask as row-major pixel indices, ascending: pixels that differ from the one to the right, below, or
 * right and below (`seg2bmap` after Malik, as the DAVIS evaluation has it). The right column looks only down, the
 * bottom row only right, and the last pixel never counts.
 */
export function boundaryPixels({ width, height, data }: BinaryMask): Uint32Array {
  const found = new Uint32Array(data.length);
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    const down = y < height - 1 ? width : 0;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const right = x < width - 1 ? 1 : 0;
      const value = data[at];
      if (data[at + right] !== value || data[at + down] !== value || data[at + down + right] !== value) {
        found[count] = at;
        count += 1;
      }
    }
  }
  return found.slice(0, count);
}

/** How many of `pixels` have one of `others` within `radius` (Euclidean, included). */
function foundCount(
  pixels: Uint32Array,
  others: Uint32Array,
  { width, height }: BinaryMask,
  radius: number,
): number {
  const distances = columnDistances(others, width, height);
  const radiusSquared = radius * radius;
  let count = 0;
  for (const pixel of pixels) {
    const x = pixel % width;
    const row = pixel - x;
    const last = Math.min(width - 1, x + radius);
    for (let other = Math.max(0, x - radius); other <= last; other += 1) {
      const across = other - x;
      const along = distances[row + other]!;
      if (across * across + along * along <= radiusSquared) {
        count += 1;
        break;
      }
    }
  }
  return count;
}

/** For each pixel the distance to the nearest of `pixels` in its own column; FAR where the column has none. */
function columnDistances(pixels: Uint32Array, width: number, height: number): Uint16Array {
  const distances = new Uint16Array(width * height).fill(FAR);
  for (const pixel of pixels) {
    distances[pixel] = 0;
  }
  for (let at = width; at < distances.length; at += 1) {
    const above = distances[at - width]!;
    if (above < distances[at]!) {
      distances[at] = Math.min(above + 1, FAR);
    }
  }
  for (let at = distances.length - width - 1; at >= 0; at -= 1) {
    const below = distances[at + width]!;
    if (below < distances[at]!) {
      distances[at] = Math.min(below + 1, FAR);
    }
  }
  return distances;
}
