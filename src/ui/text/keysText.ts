/** The words of the sheet of keys. */
export const keysText = {
  listen: 'Press the new key. Escape leaves it as it is.',
  refused: 'The browser or the page needs that key. Press another.',
  conflict: '{keys} is the key of “{holder}”.',
  fixed: '{keys} belongs to “{holder}”, whose keys cannot be changed. Press another.',
  take: 'Use it here',
  leave: 'Leave it there',
  change: 'Change the key of “{name}”, now {keys}',
  noKey: 'none',
  reset: 'Give “{name}” its own key again',
  resetAll: 'Reset all keys',
  hint: 'Click a key to change it. Keys are kept in this browser.',
} as const;
