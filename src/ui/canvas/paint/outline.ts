/** The outline of a shape that is being drawn: a polygon or a lasso's line, outside of state and React. */
import type { Point } from '../../../core/geometry/box';
import { createChannel } from './channel';
import type { PaintAction } from './paintPlan';

export type Outline = {
  /** Source pixels. */
  readonly points: readonly Point[];
  readonly frameIndex: number;
  readonly action: PaintAction;
  /** Whether the next press adds a corner: a line leads to the pointer, and the first corner is shown. */
  readonly isOpen: boolean;
};

/** Null while no shape is being drawn. */
export const outlineChannel = createChannel<Outline>();
