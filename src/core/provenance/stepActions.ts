/** What one step of undo did, told by the annotation before and after it. */
import type { ObjectId } from '../base/ids';
import { differenceAreaPx } from '../compare/maskDifference';
import type { HistorySnapshot } from '../history/describeStep';
import type { Label } from '../label/label';
import type { Prompt } from '../prompt/prompt';
import { maskAt, type FrameMask, type MaskEdit, type MaskTrack } from '../track/maskTrack';
import type { Action, LabelFrames, LoggedLabel, LoggedMasks, LoggedPrompt, RunParameters } from './log';
import { maskHash } from './maskHash';

export function loggedPrompt(prompt: Prompt): LoggedPrompt {
  switch (prompt.kind) {
    case 'point':
      return { kind: 'point', objectId: prompt.objectId, label: prompt.label, ...prompt.point };
    case 'sharedPoint':
      return { kind: 'sharedPoint', ...prompt.point };
    case 'box':
      return { kind: 'box', objectId: prompt.objectId, box: prompt.box };
    default:
      return { kind: 'mask', objectId: prompt.objectId, hash: maskHash(prompt.rle) };
  }
}

export function loggedLabels(labels: readonly Label[]): LoggedLabel[] {
  return labels.map(({ objectId, name, role }) => ({ objectId, name, role }));
}

/** The actions in the order in which replaying takes them; none when only looks have changed. */
export function stepActions(
  before: HistorySnapshot,
  after: HistorySnapshot,
  parameters: RunParameters | null = null,
): Action[] {
  return [
    ...labelActions(before, after),
    ...promptActions(before, after),
    ...maskActions(before, after),
    ...ruleActions(before, after),
    ...settingActions(before, after),
    ...runActions(before, after, parameters),
  ];
}

function labelActions(before: HistorySnapshot, after: HistorySnapshot): Action[] {
  const [then, now] = [loggedLabels(before.labels), loggedLabels(after.labels)];
  return JSON.stringify(then) === JSON.stringify(now) ? [] : [{ kind: 'labels', labels: now }];
}

function promptActions(before: HistorySnapshot, after: HistorySnapshot): Action[] {
  if (before.prompts === after.prompts) {
    return [];
  }
  const [then, now] = [new Set(before.prompts), new Set(after.prompts)];
  const changed = [
    ...before.prompts.filter((prompt) => !now.has(prompt)),
    ...after.prompts.filter((prompt) => !then.has(prompt)),
  ];
  const frames = [...new Set(changed.map(({ frameIndex }) => frameIndex))].toSorted((a, b) => a - b);
  return frames.length === 0
    ? []
    : [
        {
          kind: 'prompts',
          frames: frames.map((frameIndex) => ({
            frameIndex,
            prompts: after.prompts.filter((prompt) => prompt.frameIndex === frameIndex).map(loggedPrompt),
          })),
        },
      ];
}

/** What changed among a label's annotated masks; what SAM drew from prompts is told by those. */
function maskActions(before: HistorySnapshot, after: HistorySnapshot): Action[] {
  const made: LoggedMasks[] = [];
  const cleared: LabelFrames[] = [];
  const accepted: LabelFrames[] = [];
  let changedPx = 0;
  for (const { objectId } of after.labels) {
    const [then, now] = [before.tracks.get(objectId), after.tracks.get(objectId)];
    if (then?.prompted === now?.prompted) {
      continue;
    }
    const edits = editedMasks(then, now);
    changedPx += edits.reduce(
      (sum, { frameIndex, mask }) =>
        sum + differenceAreaPx(maskAt(then, frameIndex)?.mask.rle ?? null, mask.rle),
      0,
    );
    made.push(...columns(objectId, edits));
    accepted.push(...labelFrames(objectId, acceptedFrames(then, now)));
    cleared.push(...labelFrames(objectId, clearedFrames(then, now)));
  }
  return [
    ...(made.length > 0 ? [{ kind: 'edit', masks: made, changedPx } as const] : []),
    ...(cleared.length > 0 ? [{ kind: 'clear', masks: cleared } as const] : []),
    ...(accepted.length > 0 ? [{ kind: 'accept', masks: accepted } as const] : []),
  ];
}

type Edited = { readonly frameIndex: number; readonly mask: FrameMask; readonly edit: MaskEdit };

function editedMasks(then: MaskTrack | undefined, now: MaskTrack | undefined): Edited[] {
  return [...(now?.prompted ?? [])].flatMap(([frameIndex, mask]) =>
    mask.edit && then?.prompted.get(frameIndex) !== mask ? [{ frameIndex, mask, edit: mask.edit }] : [],
  );
}

function acceptedFrames(then: MaskTrack | undefined, now: MaskTrack | undefined): number[] {
  return [...(now?.prompted ?? [])].flatMap(([frame, mask]) =>
    mask.isAccepted && !mask.edit && then?.prompted.get(frame) !== mask ? [frame] : [],
  );
}

/** Masks drawn from prompts go with their prompts, and need no word of their own. */
function clearedFrames(then: MaskTrack | undefined, now: MaskTrack | undefined): number[] {
  return [...(then?.prompted ?? [])].flatMap(([frame, mask]) =>
    mask.isAccepted && now?.prompted.get(frame) === undefined ? [frame] : [],
  );
}

function labelFrames(objectId: ObjectId, frames: readonly number[]): LabelFrames[] {
  return frames.length === 0 ? [] : [{ objectId, frames }];
}

function columns(objectId: ObjectId, edits: readonly Edited[]): LoggedMasks[] {
  return [...new Set(edits.map(({ edit }) => edit))].map((kind) => {
    const some = edits.filter(({ edit }) => edit === kind);
    return {
      objectId,
      edit: kind,
      frames: some.map(({ frameIndex }) => frameIndex),
      hashes: some.map(({ mask }) => maskHash(mask.rle)),
      areasPx: some.map(({ mask }) => mask.areaPx),
    };
  });
}

function ruleActions(before: HistorySnapshot, after: HistorySnapshot): Action[] {
  return after.labels.flatMap(({ objectId }): Action[] => {
    const [then, now] = [before.tracks.get(objectId), after.tracks.get(objectId)];
    return then?.thresholds === now?.thresholds && then?.rules === now?.rules
      ? []
      : [{ kind: 'rules', objectId, thresholds: now?.thresholds ?? [], cleanup: now?.rules ?? [] }];
  });
}

function settingActions(before: HistorySnapshot, after: HistorySnapshot): Action[] {
  const { inFrame, outFrame } = after.range;
  const hasMoved = before.range.inFrame !== inFrame || before.range.outFrame !== outFrame;
  return [
    ...(before.useSharedPoints === after.useSharedPoints
      ? []
      : [{ kind: 'sharedPoints', isOn: after.useSharedPoints } as const]),
    ...(hasMoved ? [{ kind: 'range', inFrame, outFrame } as const] : []),
  ];
}

/** A run that says nothing of itself and whose masks are those of a version has restored that version. */
function runActions(
  before: HistorySnapshot,
  after: HistorySnapshot,
  parameters: RunParameters | null,
): Action[] {
  const run = after.propagationRuns;
  if (before.propagationRuns === run) {
    return [];
  }
  const restored = parameters ? undefined : restoredVersion(before, after);
  if (!restored) {
    return [{ kind: 'run', run, parameters, result: null }];
  }
  const { id, kind, name, createdAtRun, objectIds, fromFrame, toFrame } = restored;
  // No run has ever left the masks of a study behind.
  return kind === 'study'
    ? [{ kind: 'studyResult', run, version: id, name, objectIds, fromFrame, toFrame }]
    : [{ kind: 'restore', run, beforeRun: createdAtRun, fromFrame, toFrame }];
}

function restoredVersion({ versions }: HistorySnapshot, { tracks }: HistorySnapshot) {
  return versions.findLast((version) =>
    version.objectIds.every((objectId) => {
      const [then, now] = [version.tracks.get(objectId), tracks.get(objectId)];
      for (let frame = version.fromFrame; frame <= version.toFrame; frame += 1) {
        if (then?.propagated.get(frame) !== now?.propagated.get(frame)) {
          return false;
        }
      }
      return true;
    }),
  );
}
