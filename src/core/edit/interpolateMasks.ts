/** A mask in between two others. */
import { assert } from '../base/assert';
import { decodeRle, encodeRle, rleArea, rleBox, type Rle } from '../mask/rle';
import { forEachSpan } from '../mask/rle';
import type { Box } from '../geometry/box';
import { signedDistances } from './distanceTransform';

/** A mask's signed distances on a window whose place is told relative to the mask's own centre. */
type Shape = { readonly centreX: number; readonly centreY: number; readonly distances: Float64Array };

/** The window in whole pixels, relative to either mask's centre. */
type Window = { readonly x0: number; readonly y0: number; readonly width: number; readonly height: number };

/**
 * Makes masks between `a` (t = 0) and `b` (t = 1), which have one size: at t the weighted mean of their signed
 * distances is cut at 0 (shape-based interpolation: Raya & Udupa, IEEE TMI 9, 1990), after both have been moved to the
 * place between their centres of gravity (Herman, Zheng & Bucholtz, IEEE CG&A 12, 1992), so that what moves by more than
 * its own size does not vanish half-way. With one of them empty, the nearer one in time counts.
 */
export function maskInterpolator(a: Rle, b: Rle): (t: number) => Rle {
  assert(a.size[0] === b.size[0] && a.size[1] === b.size[1], 'both masks have one size');
  const boxA = rleBox(a);
  const boxB = rleBox(b);
  if (!boxA || !boxB) {
    return (t) => (t < 0.5 ? a : b);
  }
  const centreA = centreOf(a);
  const centreB = centreOf(b);
  const window = windowAround([around(boxA, centreA), around(boxB, centreB)]);
  const from = shapeOf(a, centreA, window);
  const to = shapeOf(b, centreB, window);
  return (t) => {
    if (t <= 0 || t >= 1) {
      return t <= 0 ? a : b;
    }
    return blended(a.size, from, to, window, t);
  };
}

/** One mask between two; see maskInterpolator, which is cheaper for several. */
export function interpolateMasks(a: Rle, b: Rle, t: number): Rle {
  return maskInterpolator(a, b)(t);
}

type Centre = { readonly x: number; readonly y: number };

/** The centre of gravity, as a whole pixel. */
function centreOf(rle: Rle): Centre {
  let sumX = 0;
  let sumY = 0;
  forEachSpan(rle, (x, y0, y1) => {
    sumX += x * (y1 - y0);
    sumY += ((y0 + y1 - 1) / 2) * (y1 - y0);
  });
  const area = rleArea(rle);
  return { x: Math.round(sumX / area), y: Math.round(sumY / area) };
}

function around([x0, y0, x1, y1]: Box, { x, y }: Centre): Box {
  return [x0 - x, y0 - y, x1 - x, y1 - y];
}

/** Holds the boxes and one pixel around them, in which the background nearest to any of their pixels lies. */
function windowAround(boxes: readonly Box[]): Window {
  const x0 = Math.min(...boxes.map((box) => box[0])) - 1;
  const y0 = Math.min(...boxes.map((box) => box[1])) - 1;
  const x1 = Math.max(...boxes.map((box) => box[2])) + 1;
  const y1 = Math.max(...boxes.map((box) => box[3])) + 1;
  return { x0, y0, width: x1 - x0, height: y1 - y0 };
}

/** Pixels beyond the picture's border count as those at the border: what leaves the picture goes on there. */
function shapeOf(rle: Rle, centre: Centre, window: Window): Shape {
  const { data, width, height } = decodeRle(rle);
  const mask = new Uint8Array(window.width * window.height);
  for (let y = 0; y < window.height; y += 1) {
    const row = clamp(window.y0 + y + centre.y, height - 1) * width;
    for (let x = 0; x < window.width; x += 1) {
      mask[y * window.width + x] = data[row + clamp(window.x0 + x + centre.x, width - 1)]!;
    }
  }
  const distances = signedDistances(mask, window.width, window.height);
  return { centreX: centre.x, centreY: centre.y, distances };
}

function blended([height, width]: Rle['size'], from: Shape, to: Shape, window: Window, t: number): Rle {
  const left = window.x0 + Math.round(from.centreX + t * (to.centreX - from.centreX));
  const top = window.y0 + Math.round(from.centreY + t * (to.centreY - from.centreY));
  const data = new Uint8Array(width * height);
  const x0 = Math.max(0, left);
  const x1 = Math.min(width, left + window.width);
  for (let y = Math.max(0, top); y < Math.min(height, top + window.height); y += 1) {
    for (let x = x0; x < x1; x += 1) {
      const cell = (y - top) * window.width + x - left;
      data[y * width + x] = (1 - t) * from.distances[cell]! + t * to.distances[cell]! < 0 ? 1 : 0;
    }
  }
  return encodeRle({ width, height, data });
}

function clamp(value: number, highest: number): number {
  return Math.min(Math.max(value, 0), highest);
}
