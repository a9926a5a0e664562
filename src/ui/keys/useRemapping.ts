/** Waits for the key that the user wants to give a shortcut. */
import { useEffect, useState } from 'react';
import { capturedKeys } from './capturedKeys';
import { keyOverrides, setKeyOverrides } from './keyMap';
import { isAppleKeyboard } from './keyText';
import { idle, pressed, withKeys, withoutOverride, type Remapping } from './remapping';
import { shortcuts } from './shortcuts';

export type RemappingControl = {
  readonly state: Remapping;
  listenFor(id: string): void;
  /** Settles a conflict: takes the key from who has it, or leaves it there. */
  settle(isTaken: boolean): void;
  reset(id: string): void;
  resetAll(): void;
};

export function useRemapping(): RemappingControl {
  const [state, setState] = useState<Remapping>(idle);
  const waitingId = state.kind === 'listening' || state.kind === 'fixed' ? state.id : null;
  useEffect(() => {
    if (waitingId === null) {
      return undefined;
    }
    const stop = new AbortController();
    const onKeyDown = (event: KeyboardEvent): void => {
      // Before the dialog hears of it: Escape gives up the new key, not the sheet.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') {
        setState(idle);
        return;
      }
      const { next, keep } = pressed(
        shortcuts,
        keyOverrides(),
        waitingId,
        capturedKeys(event, isAppleKeyboard),
      );
      if (keep !== null) {
        setKeyOverrides(withKeys(shortcuts, keyOverrides(), waitingId, keep));
      }
      setState(next);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true, signal: stop.signal });
    return () => stop.abort();
  }, [waitingId]);
  return {
    state,
    listenFor: (id) => setState({ kind: 'listening', id, isRefused: false }),
    settle: (isTaken) => {
      if (isTaken && state.kind === 'conflict') {
        setKeyOverrides(withKeys(shortcuts, keyOverrides(), state.id, state.keys));
      }
      setState(idle);
    },
    reset: (id) => {
      setKeyOverrides(withoutOverride(shortcuts, keyOverrides(), id));
      setState(idle);
    },
    resetAll: () => {
      setKeyOverrides({});
      setState(idle);
    },
  };
}
