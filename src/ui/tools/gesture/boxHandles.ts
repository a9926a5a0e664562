/** The eight handles of a box, and the box after one of them was dragged. */
import { boxFromCorners, clampBox, type Box, type Point, type Size } from '../../../core/geometry/box';

export type BoxHandle = 'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w';

/** Side of the drawn handle in stage pixels. */
export const HANDLE_PX = 12;

/** Below this length on the stage a side has no handle of its own: it would cover those of the corners. */
const SIDE_HANDLE_MIN_PX = 44;

type HandlePlace = Point & { readonly handle: BoxHandle };

/** Where the handles of a box are, in source pixels; sides too short on the stage have none. Corners come last. */
export function handlePlaces(box: Box, scale: number): HandlePlace[] {
  const [x0, y0, x1, y1] = box;
  const middleX = (x0 + x1) / 2;
  const middleY = (y0 + y1) / 2;
  const places: HandlePlace[] = [];
  if ((x1 - x0) * scale >= SIDE_HANDLE_MIN_PX) {
    places.push({ handle: 'n', x: middleX, y: y0 }, { handle: 's', x: middleX, y: y1 });
  }
  if ((y1 - y0) * scale >= SIDE_HANDLE_MIN_PX) {
    places.push({ handle: 'e', x: x1, y: middleY }, { handle: 'w', x: x0, y: middleY });
  }
  places.push({ handle: 'nw', x: x0, y: y0 }, { handle: 'ne', x: x1, y: y0 });
  places.push({ handle: 'sw', x: x0, y: y1 }, { handle: 'se', x: x1, y: y1 });
  return places;
}

/**
 * The box after a handle was dragged by (dx, dy) source pixels: whole pixels, inside the picture, at least one pixel
 * wide and high. Dragging a side past the opposite one turns the box over.
 */
export function resizedBox(box: Box, handle: BoxHandle, dx: number, dy: number, picture: Size): Box {
  const [x0, y0, x1, y1] = box;
  const a = { x: handle.includes('w') ? x0 + dx : x0, y: handle.startsWith('n') ? y0 + dy : y0 };
  const b = { x: handle.includes('e') ? x1 + dx : x1, y: handle.startsWith('s') ? y1 + dy : y1 };
  return wholePixelBox(a, b, picture) ?? box;
}

/** The box spanned by two corners in whole pixels, clamped; null when less than one pixel is left of it. */
export function wholePixelBox(a: Point, b: Point, picture: Size): Box | null {
  const [x0, y0, x1, y1] = boxFromCorners(a, b);
  return clampBox([Math.round(x0), Math.round(y0), Math.round(x1), Math.round(y1)], picture);
}

/** The box moved by (dx, dy) source pixels, in whole pixels, stopped at the picture's edges; its size stays. */
export function movedBox(box: Box, dx: number, dy: number, picture: Size): Box {
  const [x0, y0, x1, y1] = box;
  const shiftX = Math.min(Math.max(Math.round(dx), -x0), picture.width - x1);
  const shiftY = Math.min(Math.max(Math.round(dy), -y0), picture.height - y1);
  return [x0 + shiftX, y0 + shiftY, x1 + shiftX, y1 + shiftY];
}

const cursors: Record<BoxHandle, string> = {
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
};

export function handleCursor(handle: BoxHandle): string {
  return cursors[handle];
}
