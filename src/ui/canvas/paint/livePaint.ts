/** Tells who draws the stroke under way what becomes of it, outside of state and React. */
import type { Box } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import type { MaskflowStore } from '../../../state/store';
import type { PaintPlan } from './paintPlan';

/** A stroke that is shown while it is under way. */
export type LiveStroke = {
  readonly plan: PaintPlan;
  /** 1 where the stroke has been. */
  readonly reached: BinaryMask;
  /** 1 where being reached changes what is seen. */
  readonly changeable: Uint8Array;
};

export type LivePaintEvent =
  | { readonly kind: 'begin'; readonly stroke: LiveStroke }
  /** Pixels in this box may have been reached by the stroke. */
  | { readonly kind: 'reach'; readonly stroke: LiveStroke; readonly box: Box }
  | { readonly kind: 'end' };

type Listener = (event: LivePaintEvent) => void;

const listenersOf = new WeakMap<MaskflowStore, Set<Listener>>();

export function tellLivePaint(store: MaskflowStore, event: LivePaintEvent): void {
  listenersOf.get(store)?.forEach((listener) => listener(event));
}

/** Returns how to stop. */
export function onLivePaint(store: MaskflowStore, listener: Listener): () => void {
  const listeners = listenersOf.get(store) ?? new Set();
  listenersOf.set(store, listeners.add(listener));
  return () => listeners.delete(listener);
}
