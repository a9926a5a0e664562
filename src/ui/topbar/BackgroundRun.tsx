/** How far the study or replay is whose dialog is closed, and the way back to it. */
import './backgroundRun.css';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { backgroundText } from '../text/studyText';
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
      <Button aria-label={run.showLabel} onClick={() => setStudyData({ openTool: run.tool })}>
        {backgroundText.show}
      </Button>
    </>
  );
}
