/** Which label of the project each imported label becomes. */
import type { ObjectId } from '../base/ids';
import { createLabel, exportNumber, objectsFirst, type Label } from '../label/label';
import type { Prompt } from '../prompt/prompt';
import type { Tracks } from '../track/maskTrack';
import type { ImportedLabel, ImportKey } from './importSource';

/** What becomes of an imported label: masks of a label that is there, of a new one, or nothing. */
export type LabelChoice =
  | { readonly kind: 'existing'; readonly objectId: ObjectId }
  | { readonly kind: 'new' }
  | { readonly kind: 'skip' };

export type LabelTarget = {
  readonly labels: readonly Label[];
  /** Highest object id ever given. */
  readonly lastObjectId: number;
  readonly activeObjectId: ObjectId | null;
  readonly prompts: readonly Prompt[];
  readonly tracks: Tracks;
  /** Whether imported masks are only matched with the labels, as those of a reference are: no label is filled or renamed. */
  readonly areLabelsKept?: boolean;
};

export type PlannedLabel = {
  readonly label: ImportedLabel;
  readonly choice: LabelChoice;
  /** The label that gets the masks, as it will be; null when they are skipped. */
  readonly target: Label | null;
  /** Name that the target has now, where the import changes it; else null. */
  readonly renamedFrom: string | null;
};

export type PlannedLabels = {
  readonly planned: readonly PlannedLabel[];
  /** All labels as they will be, in their order. */
  readonly labels: readonly Label[];
};

/** `choices` overrule what would be chosen. */
export function planLabels(
  imported: readonly ImportedLabel[],
  target: LabelTarget,
  choices: ReadonlyMap<ImportKey, LabelChoice>,
): PlannedLabels {
  let { labels, lastObjectId } = target;
  const taken = new Set<ObjectId>();
  const names = new Set(imported.flatMap(({ name }) => (name === null ? [] : [plainName(name)])));
  const planned = imported.map((label): PlannedLabel => {
    const choice = choices.get(label.key) ?? defaultChoice(label, target, taken, names);
    if (choice.kind === 'skip') {
      return { label, choice, target: null, renamedFrom: null };
    }
    const before =
      choice.kind === 'existing'
        ? target.labels.find(({ objectId }) => objectId === choice.objectId)
        : undefined;
    if (before) {
      const isFilled =
        !target.areLabelsKept &&
        label.name !== null &&
        isUnused(before, target) &&
        !taken.has(before.objectId);
      taken.add(before.objectId);
      const after = isFilled ? named(before, label) : before;
      labels = labels.map((candidate) => (candidate === before ? after : candidate));
      return { label, choice, target: after, renamedFrom: after.name === before.name ? null : before.name };
    }
    const created = named(createLabel(labels, label.role, lastObjectId), label);
    lastObjectId = created.objectId;
    labels = [...labels, created];
    return { label, choice: { kind: 'new' }, target: created, renamedFrom: null };
  });
  return { planned, labels: objectsFirst(labels) };
}

function named(label: Label, { name, colour }: ImportedLabel): Label {
  return { ...label, name: name ?? label.name, colour: colour ?? label.colour };
}

/** `names` are all that the import has: a label that one of them means is for no number. */
function defaultChoice(
  label: ImportedLabel,
  target: LabelTarget,
  taken: ReadonlySet<ObjectId>,
  names: ReadonlySet<string>,
): LabelChoice {
  const free = target.labels.filter(
    (candidate) => candidate.role === label.role && !taken.has(candidate.objectId),
  );
  const isSecondChoice = (candidate: Label): boolean =>
    target.areLabelsKept
      ? !names.has(plainName(candidate.name)) && hasNumber(label, candidate, target)
      : isUnused(candidate, target);
  const found =
    free.find((candidate) => isMeant(label, candidate, target)) ??
    (label.role === 'object' ? free.find(isSecondChoice) : undefined);
  return found ? { kind: 'existing', objectId: found.objectId } : { kind: 'new' };
}

function plainName(name: string): string {
  return name.trim().toLowerCase();
}

function hasNumber({ number }: ImportedLabel, { objectId }: Label, { labels }: LabelTarget): boolean {
  return number !== null && exportNumber(labels, objectId) === number;
}

function isMeant(label: ImportedLabel, candidate: Label, target: LabelTarget): boolean {
  if (label.name !== null) {
    return plainName(candidate.name) === plainName(label.name);
  }
  if (label.role !== 'object') {
    return true;
  }
  if (label.number !== null) {
    return hasNumber(label, candidate, target);
  }
  return label.colour === null
    ? candidate.objectId === target.activeObjectId
    : candidate.colour === label.colour;
}

/** A label as it was made, with nothing in it yet. */
function isUnused({ objectId, name, role }: Label, { prompts, tracks }: LabelTarget): boolean {
  const track = tracks.get(objectId);
  const isEmpty = (track?.prompted.size ?? 0) + (track?.propagated.size ?? 0) === 0;
  const isPrompted = prompts.some((prompt) => prompt.kind !== 'sharedPoint' && prompt.objectId === objectId);
  return role === 'object' && /^label \d+$/.test(name) && isEmpty && !isPrompted;
}
