/** What an export would hold. */
import { counted } from '../../core/base/numberText';
import { exportNumber, type Label } from '../../core/label/label';
import { maskAt } from '../../core/track/maskTrack';
import { regionMaskAt } from '../../core/track/regions';
import type { MaskflowState } from '../../state/maskflowState';
import { hasMaskInRange } from '../../state/work';
import { exportText } from '../text';

export type ExportSummary = {
  /** `frames 0 to 149 (150 files)` */
  readonly frames: string;
  /** `1 upper dye` */
  readonly numbered: readonly string[];
  readonly leftOut: readonly string[];
  /** Frames of the range on which no exported label has a mask, and no void region holds. */
  readonly emptyFrames: number;
  /** With soft masks: masks of the range whose probabilities are not known; null without. */
  readonly binaryMasks: number | null;
};

type SummaryState = Pick<MaskflowState, 'footage' | 'labels' | 'tracks' | 'range' | 'isSoftExported'>;

function countEmptyFrames({ labels, tracks, range }: SummaryState): number {
  const isWritten = ({ objectId, role }: Label, frame: number): boolean =>
    (role === 'object' && maskAt(tracks.get(objectId), frame) !== null) ||
    // A region is painted once and holds until it is painted again.
    (role === 'void' && Boolean(regionMaskAt(tracks.get(objectId), frame)?.box));
  let empty = 0;
  for (let frame = range.inFrame; frame <= range.outFrame; frame += 1) {
    if (!labels.some((label) => isWritten(label, frame))) {
      empty += 1;
    }
  }
  return empty;
}

function countBinaryMasks({ labels, tracks, range }: SummaryState): number {
  let count = 0;
  for (const { objectId, role } of labels) {
    for (let frame = range.inFrame; role === 'object' && frame <= range.outFrame; frame += 1) {
      const mask = maskAt(tracks.get(objectId), frame)?.mask;
      count += mask && !mask.soft ? 1 : 0;
    }
  }
  return count;
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
    frames: `frames ${range.inFrame} to ${range.outFrame} (${counted(count, 'file')})`,
    numbered,
    leftOut: labels
      .filter(({ role }) => role === 'competitor' || role === 'locked')
      .map((label) => label.name),
    emptyFrames,
    binaryMasks: state.isSoftExported ? countBinaryMasks(state) : null,
  };
}

/** Why nothing can be exported, in the user's words; null when it can. */
export function exportBlocker(state: SummaryState): string | null {
  if (!state.footage) {
    return exportText.noFootage;
  }
  if (!state.labels.some((label) => label.role === 'object')) {
    return exportText.noObjects;
  }
  return hasMaskInRange(state) ? null : exportText.noMasks;
}
