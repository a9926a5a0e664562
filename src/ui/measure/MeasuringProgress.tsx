/** How far measuring has come, with the way to stop it and to go on. */
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { measureText } from '../text/measureText';

export function MeasuringProgress() {
  const app = useApp();
  const measuring = useMaskflow((state) => state.measuring);
  const isStopped = useMaskflow((state) => state.isMeasuringStopped);
  if (isStopped) {
    return (
      <div className="measuring">
        <p>{measureText.stopped}</p>
        <Button onClick={() => app.measureAgain()}>{measureText.measureAgain}</Button>
      </div>
    );
  }
  // Small changes are through before a bar could be read.
  if (!measuring || measuring.total < 8) {
    return null;
  }
  return (
    <div className="measuring">
      <span className="muted">
        {measureText.measuring} {measuring.done} / {measuring.total}
      </span>
      <ProgressBar label={measureText.measuring} fraction={measuring.done / measuring.total} />
      <Button onClick={() => app.stopMeasuring()}>{measureText.stop}</Button>
    </div>
  );
}
