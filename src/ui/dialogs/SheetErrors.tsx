/** Errors that come while a large dialog is open, which covers the place where messages stand otherwise. */
import { useState } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { ErrorCard } from '../messages/ErrorCard';

export function SheetErrors() {
  const messages = useMaskflow((state) => state.messages);
  const [earlier] = useState(() => new Set(messages.map(({ id }) => id)));
  return (
    <div role="alert" className="sheet-errors">
      {messages.map((entry) =>
        entry.kind === 'error' && !earlier.has(entry.id) ? (
          <ErrorCard key={entry.id} id={entry.id} message={entry.message} />
        ) : null,
      )}
    </div>
  );
}
