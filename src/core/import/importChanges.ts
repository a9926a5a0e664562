/** The annotated masks that an import puts in place. */
import type { ObjectId } from '../base/ids';
import { minusRle, unionRle } from '../compare/maskDifference';
import { isRegionRole, type Label } from '../label/label';
import { rleArea, rleBox, type Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';
import type { FrameMask, Tracks } from '../track/maskTrack';
import type { ImportPlan, PlannedPicture } from './planImport';

export type ImportChange = {
  readonly frameIndex: number;
  readonly masks: readonly (readonly [ObjectId, FrameMask])[];
};

type Context = {
  readonly plan: ImportPlan;
  readonly tracks: Tracks;
  readonly isAbsenceTaken: boolean;
  /** Pixels of a frame that nothing may change; null for none. */
  readonly lockedOn: (frameIndex: number) => Rle | null;
};

/**
 * One change for each frame that gets masks. Masks of a frame do not overlap: a later label of a picture covers an
 * earlier one, locked pixels stay free, and annotated masks of other labels that were made or accepted by hand give way.
 * All pictures in use must have the footage's size: scale them first.
 */
export function importChanges(context: Context): ImportChange[] {
  return context.plan.pictures
    .filter(({ problem }) => problem === null)
    .map((planned) => ({ frameIndex: planned.frameIndex!, masks: masksOf(planned, context) }))
    .filter(({ masks }) => masks.length > 0);
}

type Drawn = { readonly label: Label; readonly rle: Rle; readonly soft: SoftMask | undefined };

function masksOf(
  { picture, frameIndex }: PlannedPicture,
  context: Context,
): (readonly [ObjectId, FrameMask])[] {
  const { plan, tracks, isAbsenceTaken } = context;
  const drawn = withoutOverlap(drawnMasks(picture.masks, plan), context.lockedOn(frameIndex!));
  const masks = drawn.map(({ label, rle, soft }) => [label.objectId, importedMask(rle, soft)] as const);
  const imported = new Set(masks.map(([objectId]) => objectId));
  const absent = plan.labels.flatMap(({ target }) =>
    isAbsenceTaken && target && !isRegionRole(target.role) && !imported.has(target.objectId) ? [target] : [],
  );
  const empty = importedMask(emptyRle(picture.size), undefined);
  const absentIds = new Set(absent.map(({ objectId }) => objectId));
  return [
    ...masks,
    ...[...absentIds].map((objectId) => [objectId, empty] as const),
    ...trimmedMasks(drawn, new Set([...imported, ...absentIds]), tracks, frameIndex!, plan.labelsAfter),
  ];
}

function emptyRle({ width, height }: { width: number; height: number }): Rle {
  return { size: [height, width], counts: Uint32Array.of(width * height) };
}

function importedMask(rle: Rle, soft: SoftMask | undefined): FrameMask {
  return {
    rle,
    box: rleBox(rle),
    areaPx: rleArea(rle),
    predictedIou: null,
    isAccepted: true,
    edit: 'imported',
    ...(soft ? { soft } : {}),
  };
}

/** By label, in the picture's order; what goes to one label is joined. */
function drawnMasks(masks: PlannedPicture['picture']['masks'], plan: ImportPlan): Drawn[] {
  const targets = new Map(plan.labels.map(({ label, target }) => [label.key, target]));
  const drawn = new Map<ObjectId, Drawn>();
  for (const { key, rle, soft } of masks) {
    const label = targets.get(key);
    if (label) {
      const before = drawn.get(label.objectId);
      drawn.set(
        label.objectId,
        before ? { label, rle: unionRle(before.rle, rle), soft: undefined } : { label, rle, soft },
      );
    }
  }
  return [...drawn.values()];
}

/** Each without what lies above it and without what is locked; regions lie over nothing and under nothing. */
function withoutOverlap(drawn: readonly Drawn[], locked: Rle | null): Drawn[] {
  let above = locked;
  return drawn
    .toReversed()
    .map((entry) => {
      if (isRegionRole(entry.label.role)) {
        return entry;
      }
      const rle = above ? minusRle(entry.rle, above) : entry.rle;
      above = above ? unionRle(above, entry.rle) : entry.rle;
      return { ...entry, rle };
    })
    .toReversed();
}

/** Masks of other labels on the frame that the user made or accepted, where they lose pixels to the imported ones. */
function trimmedMasks(
  drawn: readonly Drawn[],
  imported: ReadonlySet<ObjectId>,
  tracks: Tracks,
  frameIndex: number,
  labels: readonly Label[],
): (readonly [ObjectId, FrameMask])[] {
  const objects = drawn.filter(({ label }) => !isRegionRole(label.role)).map(({ rle }) => rle);
  const [first, ...rest] = objects;
  const covered = first ? rest.reduce(unionRle, first) : null;
  return labels.flatMap(({ objectId, role }) => {
    const mask = tracks.get(objectId)?.prompted.get(frameIndex);
    if (!covered || !mask?.isAccepted || imported.has(objectId) || isRegionRole(role)) {
      return [];
    }
    const rle = minusRle(mask.rle, covered);
    const areaPx = rleArea(rle);
    return areaPx === mask.areaPx ? [] : [[objectId, { ...mask, rle, box: rleBox(rle), areaPx }] as const];
  });
}
