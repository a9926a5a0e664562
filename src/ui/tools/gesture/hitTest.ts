/** What lies under a pointer: a handle, a point, a box's edge or a box's inside. */
import type { Box, Point } from '../../../core/geometry/box';
import type { BoxPrompt, PointPrompt, SharedPointPrompt } from '../../../core/prompt/prompt';
import { sourceToStage } from '../../canvas/viewMath';
import { HANDLE_PX, handlePlaces, type BoxHandle } from './boxHandles';
import { handledBoxId, stagePrompts, type StagePrompt } from './stagePrompts';
import type { ToolEnv, ToolPointer } from './toolState';

export type PointHit = { readonly kind: 'point'; readonly prompt: PointPrompt | SharedPointPrompt };
export type HandleHit = {
  readonly kind: 'handle';
  readonly prompt: BoxPrompt;
  readonly handle: BoxHandle;
};
export type BoxHit = { readonly kind: 'edge' | 'inside'; readonly prompt: BoxPrompt };
export type Hit = PointHit | HandleHit | BoxHit;

/** The topmost thing under the pointer; handles before points, points before edges, edges before insides. */
export function hitTest(pointer: ToolPointer, env: ToolEnv): Hit | null {
  const prompts = promptsTopFirst(env);
  return (
    handleUnder(pointer, env) ??
    pointUnder(pointer, env) ??
    firstBox(prompts, 'edge', (box) => isOnEdge(box, pointer, env)) ??
    firstBox(
      prompts.toSorted((a, b) => boxArea(a) - boxArea(b)),
      'inside',
      (box) => isInside(box, pointer.source),
    )
  );
}

/** The nearest point within reach. */
export function pointUnder(pointer: ToolPointer, env: ToolEnv): PointHit | null {
  let nearest: PointHit | null = null;
  let nearestPx = pointer.reachPx;
  for (const { prompt } of promptsTopFirst(env)) {
    if (prompt.kind !== 'box') {
      const px = distance(sourceToStage(env.view, prompt.point), pointer.stage);
      if (px < nearestPx || (nearest === null && px <= nearestPx)) {
        nearest = { kind: 'point', prompt };
        nearestPx = px;
      }
    }
  }
  return nearest;
}

/** The nearest handle within reach, of the one box that shows handles. */
export function handleUnder(pointer: ToolPointer, env: ToolEnv): HandleHit | null {
  const prompt = handledBox(env);
  if (!prompt) {
    return null;
  }
  const reach = Math.max(pointer.reachPx, HANDLE_PX / 2 + 2);
  const near = handlePlaces(prompt.box, env.view.scale)
    .map(({ handle, x, y }) => ({
      handle,
      px: distance(sourceToStage(env.view, { x, y }), pointer.stage),
    }))
    .filter(({ px }) => px <= reach)
    .toSorted((a, b) => a.px - b.px)[0];
  return near ? { kind: 'handle', prompt, handle: near.handle } : null;
}

/** The edge of the one box that shows handles. */
export function handledEdgeUnder(pointer: ToolPointer, env: ToolEnv): BoxHit | null {
  const prompt = handledBox(env);
  return prompt && isOnEdge(prompt.box, pointer, env) ? { kind: 'edge', prompt } : null;
}

function handledBox(env: ToolEnv): BoxPrompt | null {
  const handledId = handledBoxId(env.store.getState(), env.frameIndex);
  const entry = promptsTopFirst(env).find(({ prompt }) => prompt.id === handledId);
  return entry?.prompt.kind === 'box' ? entry.prompt : null;
}

function promptsTopFirst(env: ToolEnv): StagePrompt[] {
  return stagePrompts(env.store.getState(), env.frameIndex).toReversed();
}

function firstBox(
  prompts: readonly StagePrompt[],
  kind: BoxHit['kind'],
  isHit: (box: Box) => boolean,
): BoxHit | null {
  for (const { prompt } of prompts) {
    if (prompt.kind === 'box' && isHit(prompt.box)) {
      return { kind, prompt };
    }
  }
  return null;
}

function boxArea({ prompt }: StagePrompt): number {
  return prompt.kind === 'box'
    ? (prompt.box[2] - prompt.box[0]) * (prompt.box[3] - prompt.box[1])
    : Number.POSITIVE_INFINITY;
}

function isOnEdge(box: Box, pointer: ToolPointer, env: ToolEnv): boolean {
  const { x: x0, y: y0 } = sourceToStage(env.view, { x: box[0], y: box[1] });
  const { x: x1, y: y1 } = sourceToStage(env.view, { x: box[2], y: box[3] });
  const { x, y } = pointer.stage;
  // Half the reach: an edge is long and easy to meet, and a wide band would leave small boxes no inside.
  const reach = pointer.reachPx / 2;
  const isNear = x >= x0 - reach && x <= x1 + reach && y >= y0 - reach && y <= y1 + reach;
  const isDeepInside = x > x0 + reach && x < x1 - reach && y > y0 + reach && y < y1 - reach;
  return isNear && !isDeepInside;
}

function isInside(box: Box, { x, y }: Point): boolean {
  return x >= box[0] && x < box[2] && y >= box[1] && y < box[3];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
