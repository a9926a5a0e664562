/** How far the opening of footage is, over the canvas, with cancel. */
import { percentText } from '../../core/base/numberText';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';

export function OpeningStrip() {
  const app = useApp();
  const opening = useMaskflow((state) => state.opening);
  if (!opening) {
    return null;
  }
  const { phase, fraction } = opening.progress;
  return (
    <div className="opening-strip">
      <div className="job">
        <span className="job-text">Opening {opening.name}</span>
        <span className="job-text muted">
          {phase}
          {fraction === null ? '' : ` · ${percentText(fraction)}`}
        </span>
        <ProgressBar label={`Opening ${opening.name}`} fraction={fraction} />
      </div>
      <Button onClick={() => app.cancelOpening()}>Cancel</Button>
    </div>
  );
}
