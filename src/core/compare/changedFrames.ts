/** On which frames a set may have other masks than before: only those need to be scored again. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import type { MaskTrack } from '../track/maskTrack';
import type { MaskSet } from './maskSet';

/**
 * The frames to be looked at again after `before` became `after`, or `all`. Masks are immutable, so that the same object
 * is the same mask. Whatever may reach other frames than its own (a rule, a region, a label that plays another part) makes it all.
 */
export function changedFrames(before: MaskSet, after: MaskSet): ReadonlySet<number> | 'all' {
  const changed = new Set<number>();
  if (before === after || (before.tracks === after.tracks && before.labels === after.labels)) {
    return changed;
  }
  if (before.key !== after.key || !haveSameParts(before.labels, after.labels)) {
    return 'all';
  }
  const areRuled = after.labels.some(({ objectId }) => {
    const track = after.tracks.get(objectId);
    return track?.rules !== undefined || track?.thresholds !== undefined;
  });
  for (const { objectId, role } of after.labels) {
    const [then, now] = [before.tracks.get(objectId), after.tracks.get(objectId)];
    // Locked pixels take nothing from masks, but thresholds and rules leave them as they were drawn.
    const isRegion = role === 'void' || (role === 'locked' && areRuled);
    if (then?.thresholds !== now?.thresholds || then?.rules !== now?.rules) {
      return 'all';
    }
    if (then === now) {
      continue;
    }
    // A clean-up rule can look at earlier frames, and a region holds on later ones.
    if (isRegion || now?.rules) {
      return 'all';
    }
    noteChanges(then?.prompted, now?.prompted, changed);
    noteChanges(then?.propagated, now?.propagated, changed);
  }
  return changed;
}

function haveSameParts(before: readonly Label[], after: readonly Label[]): boolean {
  const partOf = new Map<ObjectId, Label['role']>(before.map(({ objectId, role }) => [objectId, role]));
  return before.length === after.length && after.every(({ objectId, role }) => partOf.get(objectId) === role);
}

function noteChanges(
  before: MaskTrack['prompted'] | undefined,
  after: MaskTrack['prompted'] | undefined,
  changed: Set<number>,
): void {
  if (before === after) {
    return;
  }
  for (const [frame, mask] of after ?? []) {
    if (before?.get(frame) !== mask) {
      changed.add(frame);
    }
  }
  for (const frame of before?.keys() ?? []) {
    if (!after?.has(frame)) {
      changed.add(frame);
    }
  }
}
