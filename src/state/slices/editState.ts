/** What can be changed by hand: masks, each change one named step of undo. */
import type { ObjectId } from '../../core/base/ids';
import type { CleanupRange } from '../../core/track/cleanupRules';
import type { FrameMask } from '../../core/track/maskTrack';

/** What a change by hand was, for history. */
export type EditNote = {
  /** Such as `Brush` or `Copy to 12 frames`. */
  readonly name: string;
  readonly objectIds: readonly ObjectId[];
  /** First and last frame changed. */
  readonly fromFrame: number;
  readonly toFrame: number;
};

/** The new annotated masks of one frame; null removes what the label has there. */
export type FrameChange = {
  readonly frameIndex: number;
  readonly masks: readonly (readonly [ObjectId, FrameMask | null])[];
};

export type EditSlice = {
  /** Puts masks made by hand in place as one step of undo. They must say how they were made (`edit`). */
  commitEdit(note: EditNote, changes: readonly FrameChange[]): void;
  /**
   * Takes a label's annotated mask off a frame, and the prompts that would draw it again; a propagated mask under it
   * counts again.
   */
  clearAnnotatedMask(objectId: ObjectId, frameIndex: number): void;
  /** Cleans a label's masks on a range of frames by another rule; a rule that changes nothing takes them out. */
  setCleanup(objectId: ObjectId, change: CleanupRange): void;
};
