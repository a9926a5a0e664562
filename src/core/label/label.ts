/** A label: what the user calls one thing to segment, and how it takes part. */
import { objectId, type ObjectId } from '../base/ids';

/**
 * An **object** is in the result; a **competitor** takes part in the merge and is dropped from the result. The other two
 * are regions that the user paints, and that no engine draws: **void** pixels are "don't care" (255 in exported label
 * maps; no memory, metric or measurement looks at them), **locked** ones no engine and no brush may change.
 */
export const labelRoles = ['object', 'competitor', 'void', 'locked'] as const;

export type LabelRole = (typeof labelRoles)[number];

/** Whether a label is a painted region, which engines never draw. */
export function isRegionRole(role: LabelRole): role is 'void' | 'locked' {
  return role === 'void' || role === 'locked';
}

export type Label = {
  readonly objectId: ObjectId;
  readonly name: string;
  /** CSS hex colour, `#rrggbb`. */
  readonly colour: string;
  readonly role: LabelRole;
  /** Whether its masks and prompts are painted. Hidden labels still take part in everything else. */
  readonly isVisible: boolean;
};

/**
 * Okabe-Ito (2008), the colour-blind-safe set, without black and with its weakest yellow last; then Paul Tol's "muted"
 * set (SRON/EPS/TN/09-002) for those who need more.
 */
export const labelColours = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#d55e00',
  '#cc79a7',
  '#0072b2',
  '#f0e442',
  '#882255',
  '#44aa99',
  '#999933',
  '#332288',
  '#aa4499',
  '#88ccee',
  '#cc6677',
] as const;

/**
 * A new label with the first colour not in use and an object id above `lastObjectId` and all existing ones, so that
 * nothing made for a deleted label can end up on a new one.
 */
export function createLabel(existing: readonly Label[], role: LabelRole = 'object', lastObjectId = 0): Label {
  const highest = existing.reduce((id, label) => Math.max(id, label.objectId), lastObjectId);
  const id = objectId(highest + 1);
  const used = new Set(existing.map((label) => label.colour));
  const colour =
    labelColours.find((candidate) => !used.has(candidate)) ??
    labelColours[(id - 1) % labelColours.length] ??
    labelColours[0];
  return { objectId: id, name: freeName(existing, role), colour, role, isVisible: true };
}

/** `label 2` for the second object and so on; the next number when that name is taken. */
function freeName(existing: readonly Label[], role: LabelRole): string {
  const names = new Set(existing.map((label) => label.name));
  const word = role === 'object' ? 'label' : role;
  let number = existing.filter((label) => label.role === role).length + 1;
  while (names.has(`${word} ${number}`)) {
    number += 1;
  }
  return `${word} ${number}`;
}

/**
 * Objects first, then competitors, void and locked regions, each in the order they had: so a label's place in the list,
 * its key and its number in exported label maps are one and the same.
 */
export function objectsFirst(labels: readonly Label[]): readonly Label[] {
  return labelRoles.flatMap((role) => labels.filter((label) => label.role === role));
}

/** What void pixels are in exported label maps, as in Pascal VOC and DAVIS. */
export const VOID_NUMBER = 255;

/**
 * The number a label has in exported label maps: its 1-based place among the objects, in list order, and VOID_NUMBER for
 * void regions; null for competitors, which are 0 (background) in the result, and for locked regions.
 */
export function exportNumber(labels: readonly Label[], id: ObjectId): number | null {
  if (labels.some((label) => label.objectId === id && label.role === 'void')) {
    return VOID_NUMBER;
  }
  const place = labels.filter((label) => label.role === 'object').findIndex((label) => label.objectId === id);
  return place < 0 ? null : place + 1;
}
