/** Says in the top bar whether the work is saved, and opens the list of projects. */
import './projects.css';
import { CircleAlert, CircleCheck, FolderClock, LoaderCircle } from 'lucide-react';
import type { SaveState } from '../../state/slices/projectState';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { projectText } from '../text/projectText';

const icons = {
  nothing: FolderClock,
  saving: LoaderCircle,
  saved: CircleCheck,
  failed: CircleAlert,
} satisfies Record<SaveState['kind'], unknown>;

function wordsOf(saveState: SaveState): string {
  return projectText.indicator[saveState.kind === 'failed' ? saveState.reason : saveState.kind];
}

export function SaveIndicator() {
  const saveState = useMaskflow((state) => state.saveState);
  const setProjectData = useMaskflow((state) => state.setProjectData);
  const Icon = icons[saveState.kind];
  const words = wordsOf(saveState);
  return (
    <Button
      look="quiet"
      className={`status-button save-indicator is-${saveState.kind}`}
      tip={projectText.indicatorTip}
      aria-label={saveState.kind === 'nothing' ? words : `Projects: ${words}`}
      data-testid="save-state"
      data-save-state={saveState.kind}
      onClick={() => setProjectData({ isProjectListOpen: true })}
    >
      <Icon aria-hidden="true" />
      <span className="save-words">{words}</span>
    </Button>
  );
}
