/** How far a study is. */
import type { StudyJob } from '../../state/slices/studyState';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { filled } from '../text/projectText';
import { studyText } from '../text/studyText';
import { studyNumbers } from './studyNumbers';

export function StudyProgress({ job }: { readonly job: StudyJob }) {
  const app = useApp();
  const { words, fraction } = studyNumbers(job);
  return (
    <div className="study-progress">
      <ProgressBar label={studyText.title} fraction={fraction} />
      <p className="study-note" aria-live="off">
        {job.isStopping ? studyText.stopping : filled(studyText.progress, words)}
      </p>
      <Button onClick={() => app.study.stopStudy()}>{studyText.stop}</Button>
    </div>
  );
}
