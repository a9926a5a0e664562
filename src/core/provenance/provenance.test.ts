/** The log, what each step is told by, and where masks came from. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PromptId } from '../base/ids';
import { type Prompt } from '../prompt/prompt';
import {
  one,
  two,
  upper,
  floor,
  mask,
  track,
  tracksOf,
  painted,
  snapshot,
  parameters,
  run,
  box,
  promptsOn,
  edit,
  logOf,
  environment,
} from './__fixtures__/logs';
import {
  emptyLog,
  entriesInForce,
  stretchesOf,
  withEntry,
  withEnvironment,
  withFrame,
  type FrameStretch,
  type LoggedPrompt,
} from './log';
import { maskHash } from './maskHash';
import { maskOrigins, traceLog } from './origins';
import { stepActions } from './stepActions';

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
        expect(frames.reduce<readonly FrameStretch[]>(withFrame, [])).toEqual(stretches);
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
    const study = { ...version, kind: 'study', name: 'Study: Memory', id: 7 } as const;
    expect(
      stepActions({ ...before, versions: [study] }, snapshot({ propagationRuns: 3, tracks: then })),
    ).toEqual([
      {
        kind: 'studyResult',
        run: 3,
        version: 7,
        name: 'Study: Memory',
        objectIds: [one],
        fromFrame: 1,
        toFrame: 1,
      },
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
    const boxOf = (id: typeof one): LoggedPrompt => ({ kind: 'box', objectId: id, box: [0, 0, 2, 2] });
    const log = logOf(
      [{ kind: 'prompts', frames: [{ frameIndex: 0, prompts: [boxOf(one)] }] }],
      [run(1, 0, 0, { objectIds: [one, two] })],
      [{ kind: 'prompts', frames: [{ frameIndex: 0, prompts: [boxOf(one), boxOf(two)] }] }],
    );
    const both = tracksOf(track(one, { 0: mask(3) }), track(two, { 0: mask(2) }));
    expect(maskOrigins(entriesInForce(log, 3), both).map(({ entry }) => entry)).toEqual([1, 3]);
    expect([...traceLog(entriesInForce(log, 3)).corrected]).toEqual(['2 0']);
  });

  it('is a study where its result was restored, until what was there before is', () => {
    const log = logOf(
      [run(1, 1, 3)],
      [
        {
          kind: 'studyResult',
          run: 2,
          version: 4,
          name: 'Study: SAM',
          objectIds: [one],
          fromFrame: 2,
          toFrame: 3,
        },
      ],
      [{ kind: 'restore', run: 3, beforeRun: 2, fromFrame: 3, toFrame: 3 }],
    );
    const present = tracksOf(track(one, {}, { 1: mask(1), 2: mask(1), 3: mask(1) }));
    const sourcesAt = (head: number): unknown[] =>
      maskOrigins(entriesInForce(log, head), present).map(({ source, entry, run: by }) => [
        source,
        entry,
        by,
      ]);
    const [first, taken] = [
      ['propagated', 1, 1],
      ['study', 2, null],
    ];
    expect(sourcesAt(2)).toEqual([first, taken, taken]);
    expect(sourcesAt(3)).toEqual([first, taken, first]);
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
