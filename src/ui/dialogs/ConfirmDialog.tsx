/** The question that is asked before something the user made goes away. */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useMaskflow } from '../hooks/useMaskflow';
import './confirmDialog.css';
import './sheet.css';

export function ConfirmDialog() {
  const confirmation = useMaskflow((state) => state.confirmation);
  const answer = useMaskflow((state) => state.answer);
  return (
    <AlertDialog.Root open={confirmation !== null} onOpenChange={(open) => !open && answer(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="sheet-backdrop" />
        <AlertDialog.Popup className="confirm">
          <AlertDialog.Title className="confirm-title">{confirmation?.title}</AlertDialog.Title>
          <AlertDialog.Description className="confirm-text">{confirmation?.text}</AlertDialog.Description>
          <div className="confirm-actions">
            <AlertDialog.Close className="button is-plain">Cancel</AlertDialog.Close>
            <button type="button" className="button is-primary" onClick={() => answer(true)}>
              {confirmation?.confirmLabel}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
