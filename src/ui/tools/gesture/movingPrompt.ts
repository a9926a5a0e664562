/** A point or box follows the pointer. */
import { assertNever } from '../../../core/base/assert';
import { clampPoint, type Point, type Size } from '../../../core/geometry/box';
import type { Prompt } from '../../../core/prompt/prompt';
import { movedBox } from './boxHandles';
import type { ToolEnv, ToolState } from './toolState';

export type MovingOptions = {
  /** The prompt as it was when the pointer went down. */
  readonly original: Prompt;
  /** Where the pointer went down, in source pixels. */
  readonly from: Point;
  readonly home: ToolState;
  /** What giving up does; without it the original comes back. */
  onCancel?(env: ToolEnv): void;
};

export function movingPrompt({ original, from, home, onCancel }: MovingOptions): ToolState {
  const state: ToolState = {
    name: 'movingPrompt',
    isGesture: true,
    cursor: () => 'grabbing',
    pointerMove: ({ source }, { store, picture }) => {
      store.getState().updatePrompt(movedPrompt(original, source.x - from.x, source.y - from.y, picture));
      return state;
    },
    pointerUp: () => home,
    cancel: (env) => {
      if (onCancel) {
        onCancel(env);
      } else {
        env.store.getState().updatePrompt(original);
      }
      return home;
    },
  };
  return state;
}

/** A prompt moved by source pixels, kept inside the picture. Mask prompts do not move. */
export function movedPrompt(prompt: Prompt, dx: number, dy: number, picture: Size): Prompt {
  switch (prompt.kind) {
    case 'box':
      return { ...prompt, box: movedBox(prompt.box, dx, dy, picture) };
    case 'point':
    case 'sharedPoint':
      return {
        ...prompt,
        point: placedPoint({ x: prompt.point.x + dx, y: prompt.point.y + dy }, picture),
      };
    case 'mask':
      return prompt;
    default:
      return assertNever(prompt);
  }
}

/** A point inside the picture, in tenths of a pixel: finer than a hand, short enough to read in a file. */
export function placedPoint(point: Point, picture: Size): Point {
  const { x, y } = clampPoint(point, picture);
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}
