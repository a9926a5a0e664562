/** What an import will do, to be read and changed before anything happens. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef } from 'react';
import type { ReadImport } from '../../core/import/readImport';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { counted, importText } from '../text/importText';
import { ImportFiles } from './ImportFiles';
import { ImportLabels } from './ImportLabels';
import { ImportOptions } from './ImportOptions';
import { ImportWarnings } from './ImportWarnings';
import { useImportPlan } from './useImportPlan';

export function ImportPreviewDialog({ read }: { read: ReadImport }) {
  const app = useApp();
  const importButton = useRef<HTMLButtonElement>(null);
  const preview = useImportPlan(read);
  if (!preview) {
    return null;
  }
  const { source, plan, choices, greyReading } = preview;
  const { masks, frames } = plan.counts;
  const isEmpty =
    masks === 0 && !(choices.isAbsenceTaken && plan.pictures.some(({ problem }) => problem === null));
  return (
    <Dialog.Root open onOpenChange={(open) => !open && app.cancelImport()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet import" initialFocus={importButton}>
          <header className="sheet-header">
            <Dialog.Title className="sheet-title import-title">
              Import masks from “{source.name}”
            </Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X />
            </Dialog.Close>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
          <section className="import-body" aria-label="What will happen" tabIndex={0}>
            <p>
              <strong>
                {counted(masks, 'mask')} on {counted(frames, 'frame')}.
              </strong>{' '}
              {source.format}. {importText.masksAreSeeds}
            </p>
            <ImportWarnings source={source} plan={plan} />
            <ImportOptions preview={preview} />
            <ImportLabels preview={preview} />
            <ImportFiles plan={plan} />
          </section>
          <footer className="import-foot">
            <Button onClick={() => app.cancelImport()}>Cancel</Button>
            <Button
              ref={importButton}
              look="primary"
              disabledReason={isEmpty ? importText.nothing : null}
              onClick={() => void app.finishImport({ choices, greyReading })}
            >
              Import {counted(masks, 'mask')}
            </Button>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
