/** What the masks of the frame on show had in a version and have now. */
import type { ObjectId } from '../../core/base/ids';
import { minusRle, unionRle } from '../../core/compare/maskDifference';
import { rleArea, type Rle } from '../../core/mask/rle';
import { masksOfFrame, type VisibleMask } from '../../core/track/visibleMasks';
import type { MaskflowState } from '../../state/maskflowState';

export type ComparedFrame = {
  /** Pixels that a compared label had only then, and has only now; null for none. A pixel can be in both. */
  readonly thenOnly: Rle | null;
  readonly nowOnly: Rle | null;
  /** Their areas in pixels, summed over the labels. */
  readonly thenPx: number;
  readonly nowPx: number;
};

type ComparedState = Pick<
  MaskflowState,
  | 'versions'
  | 'comparedVersionId'
  | 'compareScope'
  | 'activeObjectId'
  | 'labels'
  | 'tracks'
  | 'shownFrame'
  | 'currentFrame'
>;

type Pair = { readonly before: Rle | null; readonly now: Rle | null };

let last: { readonly pairs: readonly Pair[]; readonly compared: ComparedFrame } | null = null;

/** Null while nothing is compared, or where the version has no frame. The same answer again for the same masks. */
export function comparedFrame(state: ComparedState): ComparedFrame | null {
  const version = state.versions.find(({ id }) => id === state.comparedVersionId);
  const frame = state.shownFrame ?? state.currentFrame;
  if (!version || frame < version.fromFrame || frame > version.toFrame) {
    return null;
  }
  const thenMasks = masksOfFrame(version.tracks, state.labels, frame);
  const nowMasks = masksOfFrame(state.tracks, state.labels, frame);
  const pairs = state.labels.flatMap(({ objectId }): Pair[] => {
    const isMeant = state.compareScope === 'allLabels' || objectId === state.activeObjectId;
    const before = rleOf(thenMasks, objectId);
    const now = rleOf(nowMasks, objectId);
    return isMeant && version.objectIds.includes(objectId) ? [{ before, now }] : [];
  });
  if (!last || !isSame(last.pairs, pairs)) {
    last = { pairs, compared: compare(pairs) };
  }
  return last.compared;
}

function rleOf(masks: readonly VisibleMask[], objectId: ObjectId): Rle | null {
  return masks.find((entry) => entry.objectId === objectId)?.mask.rle ?? null;
}

function isSame(a: readonly Pair[], b: readonly Pair[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ before, now }, place) => before === b[place]?.before && now === b[place].now)
  );
}

function compare(pairs: readonly Pair[]): ComparedFrame {
  const thenOnly = pairs.flatMap(({ before, now }) => only(before, now));
  const nowOnly = pairs.flatMap(({ before, now }) => only(now, before));
  return {
    thenOnly: joined(thenOnly),
    nowOnly: joined(nowOnly),
    thenPx: thenOnly.reduce((sum, rle) => sum + rleArea(rle), 0),
    nowPx: nowOnly.reduce((sum, rle) => sum + rleArea(rle), 0),
  };
}

function only(mask: Rle | null, other: Rle | null): Rle[] {
  if (!mask || mask === other) {
    return [];
  }
  return [other ? minusRle(mask, other) : mask];
}

function joined(masks: readonly Rle[]): Rle | null {
  const [first, ...rest] = masks;
  return first ? rest.reduce(unionRle, first) : null;
}
