/** Asks whether dropped pictures are masks of the open footage or footage themselves. */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useApp } from '../hooks/useMaskflow';
import { importText } from '../text/importText';

export function DropQuestion({ name }: { name: string }) {
  const app = useApp();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && app.cancelImport()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="sheet-backdrop" />
        <AlertDialog.Popup className="confirm">
          <AlertDialog.Title className="confirm-title">{importText.dropTitle}</AlertDialog.Title>
          <AlertDialog.Description className="confirm-text">
            {name}: {importText.dropText}
          </AlertDialog.Description>
          <div className="confirm-actions">
            <AlertDialog.Close className="button is-plain">Cancel</AlertDialog.Close>
            <button type="button" className="button is-plain" onClick={() => void app.answerDrop('footage')}>
              {importText.asFootage}
            </button>
            <button type="button" className="button is-primary" onClick={() => void app.answerDrop('masks')}>
              {importText.asMasks}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
