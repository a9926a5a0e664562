/** How far a study or a replay is, for its words and its bar. */
import type { ReplayJob, StudyJob } from '../../state/slices/studyState';
import { filled } from '../text/projectText';
import { studyText } from '../text/studyText';
import { formatTimeLeft } from '../timeline/timeFormat';

/** To be filled into the sentences of progress; `fraction` is 0..1. */
export function studyNumbers(job: StudyJob) {
  const { method, methodsDone, methodCount, framesDone, frameCount, secondsLeft } = job;
  return {
    words: {
      method,
      done: String(Math.min(framesDone + 1, frameCount)),
      count: String(frameCount),
      index: String(methodsDone + 1),
      methods: String(methodCount),
      left: leftText(secondsLeft, methodCount > 1 ? studyText.leftOfMethod : studyText.left),
    },
    fraction: (methodsDone + framesDone / frameCount) / methodCount,
  };
}

export function replayNumbers({ step, done, total, secondsLeft }: ReplayJob) {
  return {
    words: {
      step,
      done: String(done),
      total: String(total),
      left: leftText(secondsLeft, studyText.left),
    },
    fraction: done / total,
  };
}

function leftText(secondsLeft: number | null, words: string): string {
  return secondsLeft === null ? '' : filled(words, { time: formatTimeLeft(secondsLeft) });
}
