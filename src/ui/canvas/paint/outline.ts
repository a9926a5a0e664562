/** The outline of a shape that is being drawn: a polygon or a lasso's line, outside of state and React. */
import type { Point } from '../../../core/geometry/box';
import type { MaskflowStore } from '../../../state/store';
import type { PaintAction } from './paintPlan';

export type Outline = {
  /** Source pixels. */
  readonly points: readonly Point[];
  readonly frameIndex: number;
  readonly action: PaintAction;
  /** Whether the next press adds a corner: a line leads to the pointer, and corners are shown. */
  readonly isOpen: boolean;
};

type Channel = { outline: Outline | null; readonly listeners: Set<() => void> };

const channels = new WeakMap<MaskflowStore, Channel>();

function channelOf(store: MaskflowStore): Channel {
  let channel = channels.get(store);
  if (!channel) {
    channel = { outline: null, listeners: new Set() };
    channels.set(store, channel);
  }
  return channel;
}

export function outlineOf(store: MaskflowStore): Outline | null {
  return channelOf(store).outline;
}

export function setOutline(store: MaskflowStore, outline: Outline | null): void {
  const channel = channelOf(store);
  channel.outline = outline;
  channel.listeners.forEach((listener) => listener());
}

/** Returns how to stop. */
export function onOutline(store: MaskflowStore, listener: () => void): () => void {
  const { listeners } = channelOf(store);
  listeners.add(listener);
  return () => listeners.delete(listener);
}
