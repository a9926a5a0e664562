/** The dialog that lists every key, and in which they are changed. */
import { SheetDialog } from '../dialogs/SheetDialog';
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
    <SheetDialog
      look="shortcut-sheet"
      title="Keys"
      intro={keysText.hint}
      isOpen={open}
      onClose={() => onOpenChange(false)}
      buttons={
        <>
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
        </>
      }
    >
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
    </SheetDialog>
  );
}
