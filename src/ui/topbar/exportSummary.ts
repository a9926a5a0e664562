/** What an export would hold. */
import { exportNumber } from '../../core/label/label';
import { maskAt, type MaskTrack } from '../../core/track/maskTrack';
import type { FrameRange, MaskflowState } from '../../state/maskflowState';
import { exportText } from '../text';

export type ExportSummary = {
  /** `frames 0 to 149 (150 files)` */
  readonly frames: string;
  /** `1 upper dye` */
  readonly numbered: readonly string[];
  readonly leftOut: readonly string[];
  /** Frames of the range on which no exported label has a mask. */
  readonly emptyFrames: number;
};

type SummaryState = Pick<MaskflowState, 'footage' | 'labels' | 'tracks' | 'range'>;

function countEmptyFrames({ labels, tracks, range }: SummaryState): number {
  const exported = labels
    .filter((label) => label.role === 'object')
    .map((label) => tracks.get(label.objectId));
  let empty = 0;
  for (let frame = range.inFrame; frame <= range.outFrame; frame += 1) {
    if (!exported.some((track) => maskAt(track, frame) !== null)) {
      empty += 1;
    }
  }
  return empty;
}

export function exportSummary(state: SummaryState): ExportSummary {
  const { labels, range } = state;
  const count = range.outFrame - range.inFrame + 1;
  const emptyFrames = countEmptyFrames(state);
  const numbered = labels.flatMap((label) => {
    const number = exportNumber(labels, label.objectId);
    return number === null ? [] : [`${number} ${label.name}`];
  });
  return {
    frames: `frames ${range.inFrame} to ${range.outFrame} (${count} ${count === 1 ? 'file' : 'files'})`,
    numbered,
    leftOut: labels.filter((label) => label.role === 'competitor').map((label) => label.name),
    emptyFrames,
  };
}

function hasMaskInRange(track: MaskTrack | undefined, range: FrameRange): boolean {
  return [track?.prompted, track?.propagated].some((masks) => {
    for (const frame of masks?.keys() ?? []) {
      if (frame >= range.inFrame && frame <= range.outFrame) {
        return true;
      }
    }
    return false;
  });
}

/** Why nothing can be exported, in the user's words; null when it can. */
export function exportBlocker({ footage, labels, tracks, range }: SummaryState): string | null {
  if (!footage) {
    return exportText.noFootage;
  }
  const exported = labels.filter((label) => label.role === 'object');
  if (exported.length === 0) {
    return exportText.noObjects;
  }
  const hasMasks = exported.some((label) => hasMaskInRange(tracks.get(label.objectId), range));
  return hasMasks ? null : exportText.noMasks;
}
