/** The point tools at rest: press to place a point and drag it; press on a point to take that one. */
import { assertNever } from '../../../core/base/assert';
import { newPromptId } from '../../../core/base/ids';
import type { PointPrompt, SharedPointPrompt } from '../../../core/prompt/prompt';
import { holdFrame, labelToPrompt } from '../gesture/beginEdit';
import { grab } from '../gesture/grab';
import { pointUnder } from '../gesture/hitTest';
import { movingPrompt, placedPoint } from '../gesture/movingPrompt';
import { pressing } from '../gesture/pressing';
import type { ToolEnv, ToolPointer, ToolState } from '../gesture/toolState';

export type PointToolId = 'foregroundPoint' | 'backgroundPoint' | 'sharedPoint';

export function pointIdle(tool: PointToolId): ToolState {
  const state: ToolState = {
    name: tool,
    isGesture: false,
    cursor: (pointer, env) => (pointUnder(pointer, env) ? 'grab' : 'crosshair'),
    pointerDown: (pointer, env) => {
      const placed = placedTool(tool, pointer.button);
      if (!placed) {
        return state;
      }
      const hit = pointUnder(pointer, env);
      if (hit) {
        return grab(hit, pointer, env, state);
      }
      return isNearPicture(pointer, env) ? place(placed, pointer, env, state) : state;
    },
  };
  return state;
}

/** What a button places: the main one the tool's own kind; the secondary one background, with the foreground tool. */
function placedTool(tool: PointToolId, button: number): PointToolId | null {
  if (button === 0) {
    return tool;
  }
  return button === 2 && tool === 'foregroundPoint' ? 'backgroundPoint' : null;
}

/** A press just outside is meant for the picture's edge; one far outside is not meant at all. */
function isNearPicture({ source, reachPx }: ToolPointer, { picture, view }: ToolEnv): boolean {
  const reach = reachPx / view.scale;
  return (
    source.x >= -reach &&
    source.y >= -reach &&
    source.x <= picture.width + reach &&
    source.y <= picture.height + reach
  );
}

function place(tool: PointToolId, start: ToolPointer, env: ToolEnv, home: ToolState): ToolState {
  holdFrame(env);
  const prompt = newPoint(tool, start, env);
  const before = new Set(env.store.getState().prompts);
  env.store.getState().addPrompt(prompt);
  // The first point on a mask brings a box along, which goes with it when it is given up.
  const added = env.store.getState().prompts.filter((other) => !before.has(other));
  const onCancel = ({ store }: ToolEnv): void => added.forEach(({ id }) => store.getState().deletePrompt(id));
  return pressing({
    start,
    home,
    cursor: 'grabbing',
    drag: () => movingPrompt({ original: prompt, from: start.source, home, onCancel }),
    onCancel,
  });
}

function newPoint(tool: PointToolId, { source }: ToolPointer, env: ToolEnv): PointPrompt | SharedPointPrompt {
  const base = {
    id: newPromptId(),
    frameIndex: env.frameIndex,
    point: placedPoint(source, env.picture),
  };
  switch (tool) {
    case 'foregroundPoint':
      return { ...base, kind: 'point', objectId: labelToPrompt(env), label: 1 };
    case 'backgroundPoint':
      return { ...base, kind: 'point', objectId: labelToPrompt(env), label: 0 };
    case 'sharedPoint':
      return { ...base, kind: 'sharedPoint' };
    default:
      return assertNever(tool);
  }
}
