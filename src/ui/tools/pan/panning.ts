/** The picture follows the pointer. */
import type { Point } from '../../../core/geometry/box';
import type { ViewTransform } from '../../../state/maskflowState';
import { clampView } from '../../canvas/viewMath';
import type { ToolState } from '../gesture/toolState';

/** `from` is where the pointer went down (stage pixels) while the view was `before`. */
export function panning(from: Point, before: ViewTransform, home: ToolState): ToolState {
  const state: ToolState = {
    name: 'panning',
    isGesture: true,
    cursor: () => 'grabbing',
    pointerMove: (pointer, { store, picture, stage }) => {
      const x = before.x + pointer.stage.x - from.x;
      const y = before.y + pointer.stage.y - from.y;
      store.getState().setViewTransform(clampView({ scale: before.scale, x, y }, picture, stage));
      return state;
    },
    pointerUp: () => home,
    cancel: ({ store }) => {
      store.getState().setViewTransform(before);
      return home;
    },
  };
  return state;
}
