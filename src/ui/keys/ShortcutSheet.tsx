/** The dialog that lists every key. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { keyText } from './keyText';
import type { Shortcut, ShortcutGroup } from './shortcut';
import './shortcutSheet.css';
import { shortcuts } from './shortcuts';

type ShortcutSheetProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

const groups: readonly ShortcutGroup[] = [
  'Tools',
  'Prompts',
  'View',
  'Frames',
  'Propagation',
  'Review',
  'Application',
];

/** What the mouse does on the canvas; listed with the keys because nobody finds it otherwise. */
const gestures: readonly (readonly [gesture: string, meaning: string])[] = [
  ['Wheel, pinch', 'Zoom to the pointer'],
  ['Space and drag, middle drag', 'Pan the picture'],
  ['Right click', 'Background point, with the foreground point tool'],
  ['Tab to the picture, Enter', 'A crosshair for the arrow keys, to prompt without a mouse'],
];

export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet">
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">Keys</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label="Close">
              <X />
            </Dialog.Close>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
          <section className="sheet-groups" aria-label="List of keys" tabIndex={0}>
            {groups.map((group) => (
              <section key={group}>
                <h3 className="sheet-heading">{group}</h3>
                <dl className="sheet-list">
                  {shortcuts
                    .filter((shortcut) => shortcut.group === group)
                    .map((shortcut) => (
                      <Row key={shortcut.id} keys={shownKeys(shortcut)} meaning={shortcut.description} />
                    ))}
                </dl>
              </section>
            ))}
            <section>
              <h3 className="sheet-heading">On the picture</h3>
              <dl className="sheet-list">
                {gestures.map(([gesture, meaning]) => (
                  <Row key={gesture} keys={[gesture]} meaning={meaning} />
                ))}
              </dl>
            </section>
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function shownKeys(shortcut: Shortcut): string[] {
  return (shortcut.hint ? [shortcut.hint] : shortcut.keys).map((keys) => keyText(keys));
}

function Row({ keys, meaning }: { keys: readonly string[]; meaning: string }) {
  return (
    <div className="sheet-row">
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </div>
  );
}
