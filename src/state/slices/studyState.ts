/** Studies of methods, and replays of the log: what is to run, what runs, and what was found. */
import type { ReplayReport } from '../../core/provenance/replayReport';
import type { MethodScores, StudyResult } from '../../core/study/studyResult';
import type { StudyStart } from '../../core/study/studyTracks';

export type StudyJob = {
  /** Name of the method that draws now. */
  readonly method: string;
  readonly methodsDone: number;
  readonly methodCount: number;
  readonly framesDone: number;
  readonly frameCount: number;
  /** Of this method alone: the next one may be faster or slower. Null until it is known. */
  readonly secondsLeft: number | null;
  readonly isStopping: boolean;
};

export type ReplayJob = {
  /** What is drawn now, in words. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
  /** Null until it is known. */
  readonly secondsLeft: number | null;
};

export type StudySlice = {
  openTool: 'study' | 'provenance' | 'models' | null;
  /** Ids of the methods ticked, also of those that are not to be had now: while a study runs, of those that it runs. */
  studyChoice: readonly string[];
  /** Which annotated frames every method is given. */
  studyStart: StudyStart;
  studyJob: StudyJob | null;
  studyResult: StudyResult | null;
  /** Key of the set of masks that the methods are held against; null: against each other. */
  studyReference: string | null;
  /** Null while they are being worked out, and without a reference. */
  studyScores: readonly MethodScores[] | null;
  /** Whether the results, or a part of them, were kept as a version or saved as a file. */
  isStudyKept: boolean;
  replayJob: ReplayJob | null;
  replayReport: ReplayReport | null;
  setStudyData(
    change: Partial<
      Pick<
        StudySlice,
        | 'openTool'
        | 'studyChoice'
        | 'studyStart'
        | 'studyJob'
        | 'studyResult'
        | 'studyReference'
        | 'studyScores'
        | 'isStudyKept'
        | 'replayJob'
        | 'replayReport'
      >
    >,
  ): void;
};
