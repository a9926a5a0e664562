/** How far the study or replay is whose dialog is closed, and the way back to it. */
import { Maximize2 } from 'lucide-react';
import './backgroundRun.css';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { ProgressBar } from '../shell/ProgressBar';
import type { BackgroundJob } from './backgroundJob';

export function BackgroundRun({ run }: { readonly run: BackgroundJob }) {
  const setStudyData = useMaskflow((state) => state.setStudyData);
  return (
    <>
      <div className="job">
        <span className="job-text" title={run.details}>
          {run.words}
        </span>
        <ProgressBar label={run.name} fraction={run.fraction} />
      </div>
      <IconButton label={run.showLabel} onClick={() => setStudyData({ openTool: run.tool })}>
        <Maximize2 />
      </IconButton>
    </>
  );
}
