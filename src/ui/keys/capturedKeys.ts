/** What a key press is in the notation of the shortcut table, when the user chooses a key for a shortcut. */

const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Fn', 'Dead']);
/** Keys that the page itself needs: to move the focus, to press what has it, to give up. */
const neededKeys = new Set(['Tab', 'Enter', 'Escape']);
/** With Ctrl or Cmd the browser keeps these for itself and tells the page nothing, or not in time. */
const browserKeys = new Set(['w', 't', 'n', 'q', 'r', 'l', 'j', 'h', 'd', 'p', 'f']);

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type CapturedKeys =
  /** Only modifiers so far. */
  | { readonly kind: 'unfinished' }
  /** A key that no shortcut can have. */
  | { readonly kind: 'reserved' }
  | { readonly kind: 'keys'; readonly keys: string };

/** `$mod` is Ctrl, or Cmd on Apple's; the other of the two is left to the system. */
export function capturedKeys(event: Pressed, onApple: boolean): CapturedKeys {
  if (modifierKeys.has(event.key)) {
    return { kind: 'unfinished' };
  }
  const isMod = onApple ? event.metaKey : event.ctrlKey;
  const isOther = onApple ? event.ctrlKey : event.metaKey;
  const name = keyName(event);
  if (isOther || neededKeys.has(event.key) || /^F\d+$/.test(event.key)) {
    return { kind: 'reserved' };
  }
  if (isMod && browserKeys.has(name)) {
    return { kind: 'reserved' };
  }
  const parts = [isMod ? '$mod' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', name];
  return { kind: 'keys', keys: parts.filter((part) => part !== '').join('+') };
}

/** Letters by what they print, digits by where they are, as in the table; with Alt by place, for that changes the print. */
function keyName({ key, code, altKey }: Pressed): string {
  if (code === 'Space' || /^Digit\d$/.test(code)) {
    return code;
  }
  if (altKey && /^Key[A-Z]$/.test(code)) {
    return code;
  }
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Two notations of the same keys compare equal: `(\?)` and `?`, `A` and `a`. */
export function comparableKeys(keys: string): string {
  return keys.replace(/\(\\?(.)\)$/, '$1').toLowerCase();
}
