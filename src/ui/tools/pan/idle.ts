/** The pan tool at rest; also what a middle button or a held space bar puts in hand for one drag. */
import type { ToolState } from '../gesture/toolState';
import { panning } from './panning';

export function panIdle(home?: ToolState): ToolState {
  const state: ToolState = {
    name: 'pan',
    isGesture: false,
    cursor: () => 'grab',
    pointerDown: (pointer, env) => panning(pointer.stage, env.view, home ?? state),
  };
  return state;
}
