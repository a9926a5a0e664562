/** The file inputs behind "Import masks"; they have no looks of their own. */
import type { ChangeEvent } from 'react';
import { inputFiles } from '../dialogs/filePickers';
import { useApp } from '../hooks/useMaskflow';
import { maskPickerIds } from './maskPickers';

export function ImportPickers() {
  const app = useApp();
  function read(event: ChangeEvent<HTMLInputElement>): void {
    const files = inputFiles(event.currentTarget.files ?? []);
    // Cleared, so that choosing the same file again is a change too.
    event.currentTarget.value = '';
    if (files.length > 0) {
      void app.importMasks(files);
    }
  }
  return (
    <div hidden>
      <input
        id={maskPickerIds.files}
        data-testid={maskPickerIds.files}
        type="file"
        aria-label="Import mask files"
        accept=".png,.json,.zip,.csv,image/png,application/json,application/zip"
        multiple
        onChange={read}
      />
      <input
        id={maskPickerIds.folder}
        data-testid={maskPickerIds.folder}
        type="file"
        aria-label="Import mask folder"
        webkitdirectory=""
        onChange={read}
      />
    </div>
  );
}
