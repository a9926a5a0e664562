/** Which keys the user gave to which shortcut, kept in this browser. */
import type { Shortcut } from './shortcut';

/** Keys by shortcut id, in the notation of the table; an empty list for a shortcut that gave its key away. */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

const STORAGE_KEY = 'maskflow.keys';

let overrides: KeyOverrides = stored();
const listeners = new Set<() => void>();

/** Overrides out of what was stored; what does not look like keys is left out. */
export function parseOverrides(json: string | null): KeyOverrides {
  let value: unknown = null;
  try {
    value = JSON.parse(json ?? 'null');
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string[]] =>
        Array.isArray(entry[1]) && entry[1].every((keys) => typeof keys === 'string' && keys !== ''),
    ),
  );
}

function stored(): KeyOverrides {
  try {
    return parseOverrides(localStorage.getItem(STORAGE_KEY));
  } catch {
    // No storage here, or none allowed: the keys are as shipped.
    return {};
  }
}

export function keyOverrides(): KeyOverrides {
  return overrides;
}

/** The keys of a shortcut in use now. */
export function keysOf(shortcut: Shortcut): readonly string[] {
  return (shortcut.isFixed ? undefined : overrides[shortcut.id]) ?? shortcut.keys;
}

export function setKeyOverrides(next: KeyOverrides): void {
  overrides = next;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
  } catch {
    // They hold until the page is left.
  }
  listeners.forEach((listener) => listener());
}

/** Returns how to stop. */
export function onKeyMapChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
