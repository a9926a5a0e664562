/** Where the last stroke ended, for going on in a straight line. */
import type { Point } from '../../../core/geometry/box';
import type { MaskflowStore } from '../../../state/store';
import type { ToolEnv } from '../gesture/toolState';

type StrokeEnd = { readonly footageId: string; readonly at: Point };

const ends = new WeakMap<MaskflowStore, StrokeEnd>();

/** Source pixels; null before the first stroke on this footage. */
export function lastStrokeEnd({ store }: Pick<ToolEnv, 'store'>): Point | null {
  const end = ends.get(store);
  return end && end.footageId === store.getState().footage?.footageId ? end.at : null;
}

export function rememberStrokeEnd({ store }: Pick<ToolEnv, 'store'>, { x, y }: Point): void {
  const footageId = store.getState().footage?.footageId;
  if (footageId) {
    ends.set(store, { footageId, at: { x, y } });
  }
}
