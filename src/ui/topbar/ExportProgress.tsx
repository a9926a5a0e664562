/** How far the export is, with cancel. */
import { X } from 'lucide-react';
import { percentText } from '../../core/base/numberText';
import type { ExportJob } from '../../state/maskflowState';
import { useApp } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { ProgressBar } from '../shell/ProgressBar';

type ExportProgressProps = { job: ExportJob };

export function ExportProgress({ job }: ExportProgressProps) {
  const app = useApp();
  const fraction = job.framesDone / Math.max(job.frameCount, 1);
  return (
    <div className="export-job" title={`${job.framesDone} of ${job.frameCount} frames`}>
      <div className="job">
        <span className="job-text">
          <span className="job-word">Exporting </span>
          {percentText(fraction)}
        </span>
        <ProgressBar label="Export" fraction={fraction} />
      </div>
      <IconButton label="Cancel the export" onClick={() => app.cancelExport()}>
        <X />
      </IconButton>
    </div>
  );
}
