/** The study or replay that goes on while its dialog is closed, in words and numbers. */
import type { MaskflowState } from '../../state/maskflowState';
import { replayNumbers, studyNumbers } from '../study/studyNumbers';
import { filled } from '../text/projectText';
import { backgroundText, provenanceText, studyText } from '../text/studyText';

export type BackgroundJob = {
  /** The dialog that it belongs to. */
  readonly tool: 'study' | 'provenance';
  readonly name: string;
  readonly words: string;
  /** More than there is room for. */
  readonly details: string;
  readonly showLabel: string;
  /** 0..1 */
  readonly fraction: number;
};

type RunningState = Pick<MaskflowState, 'studyJob' | 'replayJob' | 'openTool'>;

/** Null where none runs, and while its own dialog shows it. */
export function backgroundJob({ studyJob, replayJob, openTool }: RunningState): BackgroundJob | null {
  if (studyJob && openTool !== 'study') {
    const { words, fraction } = studyNumbers(studyJob);
    return {
      tool: 'study',
      name: studyText.title,
      words: studyJob.isStopping ? backgroundText.studyStopping : filled(backgroundText.study, words),
      details: filled(studyText.progress, words),
      showLabel: backgroundText.showStudy,
      fraction,
    };
  }
  if (replayJob && openTool !== 'provenance') {
    const { words, fraction } = replayNumbers(replayJob);
    return {
      tool: 'provenance',
      name: provenanceText.replay,
      words: filled(backgroundText.replay, words),
      details: filled(provenanceText.progress, words),
      showLabel: backgroundText.showReplay,
      fraction,
    };
  }
  return null;
}
