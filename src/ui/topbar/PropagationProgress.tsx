/** How far the propagation run is, with pause and stop. */
import { Pause, Play, Square } from 'lucide-react';
import type { PropagationJob } from '../../state/maskflowState';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { propagationText } from './jobText';

type PropagationProgressProps = { job: PropagationJob };

export function PropagationProgress({ job }: PropagationProgressProps) {
  const app = useApp();
  const isStopping = job.state === 'stopping';
  const stoppingReason = isStopping ? 'The frame at hand is being finished.' : null;
  return (
    <>
      <div className="job">
        <span className="job-text" title={propagationText(job)}>
          {propagationText(job)}
        </span>
        <ProgressBar
          label={job.kind === 'refine' ? 'Redrawing' : 'Propagation'}
          fraction={job.framesDone / Math.max(job.frameCount, 1)}
        />
      </div>
      {job.state === 'paused' ? (
        <Button onClick={() => app.resumePropagation()}>
          <Play />
          Resume
        </Button>
      ) : (
        <Button disabledReason={stoppingReason} onClick={() => app.pausePropagation()}>
          <Pause />
          Pause
        </Button>
      )}
      <Button disabledReason={stoppingReason} onClick={() => app.stopPropagation()}>
        <Square />
        Stop
      </Button>
    </>
  );
}
