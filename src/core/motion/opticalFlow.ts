/**
 * Dense motion between two pictures by inverse search of patches, coarse to fine, after Kroeger et al., "Fast Optical
 * Flow using Dense Inverse Search", ECCV 2016 (without its variational refinement).
 */
import type { Size } from '../geometry/box';

/** Brightness, float32[height * width], row-major. */
export type GreyPicture = Size & { readonly data: Float32Array };

/** For each pixel of the target: it was at (x + u, y + v) in the reference. float32[height * width] each, in pixels. */
export type FlowField = Size & { readonly u: Float32Array; readonly v: Float32Array };

const PATCH = 8;
const STRIDE = 4;
const ITERATIONS = 8;
/** The coarsest level's shorter side has at least this many pixels. */
const MIN_SIDE = 24;
/** A patch that moves farther than this from where it started has lost its way. */
const MAX_DRIFT = PATCH;
const MIN_PIXELS_PER_LEVEL = PATCH * 2;

export function opticalFlow(target: GreyPicture, reference: GreyPicture): FlowField {
  const levels = [{ target, reference }];
  for (;;) {
    const last = levels.at(-1)!;
    if (Math.min(last.target.width, last.target.height) / 2 < Math.max(MIN_SIDE, MIN_PIXELS_PER_LEVEL)) {
      break;
    }
    levels.push({ target: halve(last.target), reference: halve(last.reference) });
  }
  const brighter = medianChange(target, reference);
  let flow: FlowField | null = null;
  for (const level of levels.toReversed()) {
    flow = refine(level.target, level.reference, flow, brighter);
  }
  return flow!;
}

/** Means of 2x2 pixels; an odd last row or column is dropped. */
export function halve({ width, height, data }: GreyPicture): GreyPicture {
  const w = Math.max(1, width >> 1);
  const h = Math.max(1, height >> 1);
  const half = new Float32Array(w * h);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const a = 2 * y * width + 2 * x;
      half[y * w + x] = (data[a]! + data[a + 1]! + data[a + width]! + data[a + width + 1]!) / 4;
    }
  }
  return { width: w, height: h, data: half };
}

/** By how many whole levels most of the reference is brighter than the target: film flickers. */
function medianChange(target: GreyPicture, reference: GreyPicture): number {
  const counts = new Uint32Array(2 * 255 + 1);
  for (let pixel = 0; pixel < target.data.length; pixel += 1) {
    const change = Math.round(reference.data[pixel]! - target.data[pixel]!);
    counts[Math.max(-255, Math.min(255, change)) + 255]! += 1;
  }
  let bin = 0;
  for (let below = counts[0]!; below * 2 < target.data.length; below += counts[bin]!) {
    bin += 1;
  }
  return bin - 255;
}

function refine(
  target: GreyPicture,
  reference: GreyPicture,
  coarse: FlowField | null,
  brighter: number,
): FlowField {
  const { width, height } = target;
  const columns = Math.max(1, Math.floor((width - PATCH) / STRIDE) + 1);
  const rows = Math.max(1, Math.floor((height - PATCH) / STRIDE) + 1);
  const u = new Float32Array(width * height);
  const v = new Float32Array(width * height);
  const weight = new Float32Array(width * height);
  for (let row = 0; row < rows; row += 1) {
    const y = row === rows - 1 ? Math.max(0, height - PATCH) : row * STRIDE;
    for (let column = 0; column < columns; column += 1) {
      const x = column === columns - 1 ? Math.max(0, width - PATCH) : column * STRIDE;
      const start = startOf(coarse, x, y, width, height);
      const found = search(target, reference, x, y, start);
      spread(target, reference, { x, y, brighter, ...found }, { u, v, weight });
    }
  }
  for (let pixel = 0; pixel < u.length; pixel += 1) {
    const sum = weight[pixel]!;
    if (sum > 0) {
      u[pixel]! /= sum;
      v[pixel]! /= sum;
    }
  }
  return { width, height, u, v };
}

function startOf(
  coarse: FlowField | null,
  x: number,
  y: number,
  width: number,
  height: number,
): readonly [number, number] {
  if (!coarse) {
    return [0, 0];
  }
  const cx = Math.min(coarse.width - 1, Math.floor(((x + PATCH / 2) * coarse.width) / width));
  const cy = Math.min(coarse.height - 1, Math.floor(((y + PATCH / 2) * coarse.height) / height));
  const at = cy * coarse.width + cx;
  return [coarse.u[at]! * 2, coarse.v[at]! * 2];
}

const gradientX = new Float32Array(PATCH * PATCH);
const gradientY = new Float32Array(PATCH * PATCH);

/** Gauss-Newton on the patch's position in the reference; gradients of the target serve every step. */
function search(
  target: GreyPicture,
  reference: GreyPicture,
  x: number,
  y: number,
  [startU, startV]: readonly [number, number],
): { du: number; dv: number } {
  const { width, height, data } = target;
  let [xx, xy, yy] = [0, 0, 0];
  for (let j = 0; j < PATCH; j += 1) {
    const row = Math.min(height - 1, y + j) * width;
    const above = Math.max(0, Math.min(height - 1, y + j) - 1) * width;
    const below = Math.min(height - 1, y + j + 1) * width;
    for (let i = 0; i < PATCH; i += 1) {
      const column = Math.min(width - 1, x + i);
      const gx = (data[row + Math.min(width - 1, column + 1)]! - data[row + Math.max(0, column - 1)]!) / 2;
      const gy = (data[below + column]! - data[above + column]!) / 2;
      gradientX[j * PATCH + i] = gx;
      gradientY[j * PATCH + i] = gy;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  }
  // Flat patches keep the motion they came with.
  const damping = 4 * PATCH * PATCH * 0.25;
  xx += damping;
  yy += damping;
  const determinant = xx * yy - xy * xy;
  let du = startU;
  let dv = startV;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    let [bx, by, mean] = [0, 0, 0];
    let [sumX, sumY] = [0, 0];
    for (let j = 0; j < PATCH; j += 1) {
      for (let i = 0; i < PATCH; i += 1) {
        const difference =
          sample(reference, x + i + du, y + j + dv) -
          data[Math.min(height - 1, y + j) * width + Math.min(width - 1, x + i)]!;
        const at = j * PATCH + i;
        bx += gradientX[at]! * difference;
        by += gradientY[at]! * difference;
        sumX += gradientX[at]!;
        sumY += gradientY[at]!;
        mean += difference;
      }
    }
    // A patch that became brighter as a whole has not moved.
    mean /= PATCH * PATCH;
    bx -= mean * sumX;
    by -= mean * sumY;
    const stepU = (yy * bx - xy * by) / determinant;
    const stepV = (xx * by - xy * bx) / determinant;
    du -= stepU;
    dv -= stepV;
    if (stepU * stepU + stepV * stepV < 1e-3) {
      break;
    }
  }
  const isLost = (du - startU) ** 2 + (dv - startV) ** 2 > MAX_DRIFT ** 2;
  return isLost || !Number.isFinite(du + dv) ? { du: startU, dv: startV } : { du, dv };
}

/** Bilinear, edge pixels repeated. */
function sample({ width, height, data }: GreyPicture, x: number, y: number): number {
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = cx | 0;
  const y0 = cy | 0;
  const a = y0 * width + x0;
  const right = x0 + 1 < width ? 1 : 0;
  const down = y0 + 1 < height ? width : 0;
  const fx = cx - x0;
  const upper = data[a]! + (data[a + right]! - data[a]!) * fx;
  const lower = data[a + down]! + (data[a + down + right]! - data[a + down]!) * fx;
  return upper + (lower - upper) * (cy - y0);
}

/** A patch's motion counts at its pixels the more, the better it explains them. */
function spread(
  target: GreyPicture,
  reference: GreyPicture,
  { x, y, brighter, du, dv }: { x: number; y: number; brighter: number; du: number; dv: number },
  sums: { u: Float32Array; v: Float32Array; weight: Float32Array },
): void {
  const { width, height, data } = target;
  for (let j = 0; j < PATCH && y + j < height; j += 1) {
    for (let i = 0; i < PATCH && x + i < width; i += 1) {
      const pixel = (y + j) * width + x + i;
      const difference = sample(reference, x + i + du, y + j + dv) - data[pixel]! - brighter;
      const w = 1 / Math.max(1, difference * difference);
      sums.u[pixel]! += w * du;
      sums.v[pixel]! += w * dv;
      sums.weight[pixel]! += w;
    }
  }
}
