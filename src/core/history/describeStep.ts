/** Says in words what one step of undo changed. */
import type { ObjectId } from '../base/ids';
import type { ReferenceSet } from '../compare/referenceSet';
import type { Label } from '../label/label';
import type { Calibration } from '../measure/calibration';
import type { Prompt } from '../prompt/prompt';
import type { Tracks } from '../track/maskTrack';
import { framesText, type MaskVersion } from '../track/maskVersions';
import { nameOfCalibrationChange } from './calibrationChange';
import { nameOfLabelChange } from './labelChange';
import { nameOfPromptChange } from './promptChange';

/** What undo restores, as far as steps are told by it. */
export type HistorySnapshot = {
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly tracks: Tracks;
  readonly useSharedPoints: boolean;
  readonly versions: readonly MaskVersion[];
  readonly lastEdit: { readonly name: string; readonly fromFrame: number; readonly toFrame: number } | null;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
  readonly propagationRuns: number;
  readonly acceptances: number;
  readonly calibration: Calibration;
  readonly references: readonly Pick<ReferenceSet, 'id' | 'name'>[];
};

/** Such as `Box of upper dye, frame 3`. The names of labels are those of the time. */
export function describeStep(before: HistorySnapshot, after: HistorySnapshot): string {
  return (
    nameOfRun(before, after) ??
    nameOfEdit(before, after) ??
    nameOfAcceptance(before, after) ??
    nameOfLabelChange(before.labels, after.labels) ??
    nameOfPromptChange(before.prompts, after.prompts, labelNames(before, after)) ??
    nameOfRule(before, after) ??
    nameOfSetting(before, after) ??
    nameOfCalibrationChange(before.calibration, after.calibration) ??
    nameOfReferenceChange(before, after) ??
    'Change'
  );
}

function labelNames(before: HistorySnapshot, after: HistorySnapshot): (objectId: ObjectId) => string {
  return (objectId) =>
    [...after.labels, ...before.labels].find((label) => label.objectId === objectId)?.name ?? 'a label';
}

/** Runs are called what they called the version they left; the first one had nothing to leave. */
function nameOfRun(before: HistorySnapshot, after: HistorySnapshot): string | null {
  if (before.propagationRuns === after.propagationRuns) {
    return null;
  }
  const version = after.versions.findLast(({ createdAtRun }) => createdAtRun === before.propagationRuns + 1);
  const isNew = version !== undefined && !before.versions.includes(version);
  return isNew ? sentenceCase(version.name.replace(/^Before /, '')) : 'Propagation';
}

function nameOfEdit(before: HistorySnapshot, { lastEdit }: HistorySnapshot): string | null {
  if (lastEdit === null || lastEdit === before.lastEdit) {
    return null;
  }
  return `${lastEdit.name}, ${framesText(lastEdit.fromFrame, lastEdit.toFrame)}`;
}

function nameOfAcceptance(before: HistorySnapshot, after: HistorySnapshot): string | null {
  if (before.acceptances === after.acceptances) {
    return null;
  }
  const [then, now] = [acceptedFrames(before.tracks), acceptedFrames(after.tracks)];
  const [added] = [...now].filter((frame) => !then.has(frame));
  const [removed] = [...then].filter((frame) => !now.has(frame));
  if (added === undefined && removed !== undefined) {
    return `Take back acceptance of frame ${removed}`;
  }
  return added === undefined ? 'Accept a frame' : `Accept frame ${added}`;
}

function acceptedFrames(tracks: Tracks): Set<number> {
  return new Set(
    [...tracks.values()].flatMap(({ prompted }) =>
      [...prompted].flatMap(([frame, mask]) => (mask.isAccepted ? [frame] : [])),
    ),
  );
}

function nameOfRule(before: HistorySnapshot, after: HistorySnapshot): string | null {
  for (const [objectId, track] of after.tracks) {
    const old = before.tracks.get(objectId);
    const name = labelNames(before, after)(objectId);
    if (track.thresholds !== old?.thresholds) {
      return `Threshold of ${name}`;
    }
    if (track.rules !== old?.rules) {
      return `Clean-up rule of ${name}`;
    }
  }
  return null;
}

function nameOfSetting(before: HistorySnapshot, after: HistorySnapshot): string | null {
  if (before.useSharedPoints !== after.useSharedPoints) {
    return `Shared background points ${after.useSharedPoints ? 'on' : 'off'}`;
  }
  const { inFrame, outFrame } = after.range;
  const isIn = before.range.inFrame !== inFrame;
  const isOut = before.range.outFrame !== outFrame;
  if (!isIn && !isOut) {
    return null;
  }
  return isIn && isOut
    ? `In and out points ${inFrame}-${outFrame}`
    : isIn
      ? `In point to frame ${inFrame}`
      : `Out point to frame ${outFrame}`;
}

function nameOfReferenceChange(before: HistorySnapshot, after: HistorySnapshot): string | null {
  const added = after.references.find(({ id }) => !before.references.some((other) => other.id === id));
  const removed = before.references.find(({ id }) => !after.references.some((other) => other.id === id));
  if (added) {
    return `Import reference ${added.name}`;
  }
  if (removed) {
    return `Remove reference ${removed.name}`;
  }
  const renamed = after.references.find(({ id, name }) =>
    before.references.some((other) => other.id === id && other.name !== name),
  );
  return renamed ? `Rename reference to ${renamed.name}` : null;
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
