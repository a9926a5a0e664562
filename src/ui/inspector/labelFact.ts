/** What a label has on a frame, in words and by the sign that the timeline has for it. */
import { isRegionRole, type Label } from '../../core/label/label';
import { isDoubtful } from '../../core/review/doubtfulStretches';
import { maskAt, type FrameMask, type Tracks } from '../../core/track/maskTrack';
import { regionFrameAt, regionMaskAt } from '../../core/track/regions';
import { maskWords } from '../review/maskWords';

export type LabelFact = {
  readonly mask: FrameMask;
  readonly sign: '◆' | '■' | '━';
  /** Where the mask comes from, such as `painted` or `propagated`. */
  readonly word: string;
  /** What else there is to say; null when the word says it all. */
  readonly note: string | null;
  readonly isDoubtful: boolean;
};

/** Null when the label has no mask there. A region's mask may hold from another frame. */
export function labelFact(tracks: Tracks, label: Label, frameIndex: number): LabelFact | null {
  const track = tracks.get(label.objectId);
  if (isRegionRole(label.role)) {
    const mask = regionMaskAt(track, frameIndex);
    const from = regionFrameAt(track, frameIndex);
    const note = from === frameIndex ? null : `holds here from frame ${from}`;
    return mask && { mask, sign: '■', word: mask.edit ?? 'painted', note, isDoubtful: false };
  }
  const found = maskAt(track, frameIndex);
  if (!found) {
    return null;
  }
  const { mask, source } = found;
  if (source === 'propagated') {
    const isJudged = mask.confidence !== undefined || mask.cue !== undefined;
    const note = isJudged ? maskWords(found) : null;
    return { mask, sign: '━', word: source, note, isDoubtful: isDoubtful(mask) };
  }
  return {
    mask,
    sign: mask.edit ? '■' : '◆',
    word: mask.edit ?? source,
    note: mask.isAccepted ? maskWords(found) : null,
    isDoubtful: false,
  };
}
