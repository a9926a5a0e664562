/** The dialog that lists every key, and in which they are changed. */
import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { Button } from '../shell/Button';
import { introductionText } from '../text/introductionText';
import { keysText } from '../text/keysText';
import { setIntroductionWanted } from '../topbar/introduction';
import type { ShortcutGroup } from './shortcut';
import { ShortcutRow } from './ShortcutRow';
import './shortcutSheet.css';
import { shortcuts } from './shortcuts';
import { useKeyMap } from './useKeyMap';
import { useRemapping } from './useRemapping';

type ShortcutSheetProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

const groups: readonly ShortcutGroup[] = [
  'Tools',
  'Painting',
  'Prompts',
  'View',
  'Frames',
  'Propagation',
  'Review',
  'Measuring',
  'Application',
];

const usedGroups = groups.filter((group) => shortcuts.some((shortcut) => shortcut.group === group));

/** What the mouse does on the canvas; listed with the keys because nobody finds it otherwise. */
const gestures: readonly (readonly [gesture: string, meaning: string])[] = [
  ['Wheel, pinch', 'Zoom to the pointer'],
  ['Space and drag, middle drag', 'Pan the picture'],
  ['Right click', 'Background point, with the foreground point tool'],
  ['Tab to the picture, Enter', 'A crosshair for the arrow keys, to prompt without a mouse'],
];

export function ShortcutSheet({ open, onOpenChange }: ShortcutSheetProps) {
  const overrides = useKeyMap();
  const control = useRemapping();
  const hasChanges = Object.keys(overrides).length > 0;
  return (
    <Dialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="sheet">
          <header className="sheet-header">
            <Dialog.Title className="sheet-title">Keys</Dialog.Title>
            <p className="sheet-hint muted">{keysText.hint}</p>
            <Button
              look="quiet"
              onClick={() => {
                setIntroductionWanted(true);
                onOpenChange(false);
              }}
            >
              {introductionText.again}
            </Button>
            {hasChanges ? <Button onClick={() => control.resetAll()}>{keysText.resetAll}</Button> : null}
            <Dialog.Close className="icon-button" aria-label="Close">
              <X />
            </Dialog.Close>
          </header>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
          <section className="sheet-groups" aria-label="List of keys" tabIndex={0}>
            {usedGroups.map((group) => (
              <section key={group}>
                <h3 className="sheet-heading">{group}</h3>
                <dl className="sheet-list">
                  {shortcuts
                    .filter((shortcut) => shortcut.group === group)
                    .map((shortcut) => (
                      <ShortcutRow
                        key={shortcut.id}
                        shortcut={shortcut}
                        isChanged={shortcut.id in overrides}
                        control={control}
                      />
                    ))}
                </dl>
              </section>
            ))}
            <section>
              <h3 className="sheet-heading">On the picture</h3>
              <dl className="sheet-list">
                {gestures.map(([gesture, meaning]) => (
                  <div key={gesture} className="sheet-row">
                    <dt>
                      <kbd>{gesture}</kbd>
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
