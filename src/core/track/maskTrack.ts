/** One object's masks over the frames of a clip, with where each came from. */
import type { ObjectId } from '../base/ids';
import type { Box } from '../geometry/box';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';
import type { CleanupRanges } from './cleanupRules';
import type { ThresholdRanges } from './thresholdRanges';

/** One label's mask on one frame. Immutable: a change makes a new one. */
export type FrameMask = {
  readonly rle: Rle;
  /** Tight box in source pixels (x1, y1 exclusive); null when the mask is empty. */
  readonly box: Box | null;
  readonly areaPx: number;
  /** SAM's own quality estimate (`iou_predictions`); null when SAM did not draw this mask. */
  readonly predictedIou: number | null;
  /** 0..1: how likely the engine thinks this mask is good; left out where no engine judged it. */
  readonly confidence?: number;
  /** Which cue drew the outline; left out where that is not known. */
  readonly cue?: Cue;
  /** The probabilities behind the mask, at low resolution; left out where only the mask is known. */
  readonly soft?: SoftMask;
  /**
   * A prompted mask that the user took as true without prompting it: it stays when the prompts of its frame are drawn
   * again, unless its own label is prompted there.
   */
  readonly isAccepted?: boolean;
  /** How the user made this mask by hand or brought it in; such a mask is always accepted, too. */
  readonly edit?: MaskEdit;
};

export const maskEdits = ['painted', 'imported', 'copied', 'interpolated'] as const;

export type MaskEdit = (typeof maskEdits)[number];

/** What the propagation engine can draw a label by. */
export const cues = ['memory', 'sam', 'colour', 'motion'] as const;

export type Cue = (typeof cues)[number];

/**
 * Prompted and propagated masks are kept apart, so that propagation can never overwrite what the user prompted, and
 * deleting a prompt brings back the propagated mask under it. On a frame with both, the prompted mask counts.
 */
export type MaskTrack = {
  readonly objectId: ObjectId;
  readonly prompted: ReadonlyMap<number, FrameMask>;
  readonly propagated: ReadonlyMap<number, FrameMask>;
  /**
   * Where its masks are cut at another probability than 0.5. A rule, kept apart from the masks: they stay as they were
   * drawn, and what is drawn there later is cut too. Left out while there is none.
   */
  readonly thresholds?: ThresholdRanges;
  /** How its masks are cleaned up, after the thresholds. A rule like these; left out while there is none. */
  readonly rules?: CleanupRanges;
};

export type MaskSource = 'prompted' | 'propagated';

export type Tracks = ReadonlyMap<ObjectId, MaskTrack>;

export function emptyTrack(objectId: ObjectId): MaskTrack {
  return { objectId, prompted: new Map(), propagated: new Map() };
}

/** The mask that counts on a frame, as it was drawn, with its source; null when the label has none there. */
export function maskAt(
  track: MaskTrack | undefined,
  frameIndex: number,
): { mask: FrameMask; source: MaskSource } | null {
  const prompted = track?.prompted.get(frameIndex);
  if (prompted) {
    return { mask: prompted, source: 'prompted' };
  }
  const propagated = track?.propagated.get(frameIndex);
  return propagated ? { mask: propagated, source: 'propagated' } : null;
}
