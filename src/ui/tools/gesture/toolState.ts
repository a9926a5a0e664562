/** What a pointer tool is: states that answer pointer events with store actions and the next state. */
import type { Point } from '../../../core/geometry/box';
import type { MaskflowStore } from '../../../state/store';
import type { StageView } from '../../canvas/stageView';

/** Where a pointer has been. */
export type PathPoint = {
  /** Source pixels; may lie outside the picture. */
  readonly source: Point;
  /** 0..1 as a pen is pressed; null for pointers that do not tell. */
  readonly pressure: number | null;
};

/** Keys that mean something to a shape that is being drawn press by press. */
export type ShapeKey = 'finish' | 'removeLast';

/** One pointer event on the stage. */
export type ToolPointer = {
  /** Stage pixels. */
  readonly stage: Point;
  /** Source pixels; may lie outside the picture. */
  readonly source: Point;
  /** As in PointerEvent: 0 main, 1 middle, 2 secondary. */
  readonly button: number;
  /** How near counts as "on it", in stage pixels; more for a finger than for a mouse. */
  readonly reachPx: number;
  /** Everywhere the pointer has been since the tool was told last, oldest first; it ends here. */
  readonly path: readonly PathPoint[];
  /** Which modifier keys are down. */
  readonly hasShift: boolean;
  readonly hasAlt: boolean;
};

export type ToolEnv = StageView & {
  readonly store: MaskflowStore;
  /** The frame whose picture is painted: the one that prompts made now belong to. */
  readonly frameIndex: number;
};

/** A handler left out means: nothing happens, the state stays. */
export type ToolState = {
  readonly name: string;
  /** Whether a gesture is under way, from pressing to letting go. */
  readonly isGesture: boolean;
  /** Whether a shape is begun that further presses go on with; moves and Escape are for it, too. */
  readonly isUnfinished?: boolean;
  /** CSS cursor for a pointer here. */
  cursor(pointer: ToolPointer, env: ToolEnv): string;
  pointerDown?(pointer: ToolPointer, env: ToolEnv): ToolState;
  pointerMove?(pointer: ToolPointer, env: ToolEnv): ToolState;
  pointerUp?(pointer: ToolPointer, env: ToolEnv): ToolState;
  /** For unfinished shapes. */
  shapeKey?(key: ShapeKey, env: ToolEnv): ToolState;
  /** Gives the gesture up and restores what was there before it. */
  cancel?(env: ToolEnv): ToolState;
};
