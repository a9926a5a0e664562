/** A large dialog: a title, what it is about in a sentence, a way to close it, and what is in it. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { shellText } from '../text/shellText';
import './sheet.css';
import { SheetErrors } from './SheetErrors';

type SheetDialogProps = Pick<ComponentProps<typeof Dialog.Popup>, 'initialFocus' | 'finalFocus'> & {
  /** The class that its own styles go by. */
  readonly look: string;
  readonly title: string;
  readonly intro?: string;
  /** Buttons beside the one that closes it. */
  readonly buttons?: ReactNode;
  readonly isOpen?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function SheetDialog(props: SheetDialogProps) {
  const { look, title, intro, buttons, isOpen = true, onClose, initialFocus, finalFocus, children } = props;
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className={`sheet ${look}`} initialFocus={initialFocus} finalFocus={finalFocus}>
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">{title}</Dialog.Title>
            <div className="sheet-buttons">
              {buttons}
              <Dialog.Close className="icon-button" aria-label={shellText.close}>
                <X />
              </Dialog.Close>
            </div>
            {intro ? <Dialog.Description className="sheet-intro muted">{intro}</Dialog.Description> : null}
          </header>
          <SheetErrors />
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
