/** Listens for the shortcuts of the table. */
import { useEffect, useRef } from 'react';
import { matchKeyBindingPress, parseKeybinding, type KeyBindingPress } from 'tinykeys';
import type { MaskflowApp } from '../../app/maskflowApp';
import { useApp } from '../hooks/useMaskflow';
import { keysOf, onKeyMapChange } from './keyMap';
import { isFreeKey } from './keyScope';
import type { Shortcut, ShortcutHost } from './shortcut';
import { shortcuts } from './shortcuts';

/** To be called once, by the shell. */
export function useShortcuts(host: ShortcutHost): void {
  const app = useApp();
  const hostRef = useRef(host);
  useEffect(() => {
    hostRef.current = host;
  });
  useEffect(() => listen(app, { openSheet: () => hostRef.current.openSheet() }), [app]);
}

type Binding = { readonly press: KeyBindingPress; readonly shortcut: Shortcut };

function bindings(): Binding[] {
  return shortcuts.flatMap((shortcut) =>
    keysOf(shortcut).flatMap((keys) => parseKeybinding(keys).map((press) => ({ press, shortcut }))),
  );
}

/** Starts listening on the window; returns how to stop. */
export function listen(app: MaskflowApp, host: ShortcutHost): () => void {
  let bound = bindings();
  const stopFollowing = onKeyMapChange(() => {
    bound = bindings();
  });
  /** By physical key, because letting Shift go first changes what a key prints. */
  const held = new Map<string, Shortcut>();
  const stop = new AbortController();

  const onKeyDown = (event: KeyboardEvent): void => {
    const found = bound.find(({ press }) => matchKeyBindingPress(event, press));
    if (!found || !isFreeKey(event)) {
      return;
    }
    const { shortcut } = found;
    // Also for repeats, or a held Alt+Left would leave the page.
    event.preventDefault();
    if (event.repeat && !shortcut.canRepeat) {
      return;
    }
    if (shortcut.release || shortcut.on === 'release') {
      held.set(event.code, shortcut);
    }
    if (shortcut.on !== 'release') {
      shortcut.run(app, host, event);
    }
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    const shortcut = held.get(event.code);
    held.delete(event.code);
    shortcut?.release?.(app);
    if (shortcut?.on === 'release' && !event.defaultPrevented) {
      shortcut.run(app, host, event);
    }
  };
  const letGo = (): void => {
    held.forEach((shortcut) => shortcut.release?.(app));
    held.clear();
  };
  window.addEventListener('keydown', onKeyDown, { signal: stop.signal });
  window.addEventListener('keyup', onKeyUp, { signal: stop.signal });
  window.addEventListener('blur', letGo, { signal: stop.signal });
  return () => {
    stopFollowing();
    stop.abort();
    letGo();
  };
}
