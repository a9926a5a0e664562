/** Begins moving or resizing what a pointer went down on. */
import { holdFrame, takePrompt } from './beginEdit';
import { handleCursor } from './boxHandles';
import type { Hit } from './hitTest';
import { movingPrompt } from './movingPrompt';
import { pressing } from './pressing';
import { resizingBox } from './resizingBox';
import type { ToolEnv, ToolPointer, ToolState } from './toolState';

/** Selects what was hit and waits for the drag. */
export function grab(hit: Hit, start: ToolPointer, env: ToolEnv, home: ToolState): ToolState {
  holdFrame(env);
  takePrompt(env, hit.prompt);
  return pressing({
    start,
    home,
    cursor: hitCursor(hit),
    drag: () =>
      hit.kind === 'handle'
        ? resizingBox({ original: hit.prompt, handle: hit.handle, from: start.source, home })
        : movingPrompt({ original: hit.prompt, from: start.source, home }),
  });
}

export function hitCursor(hit: Hit): string {
  return hit.kind === 'handle' ? handleCursor(hit.handle) : hit.kind === 'point' ? 'grab' : 'move';
}
