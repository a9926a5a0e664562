/** The part of the picture worth encoding: small things are seen larger in a window around them. */
import type { Box, Size } from '../../../core/geometry/box';
import type { SoftLabels } from './softLabels';

/** Side of the window over the longer side of what it must hold: room for a frame's motion. */
const ROOM = 2.2;
/** The window's least side, as a share of the picture's longer side: closer, the encoder sees no context. */
const LEAST_SHARE = 0.3;
/** A window that would be nearly the whole picture is not worth a view of its own. */
const MOST_AREA = 0.7;
/** Windows move and grow in steps of this share of the longer side, so that neighbouring frames share theirs. */
const STEP_SHARE = 1 / 40;

export function wholePicture({ width, height }: Size): Box {
  return [0, 0, width, height];
}

/** Whole source pixels; the whole picture when nothing is there, or nearly everything. */
export function trackingWindow(labels: SoftLabels, source: Size): Box {
  const tight = occupiedBox(labels);
  if (!tight) {
    return wholePicture(source);
  }
  const scale = source.width / labels.width;
  const longer = Math.max(source.width, source.height);
  const extent = Math.max(tight[2] - tight[0], tight[3] - tight[1]) * scale;
  const step = Math.max(1, Math.round(longer * STEP_SHARE));
  const side = Math.ceil(Math.max(extent * ROOM, LEAST_SHARE * longer) / step) * step;
  const width = Math.min(source.width, side);
  const height = Math.min(source.height, side);
  if (width * height > MOST_AREA * source.width * source.height) {
    return wholePicture(source);
  }
  const place = (middle: number, length: number, limit: number): number =>
    Math.max(0, Math.min(limit - length, Math.round((middle * scale - length / 2) / step) * step));
  const x = place((tight[0] + tight[2]) / 2, width, source.width);
  const y = place((tight[1] + tight[3]) / 2, height, source.height);
  return [x, y, x + width, y + height];
}

/** Tight box around all that is not background, in work pixels; null when there is nothing. */
function occupiedBox({ width, height, planes }: SoftLabels): Box | null {
  const background = planes[0]!;
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (background[y * width + x]! < 0.5) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x + 1);
        y0 = Math.min(y0, y);
        y1 = y + 1;
      }
    }
  }
  return x1 > x0 ? [x0, y0, x1, y1] : null;
}
