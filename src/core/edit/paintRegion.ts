/** What painting or erasing some pixels of a frame does to the masks of its labels. */
import type { ObjectId } from '../base/ids';
import { differenceAreaPx, intersectRle, minusRle, unionRle } from '../compare/maskDifference';
import { isRegionRole, type Label } from '../label/label';
import { rleArea, rleBox, type Rle } from '../mask/rle';
import type { FrameMask, MaskEdit, Tracks } from '../track/maskTrack';
import { regionMaskAt, regionRle, withoutRegions } from '../track/regions';
import { withoutCovered } from '../track/seenMasks';
import { withFrameMasks } from '../track/trackEdits';
import { layerOf, masksOfFrame, type VisibleMask } from '../track/visibleMasks';

/** What painting may go over: everything, only pixels without a label, or only pixels of one label. */
export type PaintOrder = 'onTop' | 'onlyBackground' | { readonly onlyInside: ObjectId };

/** One frame of an annotation. */
export type PaintedFrame = {
  readonly tracks: Tracks;
  readonly labels: readonly Label[];
  readonly frameIndex: number;
};

export type PaintRequest = {
  /** The pixels that the brush, polygon or fill covers. */
  readonly region: Rle;
  /** `paint` gives the pixels to `objectId`. `erase` takes them from it, or with null from all objects and competitors. */
  readonly action: { readonly kind: 'paint'; readonly objectId: ObjectId } | EraseAction;
  readonly order: PaintOrder;
  /** How the mask came about; `painted` when left out. */
  readonly edit?: MaskEdit;
};

type EraseAction = { readonly kind: 'erase'; readonly objectId: ObjectId | null };

/** The labels' new annotated masks; what commitEdit takes for a frame. */
export type MaskChanges = readonly (readonly [ObjectId, FrameMask])[];

/**
 * The masks of the labels that change; empty when nothing does. What is seen afterwards is what was seen before with the
 * region given to its label or taken from it, and nothing else: labels do not overlap, a mask that loses pixels or would
 * come to light from under another one is written down, too, and all that is written down counts as made by hand. A
 * propagated mask that merely lies under the painting stays a guess. Pixels of locked regions never change; those of
 * void regions change only when a region is painted. Regions lie over the labels and take nothing from them.
 */
export function paintRegion(frame: PaintedFrame, request: PaintRequest): MaskChanges {
  const { tracks, labels, frameIndex } = frame;
  const { action, order, edit = 'painted' } = request;
  const target = labels.find(({ objectId }) => objectId === action.objectId);
  if (!target && action.objectId !== null) {
    return [];
  }
  const masks = masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => !region);
  const seen = new Map(withoutCovered(masks).map(({ objectId, rle }) => [objectId, rle]));
  const isRegion = target !== undefined && isRegionRole(target.role);
  const allowed = allowedPixels(frame, request.region, order, target?.role === 'locked', isRegion, seen);
  if (isRegion) {
    return changedRegion(tracks, target, frameIndex, action.kind, allowed, edit);
  }
  const wanted = wantedMasks(frame, seen, action, allowed);
  return rleArea(allowed) === 0 ? [] : changesFor(frame, masks, seen, wanted, edit);
}

/** The part of the region that may change. */
function allowedPixels(
  { tracks, labels, frameIndex }: PaintedFrame,
  region: Rle,
  order: PaintOrder,
  isLockedTarget: boolean,
  isRegion: boolean,
  seen: ReadonlyMap<ObjectId, Rle>,
): Rle {
  const locked = isLockedTarget ? null : regionRle(tracks, labels, frameIndex, 'locked');
  const ignored = isRegion ? null : regionRle(tracks, labels, frameIndex, 'void');
  let allowed = [locked, ignored].reduce<Rle>((rle, other) => (other ? minusRle(rle, other) : rle), region);
  if (order === 'onlyBackground') {
    for (const rle of seen.values()) {
      allowed = minusRle(allowed, rle);
    }
  } else if (order !== 'onTop') {
    const inside = seen.get(order.onlyInside);
    allowed = inside ? intersectRle(allowed, inside) : minusRle(allowed, allowed);
  }
  return allowed;
}

function changedRegion(
  tracks: Tracks,
  label: Label,
  frameIndex: number,
  kind: 'paint' | 'erase',
  allowed: Rle,
  edit: MaskEdit,
): MaskChanges {
  const before = regionMaskAt(tracks.get(label.objectId), frameIndex)?.rle ?? minusRle(allowed, allowed);
  const after = kind === 'paint' ? unionRle(before, allowed) : minusRle(before, allowed);
  return differenceAreaPx(before, after) === 0 ? [] : [[label.objectId, handMadeMask(after, edit)]];
}

/** How each label is to be seen. */
function wantedMasks(
  { labels }: PaintedFrame,
  seen: ReadonlyMap<ObjectId, Rle>,
  action: PaintRequest['action'],
  allowed: Rle,
): Map<ObjectId, Rle> {
  const empty = minusRle(allowed, allowed);
  const wanted = new Map<ObjectId, Rle>();
  for (const { objectId } of withoutRegions(labels)) {
    const before = seen.get(objectId) ?? empty;
    if (action.kind === 'paint') {
      wanted.set(
        objectId,
        objectId === action.objectId ? unionRle(before, allowed) : minusRle(before, allowed),
      );
    } else {
      const isErased = action.objectId === null || action.objectId === objectId;
      wanted.set(objectId, isErased ? minusRle(before, allowed) : before);
    }
  }
  return wanted;
}

/**
 * Writes down as few masks as make every label seen as wanted: first the labels that the user meant, then those that
 * would be seen otherwise by the order of the layers. Ends, since each round writes down at least one more label.
 */
function changesFor(
  { tracks, labels, frameIndex }: PaintedFrame,
  masks: readonly VisibleMask[],
  seen: ReadonlyMap<ObjectId, Rle>,
  wanted: ReadonlyMap<ObjectId, Rle>,
  edit: MaskEdit,
): MaskChanges {
  const drawn = new Map(masks.map((entry) => [entry.objectId, entry]));
  const changed = new Map<ObjectId, FrameMask>();
  function write(objectId: ObjectId): void {
    const rle = wanted.get(objectId)!;
    const before = drawn.get(objectId);
    const isSeenAsBefore = differenceAreaPx(rle, seen.get(objectId) ?? null) === 0;
    const keepsMaking = isSeenAsBefore && before?.mask.isAccepted;
    changed.set(
      objectId,
      keepsMaking ? { ...before.mask, rle, box: rleBox(rle), areaPx: rleArea(rle) } : handMadeMask(rle, edit),
    );
  }
  for (const [objectId, rle] of wanted) {
    const before = seen.get(objectId);
    const isMore = rleArea(rle) > (before ? rleArea(before) : 0);
    const isLess = before !== undefined && rleArea(rle) < rleArea(before);
    // A guess that only loses pixels to a label painted over it is covered there, and stays a guess.
    const isCovered = isLess && layerOf(drawn.get(objectId)!) === 0 && someGains(wanted, seen);
    if (isMore || (isLess && !isCovered)) {
      write(objectId);
    }
  }
  for (let round = 0; changed.size > 0 && round <= wanted.size; round += 1) {
    const wrong = wronglySeen(withFrameMasks(tracks, 'prompted', frameIndex, changed), labels, frameIndex, {
      wanted,
      changed,
      drawn,
    });
    if (wrong.length === 0) {
      break;
    }
    wrong.forEach(write);
  }
  return [...changed];
}

function someGains(wanted: ReadonlyMap<ObjectId, Rle>, seen: ReadonlyMap<ObjectId, Rle>): boolean {
  return [...wanted].some(
    ([objectId, rle]) => rleArea(rle) > rleArea(seen.get(objectId) ?? minusRle(rle, rle)),
  );
}

/** Labels not written down yet that are not seen as wanted, or that reach into those that are. */
function wronglySeen(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
  {
    wanted,
    changed,
    drawn,
  }: {
    readonly wanted: ReadonlyMap<ObjectId, Rle>;
    readonly changed: ReadonlyMap<ObjectId, FrameMask>;
    readonly drawn: ReadonlyMap<ObjectId, VisibleMask>;
  },
): ObjectId[] {
  const masks = masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => !region);
  const now = new Map(withoutCovered(masks).map(({ objectId, rle }) => [objectId, rle]));
  return [...drawn.values()].flatMap((entry) => {
    const { objectId, mask } = entry;
    if (changed.has(objectId)) {
      return [];
    }
    const isOther = differenceAreaPx(now.get(objectId) ?? null, wanted.get(objectId)!) > 0;
    const isInTheWay =
      layerOf(entry) > 0 &&
      [...changed.values()].some((other) => rleArea(intersectRle(other.rle, mask.rle)) > 0);
    return isOther || isInTheWay ? [objectId] : [];
  });
}

/** A mask made by hand: true, and with nothing left of what an engine knew of it. */
export function handMadeMask(rle: Rle, edit: MaskEdit): FrameMask {
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null, isAccepted: true, edit };
}
