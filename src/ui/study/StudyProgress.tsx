/** How far a study is. */
import type { StudyJob } from '../../state/slices/studyState';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { filled } from '../text/projectText';
import { studyText } from '../text/studyText';

export function StudyProgress({ job }: { readonly job: StudyJob }) {
  const app = useApp();
  const { method, methodsDone, methodCount, framesDone, frameCount, isStopping } = job;
  const text = filled(studyText.progress, {
    method,
    done: String(Math.min(framesDone + 1, frameCount)),
    count: String(frameCount),
    index: String(methodsDone + 1),
    methods: String(methodCount),
  });
  return (
    <div className="study-progress">
      <ProgressBar label={studyText.title} fraction={(methodsDone + framesDone / frameCount) / methodCount} />
      <p className="study-note" aria-live="off">
        {isStopping ? studyText.stopping : text}
      </p>
      <Button onClick={() => app.study.stopStudy()}>{studyText.stop}</Button>
    </div>
  );
}
