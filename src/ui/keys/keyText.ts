/** Key combinations in the words and signs that are printed on the user's keyboard. */

/** Whether this is one of Apple's keyboards, as far as the browser says. */
export const isAppleKeyboard: boolean =
  typeof navigator !== 'undefined' && /Mac|iPod|iPhone|iPad/.test(navigator.platform ?? '');

const names: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  PageUp: 'Page up',
  PageDown: 'Page down',
  '-': '−',
};

const appleModifiers: Record<string, string> = { $mod: '⌘', Shift: '⇧', Alt: '⌥' };
const otherModifiers: Record<string, string> = { $mod: 'Ctrl' };

/** `$mod+Shift+z` as "Ctrl+Shift+Z", or "⌘⇧Z" on Apple's. */
export function keyText(keys: string, onApple: boolean = isAppleKeyboard): string {
  const parts = keys.split(/\b\+/);
  const last = parts.pop() ?? '';
  // Shift is part of how a sign such as ? is typed, and on another keyboard it is not.
  const isSign = last.length === 1 && last.toUpperCase() === last.toLowerCase() && !/\d/.test(last);
  const held = isSign ? parts.filter((part) => part !== 'Shift') : parts;
  const modifiers = held.map((part) => (onApple ? appleModifiers : otherModifiers)[part] ?? part);
  const key = names[last] ?? (last.length === 1 ? last.toUpperCase() : last.replace(/^(Digit|Key)/, ''));
  return onApple ? [...modifiers, key].join('') : [...modifiers, key].join('+');
}
