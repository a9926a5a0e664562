/** The file inputs behind the open buttons; they have no looks of their own. */
import type { ChangeEvent } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { inputFiles, pickerId, pickers } from './filePickers';

export function FilePickers() {
  const app = useApp();
  function open(event: ChangeEvent<HTMLInputElement>): void {
    const files = inputFiles(event.currentTarget.files ?? []);
    // Cleared, so that choosing the same file again is a change too.
    event.currentTarget.value = '';
    if (files.length > 0) {
      void app.openFiles(files);
    }
  }
  return (
    <div hidden>
      {pickers.map(({ kind, name, accept }) => (
        <input
          key={kind}
          id={pickerId(kind)}
          data-testid={pickerId(kind)}
          type="file"
          aria-label={name}
          accept={accept || undefined}
          multiple={kind === 'images'}
          webkitdirectory={kind === 'folder' ? '' : undefined}
          onChange={open}
        />
      ))}
    </div>
  );
}
