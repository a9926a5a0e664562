/** Undo and redo. */
import { Redo2, Undo2 } from 'lucide-react';
import { useNextSteps } from '../history/useHistorySteps';
import { useApp, useHistory } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { IconButton } from '../shell/IconButton';
import { historyText } from '../text';

export function HistoryButtons() {
  const app = useApp();
  const { canUndo, canRedo } = useHistory();
  const { undo, redo } = useNextSteps();
  return (
    <div className="button-group">
      <IconButton
        label="Undo"
        note={undo}
        hint={keyHint('undo')}
        disabledReason={canUndo ? null : historyText.nothingToUndo}
        onClick={() => app.undo()}
      >
        <Undo2 />
      </IconButton>
      <IconButton
        label="Redo"
        note={redo}
        hint={keyHint('redo')}
        disabledReason={canRedo ? null : historyText.nothingToRedo}
        onClick={() => app.redo()}
      >
        <Redo2 />
      </IconButton>
    </div>
  );
}
