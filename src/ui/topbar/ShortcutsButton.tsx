/** Opens the list of keys. */
import { CircleQuestionMark } from 'lucide-react';
import { keyHint } from '../keys/shortcuts';
import { IconButton } from '../shell/IconButton';

type ShortcutsButtonProps = { onShowKeys: () => void };

export function ShortcutsButton({ onShowKeys }: ShortcutsButtonProps) {
  return (
    <IconButton label="Show all keys" hint={keyHint('showKeys')} onClick={onShowKeys}>
      <CircleQuestionMark />
    </IconButton>
  );
}
