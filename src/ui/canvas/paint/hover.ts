/** Where the pointer is over the stage, for what follows it without passing through React. */
import type { Point } from '../../../core/geometry/box';
import type { MaskflowStore } from '../../../state/store';

export type Hover = { readonly stage: Point; readonly hasShift: boolean };

type Channel = { hover: Hover | null; readonly listeners: Set<() => void> };

const channels = new WeakMap<MaskflowStore, Channel>();

function channelOf(store: MaskflowStore): Channel {
  let channel = channels.get(store);
  if (!channel) {
    channel = { hover: null, listeners: new Set() };
    channels.set(store, channel);
  }
  return channel;
}

/** Null when no pointer is over the stage. */
export function hoverOf(store: MaskflowStore): Hover | null {
  return channelOf(store).hover;
}

export function setHover(store: MaskflowStore, hover: Hover | null): void {
  const channel = channelOf(store);
  channel.hover = hover;
  channel.listeners.forEach((listener) => listener());
}

/** Returns how to stop. */
export function onHover(store: MaskflowStore, listener: () => void): () => void {
  const { listeners } = channelOf(store);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
