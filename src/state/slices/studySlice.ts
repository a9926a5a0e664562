/** Studies of methods, and replays of the log. */
import type { StateCreator } from 'zustand/vanilla';
import { firstChoice } from '../../core/study/methods';
import type { StudyStart } from '../../core/study/studyTracks';
import type { MaskflowState } from '../maskflowState';
import type { StudySlice } from './studyState';

export const noStudy = {
  studyChoice: firstChoice,
  studyStart: 'first' as StudyStart,
  studyJob: null,
  studyResult: null,
  studyReference: null,
  studyScores: null,
  isStudyKept: false,
  replayJob: null,
  replayReport: null,
} as const;

export const createStudySlice: StateCreator<MaskflowState, [], [], StudySlice> = (set) => ({
  ...noStudy,
  openTool: null,
  setStudyData: (change) => set(change),
});
