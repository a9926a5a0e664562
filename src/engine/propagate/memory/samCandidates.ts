/** The ways in which SAM is asked to draw a label from a rough answer, of which the one that agrees best counts. */
import type { Box, Point, Size } from '../../../core/geometry/box';
import { LOW_RES_SIDE_PX, imageTransformOf } from '../../../core/geometry/imageTransform';
import { maskPromptLogits } from '../../../core/mask/maskPrompt';
import type { DecoderPrompt } from '../../sam/maskDecoder';
import { sampleGrid } from './sampleGrid';
import { insideOf, type WindowGrid } from './windowGrid';

/** A binary plane cut to the window, in work pixels. */
export type WindowMask = Size & { readonly data: Uint8Array; readonly place: Box };

const FOREGROUND_POINTS = 3;
const BACKGROUND_POINTS = 2;

export function cutMask(
  plane: Float32Array,
  threshold: number,
  grid: WindowGrid,
  { source, work }: { source: Size; work: Size },
): WindowMask {
  const place = insideOf(grid.box, source, work);
  const width = Math.max(1, place[2] - place[0]);
  const height = Math.max(1, place[3] - place[1]);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = plane[(y + place[1]) * work.width + x + place[0]]! > threshold ? 1 : 0;
    }
  }
  return { width, height, data, place };
}

/** Tight box of the foreground in mask pixels; null when there is none. */
export function boxOf({ width, height, data }: Size & { data: Uint8Array }): Box | null {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (data[y * width + x]) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x + 1);
        y0 = Math.min(y0, y);
        y1 = Math.max(y1, y + 1);
      }
    }
  }
  return x1 > x0 ? [x0, y0, x1, y1] : null;
}

/** Prompts in pixels of the window; empty when the mask is. */
export function candidatePrompts(
  mask: WindowMask,
  grid: WindowGrid,
  work: Size,
  source: Size,
): DecoderPrompt[] {
  const tight = boxOf(mask);
  if (!tight) {
    return [];
  }
  const sx = source.width / work.width;
  const sy = source.height / work.height;
  const toWindow = ({ x, y }: Point): Point => ({
    x: (x + mask.place[0]) * sx - grid.box[0],
    y: (y + mask.place[1]) * sy - grid.box[1],
  });
  const upper = toWindow({ x: tight[0], y: tight[1] });
  const lower = toWindow({ x: tight[2], y: tight[3] });
  const box: Box = [upper.x, upper.y, lower.x, lower.y];
  const points = promptPoints(mask, tight).map(({ x, y, label }) => ({
    ...toWindow({ x: x + 0.5, y: y + 0.5 }),
    label,
  }));
  const maskLogits = maskPromptLogits(mask);
  return [
    { points: [], box, maskLogits },
    { points, box, maskLogits },
    { points, box, maskLogits: null },
  ];
}

type LabelledPoint = Point & { readonly label: 0 | 1 };

/** The innermost places of the mask, and of what is not the mask inside its box. */
function promptPoints(mask: WindowMask, tight: Box): LabelledPoint[] {
  const inner = innermost(distanceInside(mask, 1), mask, tight, FOREGROUND_POINTS);
  const outer = innermost(distanceInside(mask, 0), mask, tight, BACKGROUND_POINTS).filter(
    ({ depth }) => depth >= 3,
  );
  return [
    ...inner.map(({ x, y }) => ({ x, y, label: 1 as const })),
    ...outer.map(({ x, y }) => ({ x, y, label: 0 as const })),
  ];
}

/** City-block-and-diagonal (3-4 chamfer) distance in pixels to the nearest pixel of the other kind or the edge. */
function distanceInside({ width, height, data }: WindowMask, kind: 0 | 1): Float32Array {
  const d = new Float32Array(width * height);
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : d[y * width + x]!;
  const relax = (x: number, y: number, s: 1 | -1): void => {
    const index = y * width + x;
    if (data[index] === kind) {
      d[index] = Math.min(
        d[index]!,
        at(x - s, y) + 1,
        at(x, y - s) + 1,
        at(x - s, y - s) + 4 / 3,
        at(x + s, y - s) + 4 / 3,
      );
    }
  };
  for (let index = 0; index < d.length; index += 1) {
    d[index] = data[index] === kind ? 1e6 : 0;
  }
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      relax(x, y, 1);
    }
  }
  for (let y = height - 1; y >= 0; y -= 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      relax(x, y, -1);
    }
  }
  return d;
}

function innermost(
  distance: Float32Array,
  { width }: Size,
  [x0, y0, x1, y1]: Box,
  count: number,
): (Point & { depth: number })[] {
  const found: (Point & { depth: number })[] = [];
  for (let round = 0; round < count; round += 1) {
    let best = { x: 0, y: 0, depth: 0 };
    for (let y = y0; y < y1; y += 1) {
      for (let x = x0; x < x1; x += 1) {
        const depth = distance[y * width + x]!;
        // The next point must lie outside the disc around each one before it.
        if (
          depth > best.depth &&
          found.every((other) => (other.x - x) ** 2 + (other.y - y) ** 2 > (2 * other.depth) ** 2)
        ) {
          best = { x, y, depth };
        }
      }
    }
    if (best.depth < 1) {
      break;
    }
    found.push(best);
  }
  return found;
}

/** Low-res logits over the window, laid over the work picture; `outside` beyond the window. */
export function spreadLowRes(
  lowRes: Float32Array,
  grid: WindowGrid,
  { source, work, outside }: { source: Size; work: Size; outside: number },
): Float32Array<ArrayBuffer> {
  const width = grid.box[2] - grid.box[0];
  const height = grid.box[3] - grid.box[1];
  const { resized } = imageTransformOf({ width, height });
  const scaleX = resized.width / width / 4;
  const scaleY = resized.height / height / 4;
  return sampleGrid(lowRes, LOW_RES_SIDE_PX, LOW_RES_SIDE_PX, {
    work,
    outside,
    toColumn: (x) => (((x + 0.5) * source.width) / work.width - grid.box[0]) * scaleX - 0.5,
    toRow: (y) => (((y + 0.5) * source.height) / work.height - grid.box[1]) * scaleY - 0.5,
    inside: insideOf(grid.box, source, work),
  });
}
