/** The user's keys for React: whoever uses this renders anew when one changes. */
import { useSyncExternalStore } from 'react';
import { keyOverrides, onKeyMapChange, type KeyOverrides } from './keyMap';

export function useKeyMap(): KeyOverrides {
  return useSyncExternalStore(onKeyMapChange, keyOverrides);
}
