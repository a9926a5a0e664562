/** Logs, tracks and snapshots made by hand, for the tests of the log. */
import { objectId, newPromptId } from '../../base/ids';
import type { HistorySnapshot } from '../../history/describeStep';
import { createLabel, type Label } from '../../label/label';
import type { BoxPrompt } from '../../prompt/prompt';
import type { FrameMask, MaskTrack, Tracks } from '../../track/maskTrack';
import {
  emptyLog,
  type Action,
  type Environment,
  type LogEntry,
  type ProvenanceLog,
  type RunParameters,
} from '../log';
import { maskHash } from '../maskHash';
import type { MethodsInput } from '../methodsFacts';

export const one = objectId(1);
export const two = objectId(2);
export const upper: Label = { ...createLabel([]), name: 'upper dye' };
export const floor: Label = { ...createLabel([upper], 'competitor'), name: 'floor' };

/** A mask of the first `area` of 16 pixels. */
export function mask(area: number, more: Partial<FrameMask> = {}): FrameMask {
  const counts = Uint32Array.of(0, area, 16 - area);
  return {
    rle: { size: [4, 4], counts },
    box: area > 0 ? [0, 0, 4, 4] : null,
    areaPx: area,
    predictedIou: null,
    ...more,
  };
}

function byFrame(masks: Record<number, FrameMask>): Map<number, FrameMask> {
  return new Map(Object.entries(masks).map(([frame, value]) => [Number(frame), value]));
}

export function track(
  id: typeof one,
  prompted: Record<number, FrameMask>,
  propagated: Record<number, FrameMask> = {},
): MaskTrack {
  return { objectId: id, prompted: byFrame(prompted), propagated: byFrame(propagated) };
}

export function tracksOf(...tracks: MaskTrack[]): Tracks {
  return new Map(tracks.map((entry) => [entry.objectId, entry]));
}

export const painted = mask(5, { edit: 'painted', isAccepted: true });

export function snapshot(change: Partial<HistorySnapshot> = {}): HistorySnapshot {
  return {
    labels: [upper],
    prompts: [],
    tracks: new Map(),
    useSharedPoints: true,
    versions: [],
    lastEdit: null,
    range: { inFrame: 0, outFrame: 9 },
    propagationRuns: 0,
    acceptances: 0,
    ...change,
  } as HistorySnapshot;
}

export const parameters: RunParameters = {
  method: { kind: 'propagate', engine: 'memory', direction: 'forward', extent: 'wholeRange', fromFrame: 0 },
  range: { inFrame: 0, outFrame: 9 },
  objectIds: [one],
  annotatedFrames: [0],
  adjustments: null,
};

export function run(
  number: number,
  fromFrame: number,
  toFrame: number,
  change: Partial<RunParameters> = {},
): Action {
  return {
    kind: 'run',
    run: number,
    parameters: { ...parameters, ...change },
    result: { outcome: 'done', drawn: [{ fromFrame, toFrame }], cues: { colour: 3 }, seconds: 2 },
  };
}

export const box: BoxPrompt = {
  kind: 'box',
  id: newPromptId(),
  objectId: one,
  frameIndex: 0,
  box: [0, 0, 2, 2],
};

export function promptsOn(frameIndex: number): Action {
  return {
    kind: 'prompts',
    frames: [{ frameIndex, prompts: [{ kind: 'box', objectId: one, box: [0, 0, 2, 2] }] }],
  };
}

export function edit(frameIndex: number, made: FrameMask): Action {
  const { edit: kind = 'painted' } = made;
  const columns = { frames: [frameIndex], hashes: [maskHash(made.rle)], areasPx: [made.areaPx] };
  return { kind: 'edit', masks: [{ objectId: one, edit: kind, ...columns }], changedPx: 3 };
}

/** Each entry follows the one before it, unless it says otherwise. */
export function logOf(
  ...steps: (Action[] | { readonly parent: number | null; readonly actions: Action[] })[]
): ProvenanceLog {
  const entries = steps.map((step, index): LogEntry => {
    const { parent, actions } = Array.isArray(step)
      ? { parent: index === 0 ? null : index, actions: step }
      : step;
    return {
      id: index + 1,
      parent,
      atMs: 1000 * index,
      name: `Step ${index + 1}`,
      environment: null,
      actions,
    };
  });
  return { ...emptyLog, entries };
}

export const environment: Environment = {
  appVersion: '0.1.0',
  appCommit: 'abc1234',
  modelName: 'MobileSAM',
  modelFiles: [
    { name: 'encoder.onnx', sha256: 'aa' },
    { name: 'decoder.onnx', sha256: 'bb' },
  ],
  provider: 'wasm',
  adapter: null,
  threads: 1,
};

export function input(change: Partial<MethodsInput> = {}): MethodsInput {
  return {
    footage: { name: 'clip.mp4', width: 4, height: 4, frameCount: 10, frameRate: 25 },
    labels: [upper],
    prompts: [],
    useSharedPoints: true,
    tracks: new Map(),
    log: emptyLog,
    head: null,
    environment,
    adjustments: null,
    ...change,
  };
}
