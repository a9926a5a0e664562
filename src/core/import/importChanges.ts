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
  const absent = absentLabels(context);
  return context.plan.pictures
    .filter(({ problem }) => problem === null)
    .map((planned) => ({ frameIndex: planned.frameIndex!, masks: masksOf(planned, context, absent) }))
    .filter(({ masks }) => masks.length > 0);
}

type Drawn = { readonly label: Label; readonly rle: Rle; readonly soft: SoftMask | undefined };

function masksOf(
  { picture, frameIndex }: PlannedPicture,
  context: Context,
  mayBeAbsent: readonly ObjectId[],
): (readonly [ObjectId, FrameMask])[] {
  const { plan, tracks } = context;
  const drawn = withoutOverlap(drawnMasks(picture.masks, plan), context.lockedOn(frameIndex!));
  const masks = drawn.map(({ label, rle, soft }) => [label.objectId, importedMask(rle, soft)] as const);
  const imported = new Set(masks.map(([objectId]) => objectId));
  const absent = mayBeAbsent.filter((objectId) => !imported.has(objectId));
  const empty = importedMask(emptyRle(picture.size), undefined);
  return [
    ...masks,
    ...absent.map((objectId) => [objectId, empty] as const),
    ...trimmedMasks(drawn, new Set([...imported, ...absent]), tracks, frameIndex!, plan.labelsAfter),
  ];
}

/**
 * Labels that are said to be absent where a picture has no pixels of them. Regions always are, if the import has them at
 * all: their mask holds on later frames until there is another one.
 */
function absentLabels({ plan, isAbsenceTaken }: Context): ObjectId[] {
  const used = plan.pictures.filter(({ problem }) => problem === null);
  const ids = plan.labels.flatMap(({ label, target }) => {
    if (!target) {
      return [];
    }
    const hasPixels = (): boolean =>
      used.some(({ picture }) => picture.masks.some(({ key }) => key === label.key));
    return (isRegionRole(target.role) ? hasPixels() : isAbsenceTaken) ? [target.objectId] : [];
  });
  return [...new Set(ids)];
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
