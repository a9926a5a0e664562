/** The words around messages. */
export const messageText = {
  log: 'Messages',
  open: 'Read messages again',
  none: 'Nothing has been told yet.',
} as const;
