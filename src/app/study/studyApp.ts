/** What the interface may ask about studies and the log. */
import type { StudyMethod } from '../../core/study/methods';
import type { StudyStart } from '../../core/study/studyTracks';

export type StudyOrder = { readonly methods: readonly StudyMethod[]; readonly start: StudyStart };

export interface StudyApp {
  /** Runs the methods one after the other beside the project's masks, which do not change. */
  startStudy(order: StudyOrder): Promise<void>;
  /** What is finished by then stays. */
  stopStudy(): void;
  /** Holds the study's methods against the set of masks with this key; null: against each other. */
  scoreStudy(referenceKey: string | null): Promise<void>;
  /** Puts a method's masks among the versions, where they can be compared and restored; one step of undo. */
  keepStudyResult(id: string): Promise<void>;
  /** The chosen frames by methods as one picture (PNG). Frames that cannot be read reject with a UserFacingError. */
  contactSheet(frames: readonly number[]): Promise<Blob>;
  /** Draws everything in the log anew and compares; nothing changes. */
  replayLog(): Promise<void>;
  stopReplay(): void;
  /** Whether the engine works for a study or a replay: a run has to wait. */
  isBusy(): boolean;
  /** The methods paragraph. */
  methodsText(): Promise<string>;
  /** The text of provenance.json. */
  provenanceText(): Promise<string>;
}
