/** Where the pointer is over the stage, for what follows it without passing through React. */
import type { Point } from '../../../core/geometry/box';
import { createChannel } from './channel';

export type Hover = {
  /** Stage pixels. */
  readonly stage: Point;
  readonly hasShift: boolean;
};

/** Null when no pointer is over the stage. */
export const hoverChannel = createChannel<Hover>();
