/** What an import will do, to be read and changed before anything happens. */
import { useRef } from 'react';
import { counted } from '../../core/base/numberText';
import type { ImportOrder, ImportPurpose } from '../../core/import/planImport';
import type { ReadImport } from '../../core/import/readImport';
import { SheetDialog } from '../dialogs/SheetDialog';
import { Button } from '../shell/Button';
import { importText, purposeText } from '../text/importText';
import { ImportFiles } from './ImportFiles';
import { ImportLabels } from './ImportLabels';
import { ImportOptions } from './ImportOptions';
import { ImportWarnings } from './ImportWarnings';
import { usedText } from './warningTexts';
import { useImportPlan } from './useImportPlan';

type ImportPreviewDialogProps = {
  readonly read: ReadImport;
  readonly purpose: ImportPurpose;
  readonly onFinish: (order: ImportOrder) => void;
  readonly onCancel: () => void;
};

export function ImportPreviewDialog({ read, purpose, onFinish, onCancel }: ImportPreviewDialogProps) {
  const importButton = useRef<HTMLButtonElement>(null);
  const preview = useImportPlan(read, purpose);
  if (!preview) {
    return null;
  }
  const { source, plan, choices, greyReading } = preview;
  const { masks, frames } = plan.counts;
  const words = purposeText[purpose];
  const isAbsenceSaid =
    choices.isAbsenceTaken &&
    plan.labels.some(({ target }) => target) &&
    plan.pictures.some(({ problem }) => problem === null);
  const isEmpty = masks === 0 && !isAbsenceSaid;
  return (
    <SheetDialog
      look="import"
      title={`${words.title} “${source.name}”`}
      onClose={onCancel}
      initialFocus={importButton}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
      <section className="import-body" aria-label="What will happen" tabIndex={0}>
        <p>
          <strong>
            {counted(masks, 'mask')} on {counted(frames, 'frame')}.
          </strong>{' '}
          {source.format}, {usedText(plan)}. {words.outcome}
        </p>
        <ImportWarnings source={source} plan={plan} purpose={purpose} />
        <ImportOptions preview={preview} />
        <ImportLabels preview={preview} />
        <ImportFiles plan={plan} />
      </section>
      <footer className="import-foot">
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          ref={importButton}
          look="primary"
          disabledReason={isEmpty ? importText.nothing : null}
          onClick={() => onFinish({ choices, greyReading })}
        >
          {words.button.replace('{masks}', counted(masks, 'mask'))}
        </Button>
      </footer>
    </SheetDialog>
  );
}
