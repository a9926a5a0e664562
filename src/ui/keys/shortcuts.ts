/** Every keyboard shortcut, in one table; each area of the interface has its part in `shortcuts/`. */
import { keysOf } from './keyMap';
import { keyText } from './keyText';
import type { Shortcut } from './shortcut';
import { applicationShortcuts } from './shortcuts/applicationShortcuts';
import { frameShortcuts } from './shortcuts/frameShortcuts';
import { importShortcuts } from './shortcuts/importShortcuts';
import { measureShortcuts } from './shortcuts/measureShortcuts';
import { paintShortcuts } from './shortcuts/paintShortcuts';
import { promptShortcuts } from './shortcuts/promptShortcuts';
import { propagationShortcuts } from './shortcuts/propagationShortcuts';
import { reviewShortcuts } from './shortcuts/reviewShortcuts';
import { toolShortcuts } from './shortcuts/toolShortcuts';
import { viewShortcuts } from './shortcuts/viewShortcuts';

const table = [
  ...toolShortcuts,
  ...paintShortcuts,
  ...promptShortcuts,
  ...frameShortcuts,
  ...propagationShortcuts,
  ...reviewShortcuts,
  ...measureShortcuts,
  ...viewShortcuts,
  ...applicationShortcuts,
  ...importShortcuts,
] as const;

export type ShortcutId = (typeof table)[number]['id'];

/** As the application ships them; what the user made of their keys is in the key map. */
export const shortcuts: readonly Shortcut<ShortcutId>[] = table;

/** The keys of a shortcut in use now, as shown to the user; empty when the user took its key away. */
export function shownKeys(shortcut: Shortcut): string[] {
  const keys = keysOf(shortcut);
  const shown = keys === shortcut.keys && shortcut.hint ? [shortcut.hint] : keys;
  return [...new Set(shown.map((key) => keyText(key)))];
}

/**
 * The first key of a shortcut in use now, such as "Ctrl+Z" or "⌘Z"; empty when it has none. The shell renders anew when
 * the user changes a key, so a component may call this while rendering.
 */
export function keyHint(id: ShortcutId): string {
  const found = shortcuts.find((shortcut) => shortcut.id === id);
  return (found && shownKeys(found)[0]) ?? '';
}
