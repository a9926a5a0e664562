/** A key means one thing at every moment, whatever the user captures, takes, leaves and resets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capturedKeys, comparableKeys } from './capturedKeys';
import { parseOverrides, type KeyOverrides } from './keyMap';
import { keyText } from './keyText';
import { holderOf, keysIn, pressed, withKeys, withoutOverride } from './remapping';
import type { Shortcut } from './shortcut';
import { shortcuts } from './shortcuts';

function press(key: string, code: string, held: Partial<KeyboardEvent> = {}) {
  return { key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held };
}

describe('capturedKeys', () => {
  it('writes keys as the table does', () => {
    const keysOf = (...args: Parameters<typeof press>) => capturedKeys(press(...args), false);
    expect(keysOf('b', 'KeyB')).toEqual({ kind: 'keys', keys: 'b' });
    expect(keysOf('R', 'KeyR', { shiftKey: true })).toEqual({ kind: 'keys', keys: 'Shift+r' });
    expect(keysOf('!', 'Digit1', { shiftKey: true })).toEqual({ kind: 'keys', keys: 'Shift+Digit1' });
    expect(keysOf(' ', 'Space')).toEqual({ kind: 'keys', keys: 'Space' });
    expect(keysOf('å', 'KeyA', { altKey: true })).toEqual({ kind: 'keys', keys: 'Alt+KeyA' });
    expect(keysOf('z', 'KeyZ', { ctrlKey: true, shiftKey: true })).toEqual({
      kind: 'keys',
      keys: '$mod+Shift+z',
    });
    expect(capturedKeys(press('z', 'KeyZ', { metaKey: true }), true)).toEqual({
      kind: 'keys',
      keys: '$mod+z',
    });
  });

  it('waits while only modifiers are down, and refuses what the page and the browser need', () => {
    expect(capturedKeys(press('Shift', 'ShiftLeft', { shiftKey: true }), false).kind).toBe('unfinished');
    for (const refused of [
      press('Tab', 'Tab'),
      press('Enter', 'Enter'),
      press('F5', 'F5'),
      press('w', 'KeyW', { ctrlKey: true }),
      press('b', 'KeyB', { metaKey: true }),
    ]) {
      expect(capturedKeys(refused, false).kind, refused.code).toBe('reserved');
    }
  });

  it('finds the same keys behind two notations', () => {
    expect(comparableKeys('Shift+(\\?)')).toBe(comparableKeys('Shift+?'));
    expect(comparableKeys('(\\+)')).toBe('+');
  });

  it('is shown as printed', () => {
    expect(keyText('Shift+?', false)).toBe('?');
    expect(keyText('Shift+0', false)).toBe('Shift+0');
    expect(keyText('Alt+KeyA', false)).toBe('Alt+A');
    expect(keyText('Shift+ArrowLeft', false)).toBe('Shift+←');
  });
});

describe('parseOverrides', () => {
  it('leaves out what are no keys', () => {
    expect(parseOverrides('{"box":["q"],"pan":[3],"fit":"x","select":[]}')).toEqual({
      box: ['q'],
      select: [],
    });
    for (const broken of [null, '', '[1]', '7', '{', 'null']) {
      expect(parseOverrides(broken)).toEqual({});
    }
  });
});

describe('remapping', () => {
  it('keeps a free key at once, and asks whose a taken one is to be', () => {
    expect(pressed(shortcuts, {}, 'box', { kind: 'keys', keys: 'Shift+q' })).toEqual({
      next: { kind: 'idle' },
      keep: 'Shift+q',
    });
    const taken = pressed(shortcuts, {}, 'box', { kind: 'keys', keys: 'v' });
    expect(taken).toEqual({
      next: { kind: 'conflict', id: 'box', keys: 'v', holderId: 'select' },
      keep: null,
    });
    expect(pressed(shortcuts, {}, 'box', { kind: 'keys', keys: 'Digit3' }).next.kind).toBe('fixed');
    expect(pressed(shortcuts, {}, 'box', { kind: 'reserved' }).next).toEqual({
      kind: 'listening',
      id: 'box',
      isRefused: true,
    });
  });

  it('takes a key from its holder, which keeps its others', () => {
    const after = withKeys(shortcuts, {}, 'box', 'Backspace');
    expect(after).toEqual({ box: ['Backspace'], deletePrompt: ['Delete'] });
    expect(holderOf(shortcuts, after, 'Delete', 'box')?.id).toBe('deletePrompt');
  });

  it('resets a whole chain when the shipped key has been taken meanwhile', () => {
    const swapped = withKeys(shortcuts, withKeys(shortcuts, {}, 'box', 'v'), 'select', 'b');
    expect(swapped).toEqual({ box: ['v'], select: ['b'] });
    expect(withoutOverride(shortcuts, swapped, 'box')).toEqual({});
    const scattered = withKeys(shortcuts, withKeys(shortcuts, {}, 'box', 'Delete'), 'pan', 'Backspace');
    expect(withoutOverride(shortcuts, scattered, 'deletePrompt')).toEqual({});
  });

  it('never gives one key two meanings, and resetting all gives the table back', () => {
    const changeable = (shortcuts as readonly Shortcut[]).filter((shortcut) => !shortcut.isFixed);
    const ids = changeable.map(({ id }) => id);
    const keys = [...changeable.flatMap((shortcut) => shortcut.keys), 'Shift+q', 'x', '$mod+u'];
    const change = fc.record({
      id: fc.constantFrom(...ids),
      keys: fc.constantFrom(...keys),
      isReset: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const end = changes.reduce<KeyOverrides>(
          (overrides, { id, keys: wanted, isReset }) =>
            isReset ? withoutOverride(shortcuts, overrides, id) : withKeys(shortcuts, overrides, id, wanted),
          {},
        );
        const inUse = shortcuts.flatMap((shortcut) => keysIn(end, shortcut).map(comparableKeys));
        expect(new Set(inUse).size).toBe(inUse.length);
        expect(ids.reduce<KeyOverrides>((rest, id) => withoutOverride(shortcuts, rest, id), end)).toEqual({});
      }),
      { numRuns: 60 },
    );
  });
});
