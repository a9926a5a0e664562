/** How far the export is, with cancel. */
import { X } from 'lucide-react';
import type { ExportJob } from '../../state/maskflowState';
import { useApp } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { ProgressBar } from '../shell/ProgressBar';

type ExportProgressProps = { job: ExportJob };

export function ExportProgress({ job }: ExportProgressProps) {
  const app = useApp();
  return (
    <div className="export-job">
      <div className="job">
        <span className="job-text">
          Exporting {job.framesDone} / {job.frameCount}
        </span>
        <ProgressBar label="Export" fraction={job.framesDone / Math.max(job.frameCount, 1)} />
      </div>
      <IconButton label="Cancel the export" onClick={() => app.cancelExport()}>
        <X />
      </IconButton>
    </div>
  );
}
