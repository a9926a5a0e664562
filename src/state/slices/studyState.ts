/** Studies of methods, and replays of the log: what runs, and what was found. */
import type { ReplayReport } from '../../core/provenance/replayReport';
import type { MethodScores, StudyResult } from '../../core/study/studyResult';

export type StudyJob = {
  /** Name of the method that draws now. */
  readonly method: string;
  readonly methodsDone: number;
  readonly methodCount: number;
  readonly framesDone: number;
  readonly frameCount: number;
  readonly isStopping: boolean;
};

export type StudySlice = {
  openTool: 'study' | 'provenance' | 'models' | null;
  studyJob: StudyJob | null;
  studyResult: StudyResult | null;
  /** Key of the set of masks that the methods are held against; null: against each other. */
  studyReference: string | null;
  /** Null while they are being worked out, and without a reference. */
  studyScores: readonly MethodScores[] | null;
  /** Whether the results, or a part of them, were kept as a version or saved as a file. */
  isStudyKept: boolean;
  replayJob: { readonly step: string; readonly done: number; readonly total: number } | null;
  replayReport: ReplayReport | null;
  setStudyData(
    change: Partial<
      Pick<
        StudySlice,
        | 'openTool'
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
