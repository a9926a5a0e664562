/** Replays the log and shows how the masks agree. */
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { propagateText } from '../text';
import { replayNumbers } from '../study/studyNumbers';
import { filled } from '../text/projectText';
import { provenanceText } from '../text/studyText';
import { ReplayTable } from './ReplayTable';

export function ReplaySection() {
  const app = useApp();
  const job = useMaskflow((state) => state.replayJob);
  const report = useMaskflow((state) => state.replayReport);
  const isReady = useMaskflow((state) => state.engine.kind === 'ready');
  const isBusy = useMaskflow((state) => state.propagation !== null || state.studyJob !== null);
  const blocker = isReady ? (isBusy ? provenanceText.busy : null) : propagateText.engineNotReady;
  return (
    <section aria-labelledby="replay-heading">
      <h3 id="replay-heading" className="provenance-heading">
        {provenanceText.replay}
      </h3>
      <p className="muted provenance-note">{provenanceText.replayNote}</p>
      {job ? (
        <div className="provenance-progress">
          <ProgressBar label={provenanceText.replay} fraction={replayNumbers(job).fraction} />
          <p className="provenance-note">{filled(provenanceText.progress, replayNumbers(job).words)}</p>
          <Button onClick={() => app.study.stopReplay()}>{provenanceText.stop}</Button>
        </div>
      ) : (
        <Button disabledReason={blocker} onClick={() => void app.study.replayLog()}>
          {provenanceText.run}
        </Button>
      )}
      {report ? <ReplayTable report={report} /> : null}
    </section>
  );
}
