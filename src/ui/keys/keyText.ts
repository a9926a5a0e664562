/** Key combinations in the words and signs that are printed on the user's keyboard. */

const isApple = typeof navigator !== 'undefined' && /Mac|iPod|iPhone|iPad/.test(navigator.platform ?? '');

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
export function keyText(keys: string, onApple: boolean = isApple): string {
  const parts = keys.split(/\b\+/);
  const last = parts.pop() ?? '';
  const modifiers = parts.map((part) => (onApple ? appleModifiers : otherModifiers)[part] ?? part);
  const key = names[last] ?? (last.length === 1 ? last.toUpperCase() : last.replace(/^Digit/, ''));
  return onApple ? [...modifiers, key].join('') : [...modifiers, key].join('+');
}
