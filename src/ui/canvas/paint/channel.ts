/** A value beside the store, for what changes with every move of the pointer: listeners are told, nothing renders. */
import type { MaskflowStore } from '../../../state/store';

export type Channel<T> = {
  get(store: MaskflowStore): T | null;
  set(store: MaskflowStore, value: T | null): void;
  /** Returns how to stop. */
  listen(store: MaskflowStore, listener: () => void): () => void;
};

/** One value for each store; null at first. */
export function createChannel<T>(): Channel<T> {
  const values = new WeakMap<MaskflowStore, T>();
  const listenersOf = new WeakMap<MaskflowStore, Set<() => void>>();
  return {
    get: (store) => values.get(store) ?? null,
    set: (store, value) => {
      if (value === null) {
        values.delete(store);
      } else {
        values.set(store, value);
      }
      listenersOf.get(store)?.forEach((listener) => listener());
    },
    listen: (store, listener) => {
      const listeners = listenersOf.get(store) ?? new Set();
      listenersOf.set(store, listeners.add(listener));
      return () => listeners.delete(listener);
    },
  };
}
