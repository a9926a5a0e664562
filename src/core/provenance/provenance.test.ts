/** The log, what is read from it, and the sentences made of it, on logs made here. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId, newPromptId, type PromptId } from '../base/ids';
import type { HistorySnapshot } from '../history/describeStep';
import { createLabel, type Label } from '../label/label';
import type { Prompt } from '../prompt/prompt';
import type { FrameMask, MaskTrack, Tracks } from '../track/maskTrack';
import {
  emptyLog,
  entriesInForce,
  stretchesOf,
  withEntry,
  withEnvironment,
  type Action,
  type Environment,
  type LogEntry,
  type LoggedPrompt,
  type ProvenanceLog,
  type RunParameters,
} from './log';
import { maskHash } from './maskHash';
import { methodsFacts, type MethodsInput } from './methodsFacts';
import { methodsParagraph } from './methodsParagraph';
import { maskOrigins, traceLog } from './origins';
import { provenanceDocument, provenanceJson } from './provenanceJson';
import { rleIou, replayReport } from './replayReport';
import { applied, maskLibrary, replayStart } from './replayState';
import { stepActions } from './stepActions';

const one = objectId(1);
const two = objectId(2);
const upper: Label = { ...createLabel([]), name: 'upper dye' };
const floor: Label = { ...createLabel([upper], 'competitor'), name: 'floor' };

/** A mask of the first `area` of 16 pixels. */
function mask(area: number, more: Partial<FrameMask> = {}): FrameMask {
  const counts = Uint32Array.of(0, area, 16 - area);
  return {
    rle: { size: [4, 4], counts },
    box: area > 0 ? [0, 0, 4, 4] : null,
    areaPx: area,
    predictedIou: null,
    ...more,
  };
}

function track(
  id: typeof one,
  prompted: Record<number, FrameMask>,
  propagated: Record<number, FrameMask> = {},
): MaskTrack {
  const map = (masks: Record<number, FrameMask>): Map<number, FrameMask> =>
    new Map(Object.entries(masks).map(([frame, value]) => [Number(frame), value]));
  return { objectId: id, prompted: map(prompted), propagated: map(propagated) };
}

function tracksOf(...tracks: MaskTrack[]): Tracks {
  return new Map(tracks.map((entry) => [entry.objectId, entry]));
}

const painted = mask(5, { edit: 'painted', isAccepted: true });

function snapshot(change: Partial<HistorySnapshot> = {}): HistorySnapshot {
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

const parameters: RunParameters = {
  method: { kind: 'propagate', engine: 'memory', direction: 'forward', extent: 'wholeRange', fromFrame: 0 },
  range: { inFrame: 0, outFrame: 9 },
  objectIds: [one],
  annotatedFrames: [0],
  adjustments: null,
};

function run(
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

const box: Prompt = { kind: 'box', id: newPromptId(), objectId: one, frameIndex: 0, box: [0, 0, 2, 2] };

function promptsOn(frameIndex: number): Action {
  return {
    kind: 'prompts',
    frames: [{ frameIndex, prompts: [{ kind: 'box', objectId: one, box: [0, 0, 2, 2] }] }],
  };
}

function edit(frameIndex: number, made: FrameMask): Action {
  const { edit: kind = 'painted' } = made;
  const columns = { frames: [frameIndex], hashes: [maskHash(made.rle)], areasPx: [made.areaPx] };
  return { kind: 'edit', masks: [{ objectId: one, edit: kind, ...columns }], changedPx: 3 };
}

/** Each entry follows the one before it, unless it says otherwise. */
function logOf(
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

const environment: Environment = {
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

function input(change: Partial<MethodsInput> = {}): MethodsInput {
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

describe('The log', () => {
  it('keeps what was taken back, but not in force', () => {
    const log = logOf([promptsOn(0)], [promptsOn(1)], { parent: 1, actions: [promptsOn(2)] });
    expect(entriesInForce(log, 3).map(({ id }) => id)).toEqual([1, 3]);
    expect(entriesInForce(log, 2).map(({ id }) => id)).toEqual([1, 2]);
    expect(entriesInForce(log, null)).toEqual([]);
  });

  it('lets taken back entries go first when it grows too long, then the oldest', () => {
    const log = logOf([], [], { parent: 1, actions: [] });
    const [entry] = logOf([]).entries;
    const grown = withEntry(log, { ...entry!, id: 4, parent: 3 }, 4, 3);
    expect(grown.entries.map(({ id }) => id)).toEqual([1, 3, 4]);
    expect(grown.droppedEntries).toBe(1);
    const again = withEntry(grown, { ...entry!, id: 5, parent: 4 }, 5, 3);
    expect(again.entries.map(({ id }) => id)).toEqual([3, 4, 5]);
    expect(entriesInForce(again, 5).map(({ id }) => id)).toEqual([3, 4, 5]);
  });

  it('names each environment once', () => {
    const [first, place] = withEnvironment(emptyLog, environment);
    const [second, same] = withEnvironment(first, { ...environment });
    const [third, other] = withEnvironment(second, { ...environment, provider: 'webgpu' });
    expect([place, same, other]).toEqual([0, 0, 1]);
    expect(third.environments).toHaveLength(2);
  });

  it('writes frames as stretches that hold exactly these frames', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60)), (frames) => {
        const stretches = stretchesOf(frames);
        const held = stretches.flatMap(({ fromFrame, toFrame }) =>
          Array.from({ length: toFrame - fromFrame + 1 }, (_, step) => fromFrame + step),
        );
        expect(held).toEqual([...new Set(frames)].toSorted((a, b) => a - b));
        stretches.slice(1).forEach(({ fromFrame }, place) => {
          expect(fromFrame).toBeGreaterThan(stretches[place]!.toFrame + 1);
        });
      }),
    );
  });
});

describe('What a step did', () => {
  it('is told for prompts by all that the frame has afterwards', () => {
    const point: Prompt = {
      kind: 'point',
      id: 'p' as PromptId,
      objectId: one,
      frameIndex: 0,
      label: 0,
      point: { x: 1, y: 3 },
    };
    const actions = stepActions(snapshot({ prompts: [box] }), snapshot({ prompts: [box, point] }));
    expect(actions).toEqual([
      {
        kind: 'prompts',
        frames: [
          {
            frameIndex: 0,
            prompts: [
              { kind: 'box', objectId: 1, box: [0, 0, 2, 2] },
              { kind: 'point', objectId: 1, label: 0, x: 1, y: 3 },
            ],
          },
        ],
      },
    ]);
  });

  it('is told for painting with the pixels that changed, and not for what SAM drew', () => {
    const before = snapshot({ tracks: tracksOf(track(one, { 0: mask(3), 1: mask(2) })) });
    const after = snapshot({ tracks: tracksOf(track(one, { 0: painted, 1: mask(4) })) });
    expect(stepActions(before, after)).toEqual([
      {
        kind: 'edit',
        changedPx: 2,
        masks: [{ objectId: 1, edit: 'painted', frames: [0], hashes: [maskHash(painted.rle)], areasPx: [5] }],
      },
    ]);
  });

  it('is told for acceptance, its withdrawal, labels, rules and settings', () => {
    const accepted = mask(4, { isAccepted: true });
    const given = snapshot({ tracks: tracksOf(track(one, { 3: accepted }, { 3: mask(4) })) });
    const without = snapshot({ tracks: tracksOf(track(one, {}, { 3: mask(4) })) });
    expect(stepActions(without, given)).toEqual([{ kind: 'accept', masks: [{ objectId: 1, frames: [3] }] }]);
    expect(stepActions(given, without)).toEqual([{ kind: 'clear', masks: [{ objectId: 1, frames: [3] }] }]);
    expect(stepActions(snapshot(), snapshot({ labels: [upper, floor] }))).toEqual([
      {
        kind: 'labels',
        labels: [
          { objectId: 1, name: 'upper dye', role: 'object' },
          { objectId: 2, name: 'floor', role: 'competitor' },
        ],
      },
    ]);
    const thresholds = [{ fromFrame: 0, toFrame: 2, probability: 0.4 }];
    expect(
      stepActions(snapshot(), snapshot({ tracks: tracksOf({ ...track(one, {}), thresholds }) })),
    ).toEqual([{ kind: 'rules', objectId: 1, thresholds, cleanup: [] }]);
    expect(
      stepActions(snapshot(), snapshot({ useSharedPoints: false, range: { inFrame: 1, outFrame: 9 } })),
    ).toEqual([
      { kind: 'sharedPoints', isOn: false },
      { kind: 'range', inFrame: 1, outFrame: 9 },
    ]);
    expect(stepActions(snapshot(), snapshot({ labels: [{ ...upper, colour: '#000000' }] }))).toEqual([]);
  });

  it('tells a run from a version that was restored', () => {
    const then = tracksOf(track(one, {}, { 1: mask(2) }));
    const version = {
      kind: 'propagate',
      name: 'Before',
      id: 1,
      createdAtRun: 2,
      objectIds: [one],
      fromFrame: 1,
      toFrame: 1,
      tracks: then,
    } as const;
    const before = snapshot({ propagationRuns: 2, versions: [version], tracks: new Map() });
    expect(stepActions(before, snapshot({ propagationRuns: 3, tracks: then }))).toEqual([
      { kind: 'restore', run: 3, beforeRun: 2, fromFrame: 1, toFrame: 1 },
    ]);
    expect(stepActions(before, snapshot({ propagationRuns: 3 }), parameters)).toEqual([
      { kind: 'run', run: 3, parameters, result: null },
    ]);
  });
});

describe('Where masks came from', () => {
  const tracks = tracksOf(
    track(
      one,
      { 0: mask(3), 2: painted, 4: mask(2, { isAccepted: true }) },
      { 1: mask(3), 2: mask(4), 3: mask(4), 4: mask(2), 5: mask(1) },
    ),
  );

  it('is told by the last run or step that made each', () => {
    const log = logOf(
      [promptsOn(0)],
      [run(1, 1, 4)],
      [edit(2, painted)],
      [run(2, 3, 3, { method: { kind: 'refine', prompt: 'box' } })],
      [{ kind: 'accept', masks: [{ objectId: one, frames: [4] }] }],
    );
    const origins = maskOrigins(entriesInForce(log, 5), tracks);
    expect(origins.map(({ frameIndex, source, entry, run: by }) => [frameIndex, source, entry, by])).toEqual([
      [0, 'prompts', 1, null],
      [1, 'propagated', 2, 1],
      [2, 'painted', 3, null],
      [3, 'refined', 4, 2],
      [4, 'accepted', 5, 1],
      [5, 'propagated', null, null],
    ]);
  });

  it('is a label’s own prompts, whatever came later for others on the frame', () => {
    const boxOf = (objectId: typeof one): LoggedPrompt => ({ kind: 'box', objectId, box: [0, 0, 2, 2] });
    const log = logOf(
      [{ kind: 'prompts', frames: [{ frameIndex: 0, prompts: [boxOf(one)] }] }],
      [run(1, 0, 0, { objectIds: [one, two] })],
      [{ kind: 'prompts', frames: [{ frameIndex: 0, prompts: [boxOf(one), boxOf(two)] }] }],
    );
    const both = tracksOf(track(one, { 0: mask(3) }), track(two, { 0: mask(2) }));
    expect(maskOrigins(entriesInForce(log, 3), both).map(({ entry }) => entry)).toEqual([1, 3]);
    expect([...traceLog(entriesInForce(log, 3)).corrected]).toEqual(['2 0']);
  });

  it('forgets what was taken back, and follows versions that were restored', () => {
    const log = logOf(
      [run(1, 1, 3)],
      [run(2, 1, 3)],
      [{ kind: 'restore', run: 3, beforeRun: 2, fromFrame: 2, toFrame: 3 }],
    );
    const entryOn = (head: number): (number | null)[] =>
      maskOrigins(entriesInForce(log, head), tracksOf(track(one, {}, { 1: mask(1), 2: mask(1) }))).map(
        ({ entry }) => entry,
      );
    expect(entryOn(1)).toEqual([1, 1]);
    expect(entryOn(2)).toEqual([2, 2]);
    expect(entryOn(3)).toEqual([2, 1]);
  });
});

describe('The methods paragraph', () => {
  it('speaks of one and of many', () => {
    const single = input({
      prompts: [box],
      tracks: tracksOf(track(one, { 0: mask(3) }, { 1: mask(3) })),
      log: logOf([promptsOn(0)], [run(1, 1, 1)]),
      head: 2,
      footage: { name: 'clip.mp4', width: 4, height: 4, frameCount: 1, frameRate: null },
    });
    expect(methodsParagraph(methodsFacts(single))).toBe(
      'Masks were made with Maskflow 0.1.0 (commit abc1234) in the clip clip.mp4 (1 frame of 4 x 4 pixels). ' +
        '1 object was labelled (upper dye). ' +
        '1 frame was annotated by hand: 1 mask on 1 frame by SAM from prompts (1 box). ' +
        "1 mask on 1 frame was propagated by Maskflow's propagation (space-time memory, colour, motion and SAM together). " +
        'No propagated frame was corrected by hand. Masks were cut at a probability of 0.5. ' +
        'The model was MobileSAM (encoder.onnx, SHA-256 aa; decoder.onnx, SHA-256 bb), run in the browser by ONNX Runtime Web on WebAssembly with 1 thread.',
    );
    const many = input({
      labels: [upper, floor],
      prompts: [box, { ...box, id: 'b' as PromptId, objectId: two }],
      tracks: tracksOf(
        track(one, { 0: mask(3), 2: painted }, { 1: mask(3), 2: mask(3), 3: mask(3) }),
        track(two, { 0: mask(2) }, { 1: mask(2) }),
      ),
      log: logOf([promptsOn(0)], [run(1, 1, 3, { objectIds: [one, two] })], [edit(2, painted)]),
      head: 3,
      environment: { ...environment, provider: 'webgpu', adapter: 'Apple M3', appCommit: null },
    });
    const text = methodsParagraph(methodsFacts(many));
    expect(text).toContain('Maskflow 0.1.0 in the clip');
    expect(text).toContain('10 frames of 4 x 4 pixels, 25 frames per second');
    expect(text).toContain('1 further label (floor) competed for pixels and was left out of the result.');
    expect(text).toContain(
      '2 frames were annotated by hand: 2 masks on 1 frame by SAM from prompts (2 boxes) and 1 mask on 1 frame painted in 1 editing step.',
    );
    expect(text).toContain('3 masks on 2 frames were propagated by');
    expect(text).toContain('1 frame was corrected by hand (1 mask).');
    expect(text).toContain('on WebGPU (Apple M3).');
  });

  it('counts exactly the annotated and propagated frames of any tracks', () => {
    const frames = fc.uniqueArray(fc.nat(9));
    fc.assert(
      fc.property(frames, frames, (prompted, propagated) => {
        const of = (list: readonly number[]) => Object.fromEntries(list.map((frame) => [frame, mask(3)]));
        const facts = methodsFacts(input({ tracks: tracksOf(track(one, of(prompted), of(propagated))) }));
        const guessed = propagated.filter((frame) => !prompted.includes(frame)).length;
        expect(facts.handFrames).toBe(prompted.length);
        expect(facts.engines.reduce((sum, { masks }) => sum + masks, 0)).toBe(guessed);
      }),
    );
  });
});

describe('provenance.json', () => {
  it('is JSON with every step, marked where taken back, and every mask', () => {
    const log = logOf([promptsOn(0)], [run(1, 1, 1)], { parent: 1, actions: [run(1, 1, 2)] });
    const given = input({ log, head: 3, tracks: tracksOf(track(one, { 0: mask(3) }, { 1: mask(3) })) });
    const parsed = JSON.parse(provenanceJson(given)) as {
      steps: { id: number; isTakenBack: boolean }[];
      masks: { step: number; frameIndex: number; areaPx: number }[];
    };
    expect(parsed).toEqual(JSON.parse(JSON.stringify(provenanceDocument(given))));
    expect(parsed.steps.map(({ id, isTakenBack }) => [id, isTakenBack])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ]);
    expect(parsed.masks).toMatchObject([
      { frameIndex: 0, step: 1, areaPx: 3 },
      { frameIndex: 1, step: 3, areaPx: 3 },
    ]);
  });
});

describe('Replaying', () => {
  it('takes masks made by hand as they are, and says when they are no more', () => {
    const kept = tracksOf(track(one, { 2: painted }));
    const library = maskLibrary(kept, [], []);
    const known = applied(replayStart(10), edit(2, painted), library);
    expect(known.tracks.get(one)?.prompted.get(2)).toBe(painted);
    expect(known.replacedMasks).toBe(0);
    const gone = applied(replayStart(10), edit(2, mask(7, { edit: 'painted' })), library);
    expect(gone.tracks.get(one)?.prompted.get(2)).toBe(painted);
    expect(gone.replacedMasks).toBe(1);
  });

  it('marks the frames whose prompts changed, with the labels that they belong to', () => {
    const library = maskLibrary(new Map(), [], []);
    const prompted = applied(replayStart(10), promptsOn(4), library);
    expect([...prompted.stale]).toEqual([[4, new Set([one])]]);
    expect(prompted.prompts).toMatchObject([{ kind: 'box', frameIndex: 4, box: [0, 0, 2, 2] }]);
  });

  it('compares what was drawn, by step and label, and leaves the rest', () => {
    const kept = tracksOf(track(one, { 0: mask(4), 2: painted }, { 1: mask(8) }));
    const replayed = tracksOf(track(one, { 0: mask(4) }, { 1: mask(6) }));
    const log = logOf([promptsOn(0)], [run(1, 1, 1)], [edit(2, painted)]);
    const report = replayReport(
      entriesInForce(log, 3),
      [upper],
      { kept, replayed },
      { replacedMasks: 0, droppedEntries: 0 },
    );
    expect(report.rows.map(({ step, meanIou }) => [step, meanIou])).toEqual([
      ['Step 1', 1],
      ['Step 2', 0.75],
    ]);
    expect(report).toMatchObject({ givenMasks: 1, comparedMasks: 2, meanIou: 0.875, minIou: 0.75 });
    expect(rleIou(null, mask(0).rle)).toBe(1);
    expect(rleIou(null, mask(1).rle)).toBe(0);
  });
});
