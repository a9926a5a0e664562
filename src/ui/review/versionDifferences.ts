/** How far versions are from now, worked out once for each pair of tracks. */
import type { Label } from '../../core/label/label';
import type { Tracks } from '../../core/track/maskTrack';
import { versionDifference, type MaskVersion, type VersionDifference } from '../../core/track/maskVersions';

const known = new WeakMap<
  Tracks,
  { labels: readonly Label[]; byVersion: Map<MaskVersion, VersionDifference> }
>();

/** As `versionDifference`, remembered for as long as the (immutable) tracks live. */
export function rememberedDifference(
  tracks: Tracks,
  labels: readonly Label[],
  version: MaskVersion,
): VersionDifference {
  let entry = known.get(tracks);
  if (entry?.labels !== labels) {
    entry = { labels, byVersion: new Map() };
    known.set(tracks, entry);
  }
  const difference = entry.byVersion.get(version) ?? versionDifference(tracks, labels, version);
  entry.byVersion.set(version, difference);
  return difference;
}
