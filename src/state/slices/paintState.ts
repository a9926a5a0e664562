/** How painting by hand works: brush size, what may be painted over, adding or removing. */
import type { PaintOrder } from '../../core/edit/paintRegion';

/** Diameters of the brush in source pixels. */
export const BRUSH_RANGE_PX = { min: 1, max: 512 } as const;

export type PaintSlice = {
  /** Diameter of brush and eraser in source pixels; not always a whole number. */
  brushPx: number;
  /** What adding pixels may go over. An order inside a label that is gone counts as `onTop`. */
  paintOrder: PaintOrder;
  /** Whether polygon, lasso and fill take pixels from the active label instead of giving it some. */
  isRemoving: boolean;
  /** Whether erasing takes pixels from all objects and competitors, not from the active label alone. */
  isErasingAll: boolean;
  /** Why the last attempt to paint changed nothing; null when it did, or there was none. */
  paintNote: string | null;
  setBrushPx(brushPx: number): void;
  setPaintOrder(order: PaintOrder): void;
  setRemoving(isRemoving: boolean): void;
  setErasingAll(isErasingAll: boolean): void;
  setPaintNote(note: string | null): void;
};
