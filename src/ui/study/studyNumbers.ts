/** How far a study is, for its words and its bar. */
import type { StudyJob } from '../../state/slices/studyState';

/** To be filled into the sentences of progress; `fraction` is 0..1. */
export function studyNumbers({ method, methodsDone, methodCount, framesDone, frameCount }: StudyJob) {
  return {
    words: {
      method,
      done: String(Math.min(framesDone + 1, frameCount)),
      count: String(frameCount),
      index: String(methodsDone + 1),
      methods: String(methodCount),
    },
    fraction: (methodsDone + framesDone / frameCount) / methodCount,
  };
}
