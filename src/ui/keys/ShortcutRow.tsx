/** One line of the sheet of keys: the key, which can be changed here, and what it does. */
import { Fragment } from 'react';
import { RotateCcw } from 'lucide-react';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { keysText } from '../text/keysText';
import { keyText } from './keyText';
import type { Shortcut } from './shortcut';
import { shortcuts, shownKeys } from './shortcuts';
import type { RemappingControl } from './useRemapping';

type ShortcutRowProps = {
  readonly shortcut: Shortcut;
  readonly isChanged: boolean;
  readonly control: RemappingControl;
};

export function ShortcutRow({ shortcut, isChanged, control }: ShortcutRowProps) {
  const { id, description, isFixed } = shortcut;
  const keys = shownKeys(shortcut);
  const { state } = control;
  const isMeant = state.kind !== 'idle' && state.id === id;
  const kbds = keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 ? ' ' : null}
      <kbd>{key}</kbd>
    </Fragment>
  ));
  // The same words as are on show, so that who speaks a control's name finds it.
  const words = keys.join(' ') || keysText.noKey;
  return (
    <div className={`sheet-row ${isMeant ? 'is-listening' : ''}`}>
      <dt>
        {isFixed ? (
          kbds
        ) : (
          <button
            type="button"
            className="sheet-key"
            aria-label={keysText.change.replace('{name}', () => description).replace('{keys}', () => words)}
            onClick={() => control.listenFor(id)}
          >
            {keys.length > 0 ? kbds : <span className="muted">{keysText.noKey}</span>}
          </button>
        )}
      </dt>
      <dd>
        {description}
        {isMeant ? <output className="sheet-note">{noteOf(control)}</output> : null}
        {isMeant && state.kind === 'conflict' ? (
          <span className="button-row">
            <Button onClick={() => control.settle(true)}>{keysText.take}</Button>
            <Button look="quiet" onClick={() => control.settle(false)}>
              {keysText.leave}
            </Button>
          </span>
        ) : null}
      </dd>
      {isChanged ? (
        <IconButton
          className="sheet-reset"
          label={keysText.reset.replace('{name}', () => description)}
          onClick={() => control.reset(id)}
        >
          <RotateCcw />
        </IconButton>
      ) : null}
    </div>
  );
}

function noteOf({ state }: RemappingControl): string {
  if (state.kind === 'listening') {
    return state.isRefused ? keysText.refused : keysText.listen;
  }
  if (state.kind === 'idle') {
    return '';
  }
  const holder = shortcuts.find(({ id }) => id === state.holderId)?.description ?? '';
  return keysText[state.kind].replace('{keys}', () => keyText(state.keys)).replace('{holder}', () => holder);
}
