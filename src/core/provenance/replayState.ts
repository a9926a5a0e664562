/** The annotation as replaying the log makes it: every step but what a model draws. */
import { assertNever } from '../base/assert';
import { newPromptId, type ObjectId } from '../base/ids';
import { createLabel, type Label } from '../label/label';
import type { Rle } from '../mask/rle';
import type { Prompt } from '../prompt/prompt';
import { acceptedMasks } from '../track/acceptedMasks';
import { emptyTrack, type FrameMask, type Tracks } from '../track/maskTrack';
import { restoredTracks, type MaskVersion } from '../track/maskVersions';
import { withFrameMasks } from '../track/trackEdits';
import type { Action, LoggedPrompt } from './log';
import { maskHash } from './maskHash';
import { labelsWithOtherPrompts } from './ownPrompts';
import { loggedPrompt } from './stepActions';

/** Masks that cannot be drawn again, by their hash: made by hand or imported, and those given to SAM as prompts. */
export type MaskLibrary = {
  readonly masks: ReadonlyMap<number, FrameMask>;
  readonly prompts: ReadonlyMap<number, Rle>;
  /** What studies drew, by the id of the version that keeps it. */
  readonly studies: ReadonlyMap<number, Tracks>;
  /** The masks as they are kept, for those that the log knows and that are no more. */
  readonly kept: Tracks;
};

export type ReplayState = {
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly tracks: Tracks;
  readonly useSharedPoints: boolean;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
  /** Frames to be drawn again from their prompts, each with the labels whose own prompts changed. */
  readonly stale: ReadonlyMap<number, ReadonlySet<ObjectId>>;
  /** The tracks before each run, for versions that were restored. */
  readonly beforeRuns: ReadonlyMap<number, Tracks>;
  /** Masks made by hand that are no more as they were then: the one kept now stands in, or none. */
  readonly replacedMasks: number;
};

export function replayStart(frameCount: number): ReplayState {
  return {
    labels: [createLabel([])],
    prompts: [],
    tracks: new Map(),
    useSharedPoints: true,
    range: { inFrame: 0, outFrame: frameCount - 1 },
    stale: new Map(),
    beforeRuns: new Map(),
    replacedMasks: 0,
  };
}

/** All masks at hand that a log may name. */
export function maskLibrary(
  kept: Tracks,
  versions: readonly MaskVersion[],
  prompts: readonly Prompt[],
): MaskLibrary {
  const masks = new Map<number, FrameMask>();
  for (const tracks of [...versions.map((version) => version.tracks), kept]) {
    for (const track of tracks.values()) {
      for (const mask of track.prompted.values()) {
        if (mask.edit) {
          masks.set(maskHash(mask.rle), mask);
        }
      }
    }
  }
  const rles = prompts.flatMap((prompt) => (prompt.kind === 'mask' ? [prompt.rle] : []));
  const studies = new Map(
    versions.flatMap(({ id, kind, tracks }) => (kind === 'study' ? [[id, tracks] as const] : [])),
  );
  return { masks, prompts: new Map(rles.map((rle) => [maskHash(rle), rle])), studies, kept };
}

/** Everything but runs, which a model has to draw; those leave the state as it is. */
export function applied(state: ReplayState, action: Action, library: MaskLibrary): ReplayState {
  switch (action.kind) {
    case 'prompts':
      return withPrompts(state, action, library);
    case 'sharedPoints':
      return withSharedPoints(state, action.isOn);
    case 'edit':
      return withEdit(state, action, library);
    case 'clear':
      return { ...state, tracks: withMasks(state.tracks, action.masks, () => null) };
    case 'accept':
      return withAccepted(state, action);
    case 'restore':
      return withRestored(state, action);
    case 'studyResult':
      return withStudyResult(state, action, library);
    case 'labels':
      return withLabels(state, action);
    case 'rules': {
      const track = state.tracks.get(action.objectId) ?? emptyTrack(action.objectId);
      const ruled = { ...track, thresholds: action.thresholds, rules: action.cleanup };
      return { ...state, tracks: new Map(state.tracks).set(action.objectId, ruled) };
    }
    case 'range':
      return { ...state, range: { inFrame: action.inFrame, outFrame: action.outFrame } };
    case 'run':
      return { ...state, beforeRuns: new Map(state.beforeRuns).set(action.run, state.tracks) };
    default:
      return assertNever(action);
  }
}

type Of<K extends Action['kind']> = Extract<Action, { kind: K }>;

function promptOf(logged: LoggedPrompt, frameIndex: number, library: MaskLibrary): Prompt[] {
  const base = { id: newPromptId(), frameIndex };
  switch (logged.kind) {
    case 'point': {
      const { objectId, label, x, y } = logged;
      return [{ ...base, kind: 'point', objectId, label, point: { x, y } }];
    }
    case 'sharedPoint':
      return [{ ...base, kind: 'sharedPoint', point: { x: logged.x, y: logged.y } }];
    case 'box':
      return [{ ...base, ...logged }];
    case 'mask': {
      const rle = library.prompts.get(logged.hash);
      return rle ? [{ ...base, kind: 'mask', objectId: logged.objectId, rle }] : [];
    }
    default:
      return assertNever(logged);
  }
}

function withPrompts(state: ReplayState, { frames }: Of<'prompts'>, library: MaskLibrary): ReplayState {
  const changed = new Map(frames.map((frame) => [frame.frameIndex, frame.prompts]));
  const stale = new Map(state.stale);
  let missing = 0;
  for (const [frameIndex, prompts] of changed) {
    const before = state.prompts.filter((prompt) => prompt.frameIndex === frameIndex).map(loggedPrompt);
    stale.set(
      frameIndex,
      new Set([...(stale.get(frameIndex) ?? []), ...labelsWithOtherPrompts(before, prompts)]),
    );
    missing += prompts.filter((prompt) => prompt.kind === 'mask' && !library.prompts.has(prompt.hash)).length;
  }
  const prompts = [
    ...state.prompts.filter(({ frameIndex }) => !changed.has(frameIndex)),
    ...frames.flatMap(({ frameIndex, prompts: now }) =>
      now.flatMap((prompt) => promptOf(prompt, frameIndex, library)),
    ),
  ];
  return { ...state, prompts, stale, replacedMasks: state.replacedMasks + missing };
}

function withSharedPoints(state: ReplayState, useSharedPoints: boolean): ReplayState {
  const stale = new Map(state.stale);
  for (const prompt of state.prompts) {
    if (prompt.kind === 'sharedPoint') {
      stale.set(prompt.frameIndex, stale.get(prompt.frameIndex) ?? new Set());
    }
  }
  return { ...state, useSharedPoints, stale };
}

function withEdit(state: ReplayState, { masks }: Of<'edit'>, library: MaskLibrary): ReplayState {
  let { tracks } = state;
  let replaced = 0;
  for (const { objectId, frames, hashes } of masks) {
    frames.forEach((frameIndex, index) => {
      const known = library.masks.get(hashes[index]!);
      const kept = library.kept.get(objectId)?.prompted.get(frameIndex);
      const mask = known ?? (kept?.edit ? kept : undefined);
      replaced += known ? 0 : 1;
      tracks = mask ? withFrameMasks(tracks, 'prompted', frameIndex, [[objectId, mask]]) : tracks;
    });
  }
  return { ...state, tracks, replacedMasks: state.replacedMasks + replaced };
}

function withMasks(
  tracks: Tracks,
  masks: Of<'clear'>['masks'],
  maskOf: (objectId: ObjectId, frameIndex: number) => FrameMask | null,
): Tracks {
  return masks.reduce(
    (result, { objectId, frames }) =>
      frames.reduce(
        (all, frame) => withFrameMasks(all, 'prompted', frame, [[objectId, maskOf(objectId, frame)]]),
        result,
      ),
    tracks,
  );
}

function withAccepted(state: ReplayState, { masks }: Of<'accept'>): ReplayState {
  const frames = new Set(masks.flatMap((entry) => entry.frames));
  let { tracks } = state;
  for (const frame of frames) {
    const wanted = new Set(masks.flatMap((entry) => (entry.frames.includes(frame) ? [entry.objectId] : [])));
    const found = acceptedMasks(tracks, state.labels, frame).filter(([objectId]) => wanted.has(objectId));
    tracks = withFrameMasks(tracks, 'prompted', frame, found);
  }
  return { ...state, tracks };
}

function withRestored(
  state: ReplayState,
  { run, beforeRun, fromFrame, toFrame }: Of<'restore'>,
): ReplayState {
  const tracks = state.beforeRuns.get(beforeRun);
  const beforeRuns = new Map(state.beforeRuns).set(run, state.tracks);
  if (!tracks) {
    return { ...state, beforeRuns };
  }
  const objectIds = state.labels.map(({ objectId }) => objectId);
  const version = { kind: 'restore', name: '', id: 0, createdAtRun: beforeRun } as const;
  const stretch = { fromFrame, toFrame, objectIds, tracks };
  return {
    ...state,
    beforeRuns,
    tracks: restoredTracks(state.tracks, state.labels, { ...version, ...stretch }),
  };
}

/** As given, for the log does not tell how a study drew; where its version is no more, what stands there now. */
function withStudyResult(
  state: ReplayState,
  { run, version, name, objectIds, fromFrame, toFrame }: Of<'studyResult'>,
  library: MaskLibrary,
): ReplayState {
  const tracks = library.studies.get(version) ?? library.kept;
  const stretch = { fromFrame, toFrame, objectIds, tracks };
  const kept = { kind: 'study', name, id: version, createdAtRun: run } as const;
  return {
    ...state,
    beforeRuns: new Map(state.beforeRuns).set(run, state.tracks),
    tracks: restoredTracks(state.tracks, state.labels, { ...kept, ...stretch }),
  };
}

function withLabels(state: ReplayState, { labels }: Of<'labels'>): ReplayState {
  const known = new Set(labels.map(({ objectId }) => objectId));
  return {
    ...state,
    labels: labels.map((label) => ({ ...label, colour: '#000000', isVisible: true })),
    tracks: new Map([...state.tracks].filter(([objectId]) => known.has(objectId))),
  };
}
