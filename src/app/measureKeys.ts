/** What a frame's measurement depends on, so that only frames that changed are measured anew. */
import type { Rle } from '../core/mask/rle';
import { excludedPixels } from '../core/measure/excludedPixels';
import type { FrameToMeasure } from '../core/measure/frameMeasurement';
import { isRegionRole, type Label } from '../core/label/label';
import { cleanupAt } from '../core/track/cleanupRules';
import { maskAt, type Tracks } from '../core/track/maskTrack';
import { regionMaskAt } from '../core/track/regions';
import { thresholdAt } from '../core/track/thresholdRanges';
import { layerOf, masksOfFrame } from '../core/track/visibleMasks';
import type { FootageInfo } from '../core/video/footageInfo';

/** The annotation as it was when measuring began. */
export type MaskSnapshot = {
  readonly footage: FootageInfo;
  readonly labels: readonly Label[];
  readonly tracks: Tracks;
  /** Pixels outside the measured region; the same object for as long as the region is the same. */
  readonly outside: Rle | null;
  readonly isLockedExcluded: boolean;
};

/** Equal, entry by entry, for frames that measure the same. */
export type FrameKey = readonly unknown[];

/**
 * Told from the masks as they are kept: what thresholds and clean-up rules make of them follows from these, and is not
 * worked out for frames that are known. Of a rule that looks at the frames before, the whole track counts. Locked
 * regions count even where their pixels are measured: rules leave these pixels as they were drawn.
 */
export function frameKey(snapshot: MaskSnapshot, frameIndex: number): FrameKey {
  const { labels, tracks, outside, isLockedExcluded } = snapshot;
  const ofLabels = labels.flatMap(({ objectId, role }): unknown[] => {
    const track = tracks.get(objectId);
    if (isRegionRole(role)) {
      return [role, regionMaskAt(track, frameIndex)];
    }
    const at = maskAt(track, frameIndex);
    if (!at || !track) {
      return [objectId, null];
    }
    const rule = cleanupAt(track.rules, frameIndex);
    return [
      objectId,
      at.mask,
      at.source,
      thresholdAt(track.thresholds, frameIndex),
      rule.minAreaPx,
      rule.maxHolePx,
      rule.growPx,
      rule.keep === 'touching' ? track : rule.keep,
    ];
  });
  return [outside, isLockedExcluded, ...ofLabels];
}

export function isSameKey(a: FrameKey | undefined, b: FrameKey): boolean {
  return a !== undefined && a.length === b.length && a.every((entry, index) => entry === b[index]);
}

/** The frame as the worker takes it. */
export function frameToMeasure(
  snapshot: MaskSnapshot,
  frameIndex: number,
  { withSoft }: { readonly withSoft: boolean },
): FrameToMeasure {
  const { footage, labels, tracks } = snapshot;
  return {
    width: footage.width,
    height: footage.height,
    masks: masksOfFrame(tracks, labels, frameIndex)
      .filter(({ region }) => !region)
      .map((entry) => ({
        objectId: entry.objectId,
        rle: entry.mask.rle,
        layer: layerOf(entry),
        ...(withSoft && entry.mask.soft ? { soft: entry.mask.soft } : {}),
      })),
    excluded: excludedPixels(snapshot, frameIndex, snapshot),
  };
}
