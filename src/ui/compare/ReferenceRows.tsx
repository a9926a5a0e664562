/** The references there are, by names that can be changed, and the ways to bring in another. */
import { FileDown, FolderDown, Pencil, Trash2 } from 'lucide-react';
import { useRef, useState, type ChangeEvent } from 'react';
import type { ReferenceSet } from '../../core/compare/referenceSet';
import { inputFiles } from '../dialogs/filePickers';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { ProgressBar } from '../shell/ProgressBar';
import { compareText } from '../text/compareText';

export function ReferenceRows() {
  const app = useApp();
  const filesRef = useRef<HTMLInputElement>(null);
  const folderRef = useRef<HTMLInputElement>(null);
  const references = useMaskflow((state) => state.references);
  const arriving = useMaskflow((state) => state.referenceImport);
  function read(event: ChangeEvent<HTMLInputElement>): void {
    const files = inputFiles(event.currentTarget.files ?? []);
    // Cleared, so that choosing the same file again is a change too.
    event.currentTarget.value = '';
    if (files.length > 0) {
      void app.comparison.importReference(files);
    }
  }
  return (
    <>
      {references.length > 0 ? (
        <ul className="compare-references">
          {references.map((reference) => (
            <ReferenceRow key={reference.id} reference={reference} />
          ))}
        </ul>
      ) : null}
      {arriving?.kind === 'working' ? (
        <div className="compare-job">
          <ProgressBar label={`${compareText.reading} ${arriving.name}`} fraction={arriving.fraction} />
          <Button look="quiet" onClick={() => void app.comparison.cancelReference()}>
            {compareText.cancelReading}
          </Button>
        </div>
      ) : (
        <div className="button-row">
          <Button tip={compareText.importReferenceTip} onClick={() => filesRef.current?.click()}>
            <FileDown aria-hidden="true" />
            {compareText.importReference}
          </Button>
          <IconButton label={compareText.importReferenceFolder} onClick={() => folderRef.current?.click()}>
            <FolderDown />
          </IconButton>
        </div>
      )}
      <input
        ref={filesRef}
        hidden
        data-testid="pick-reference"
        type="file"
        aria-label={compareText.importReference}
        accept=".png,.json,.zip,.csv,image/png,application/json,application/zip"
        multiple
        onChange={read}
      />
      <input
        ref={folderRef}
        hidden
        data-testid="pick-reference-folder"
        type="file"
        aria-label={compareText.importReferenceFolder}
        webkitdirectory=""
        onChange={read}
      />
    </>
  );
}

function ReferenceRow({ reference: { id, name } }: { readonly reference: ReferenceSet }) {
  const renameReference = useMaskflow((state) => state.renameReference);
  const removeReference = useMaskflow((state) => state.removeReference);
  const [isRenaming, setRenaming] = useState(false);
  const named = (words: string): string => words.replace('{name}', name);
  return (
    <li>
      {isRenaming ? (
        <input
          className="field"
          aria-label={named(compareText.newReferenceName)}
          defaultValue={name}
          maxLength={80}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onBlur={(event) => {
            renameReference(id, event.currentTarget.value);
            setRenaming(false);
          }}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === 'Escape') {
              event.currentTarget.value = name;
            }
            if (event.key === 'Escape' || event.key === 'Enter') {
              event.currentTarget.blur();
            }
          }}
        />
      ) : (
        <span className="clipped" title={name}>
          {name}
        </span>
      )}
      <span className="compare-reference-buttons">
        <IconButton label={named(compareText.renameReference)} onClick={() => setRenaming(true)}>
          <Pencil />
        </IconButton>
        <IconButton label={named(compareText.removeReference)} onClick={() => removeReference(id)}>
          <Trash2 />
        </IconButton>
      </span>
    </li>
  );
}
