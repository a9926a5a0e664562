/** The steps of giving a shortcut another key: wait for it, settle whose it is, keep it. */
import { comparableKeys, type CapturedKeys } from './capturedKeys';
import type { KeyOverrides } from './keyMap';
import type { Shortcut } from './shortcut';

export type Remapping =
  | { readonly kind: 'idle' }
  | { readonly kind: 'listening'; readonly id: string; readonly isRefused: boolean }
  /** The key is another shortcut's: the user decides whose it is to be. */
  | { readonly kind: 'conflict'; readonly id: string; readonly keys: string; readonly holderId: string }
  /** The key is one of a family that cannot be changed. */
  | { readonly kind: 'fixed'; readonly id: string; readonly keys: string; readonly holderId: string };

export const idle: Remapping = { kind: 'idle' };

/** The keys of a shortcut, as overridden. */
export function keysIn(overrides: KeyOverrides, shortcut: Shortcut): readonly string[] {
  return (shortcut.isFixed ? undefined : overrides[shortcut.id]) ?? shortcut.keys;
}

/** Who has these keys already, other than `exceptId`; null when they are free. */
export function holderOf(
  shortcuts: readonly Shortcut[],
  overrides: KeyOverrides,
  keys: string,
  exceptId: string,
): Shortcut | null {
  const wanted = comparableKeys(keys);
  return (
    shortcuts.find(
      (shortcut) =>
        shortcut.id !== exceptId &&
        keysIn(overrides, shortcut).some((held) => comparableKeys(held) === wanted),
    ) ?? null
  );
}

/** The only keys of a shortcut from now on; whoever had them loses them, and keeps its others. */
export function withKeys(
  shortcuts: readonly Shortcut[],
  overrides: KeyOverrides,
  id: string,
  keys: string,
): KeyOverrides {
  const holder = holderOf(shortcuts, overrides, keys, id);
  const left = holder
    ? keysIn(overrides, holder).filter((held) => comparableKeys(held) !== comparableKeys(keys))
    : [];
  return { ...overrides, ...(holder ? { [holder.id]: left } : {}), [id]: [keys] };
}

/**
 * The shipped keys of one shortcut again. Where another shortcut has taken one of them meanwhile, that one goes back to
 * its own as well, so that no key ever means two things.
 */
export function withoutOverride(
  shortcuts: readonly Shortcut[],
  overrides: KeyOverrides,
  id: string,
): KeyOverrides {
  const { [id]: _, ...rest } = overrides;
  const shipped = shortcuts.find((shortcut) => shortcut.id === id)?.keys ?? [];
  return shipped.reduce<KeyOverrides>((left, keys) => {
    const taker = holderOf(shortcuts, left, keys, id);
    return taker && taker.id in left ? withoutOverride(shortcuts, left, taker.id) : left;
  }, rest);
}

/** What a key press means to who waits for one; `keep` are the keys to be kept at once. */
export function pressed(
  shortcuts: readonly Shortcut[],
  overrides: KeyOverrides,
  id: string,
  captured: CapturedKeys,
): { readonly next: Remapping; readonly keep: string | null } {
  if (captured.kind === 'unfinished') {
    return { next: { kind: 'listening', id, isRefused: false }, keep: null };
  }
  if (captured.kind === 'reserved') {
    return { next: { kind: 'listening', id, isRefused: true }, keep: null };
  }
  const { keys } = captured;
  const holder = holderOf(shortcuts, overrides, keys, id);
  if (!holder) {
    return { next: idle, keep: keys };
  }
  return { next: { kind: holder.isFixed ? 'fixed' : 'conflict', id, keys, holderId: holder.id }, keep: null };
}
