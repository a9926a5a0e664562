/** Undo and redo. */
import { Redo2, Undo2 } from 'lucide-react';
import { useApp } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { IconButton } from '../shell/IconButton';

export function HistoryButtons() {
  const app = useApp();
  return (
    <div className="button-group">
      <IconButton label="Undo" hint={keyHint('undo')} onClick={() => app.undo()}>
        <Undo2 />
      </IconButton>
      <IconButton label="Redo" hint={keyHint('redo')} onClick={() => app.redo()}>
        <Redo2 />
      </IconButton>
    </div>
  );
}
