import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import type { LabelPrompts, PropagationRequest } from '../workers/segment/segmentProtocol';
import { MaskRun } from './maskRun';
import { propagationRun } from './propagate';
import { refinementRun } from './refineTracks';
import {
  one,
  timings,
  maskOf,
  footage,
  ready,
  nextTurn,
  steppedPropagator,
} from './__fixtures__/appFixtures';

describe('Propagation', () => {
  const settled = async (): Promise<void> => undefined;
  const never = (): Promise<never> => Promise.reject(new Error('not asked'));

  it('runs both ways and stops at neighbouring prompted frames, which stay as they were', async () => {
    const store = ready();
    [0, 4, 8].forEach((frame) => store.getState().setFrameMasks('prompted', frame, [[one, maskOf(60)]]));
    store.getState().seek(4);
    const propagator = steppedPropagator();
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, propagator, 'both', 'untilPrompted'),
    );
    const track = store.getState().tracks.get(one);
    expect([...(track?.propagated.keys() ?? [])].toSorted()).toEqual([1, 2, 3, 5, 6, 7]);
    expect([...(track?.prompted.values() ?? [])].every((mask) => mask.areaPx === 60)).toBe(true);
    expect(store.getState().propagation).toBeNull();
  });

  it('pauses, resumes and stops', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    const propagator = steppedPropagator();
    const propagation = new MaskRun(store, settled);
    const run = propagation.start('propagate', () =>
      propagationRun(store, propagator, 'forward', 'wholeRange'),
    );
    await nextTurn();
    propagation.pause();
    await nextTurn();
    await nextTurn();
    const doneWhenPaused = store.getState().propagation?.framesDone ?? -1;
    await nextTurn();
    await nextTurn();
    await nextTurn();
    expect(store.getState().propagation?.state).toBe('paused');
    expect(store.getState().propagation?.framesDone).toBe(doneWhenPaused);
    propagation.resume();
    await nextTurn();
    await nextTurn();
    await nextTurn();
    expect(store.getState().propagation?.framesDone).toBeGreaterThan(doneWhenPaused);
    propagation.stop();
    await run;
    const kept = store.getState().tracks.get(one)?.propagated.size ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(9);
  });

  it('begins no step of undo when it is stopped before it could start', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    store.temporal.getState().clear();
    let settle = (): void => undefined;
    const waiting = new MaskRun(
      store,
      () =>
        new Promise((resolve) => {
          settle = resolve;
        }),
    );
    const propagator = steppedPropagator();
    const run = waiting.start('propagate', () => propagationRun(store, propagator, 'forward', 'wholeRange'));
    expect(store.getState().propagation?.state).toBe('waiting');
    store.getState().replaceFootage(footage());
    settle();
    await run;
    expect(propagator.requests).toHaveLength(0);
    expect(store.getState().messages).toEqual([]);
    expect(store.getState().propagationRuns).toBe(0);
  });

  it('keeps the frames drawn before the engine died, and says so', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    const failing = {
      async *propagate() {
        yield { frameIndex: 1, timings, masks: [{ objectId: one, mask: maskOf(2) }] };
        throw new UserFacingError({ code: 'engine-start-failed', what: 'w', safe: 's', todo: 't' });
      },
    };
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, failing, 'forward', 'wholeRange'),
    );
    expect(store.getState().tracks.get(one)?.propagated.get(1)?.areaPx).toBe(2);
    expect(store.getState().messages[0]).toMatchObject({ message: { code: 'engine-start-failed' } });
    expect(store.getState().propagation).toBeNull();
  });

  it('says what is missing when there is nothing to draw, or nothing to redraw', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    const propagator = steppedPropagator();
    const run = new MaskRun(store, settled);
    const codeAfter = async (begin: () => ReturnType<typeof propagationRun>): Promise<unknown> => {
      store.setState({ messages: [] });
      await run.start('propagate', begin);
      const [message] = store.getState().messages;
      return message?.kind === 'error' ? message.message.code : message;
    };
    const backward = () => propagationRun(store, propagator, 'backward', 'wholeRange');
    expect(await codeAfter(backward)).toBe('propagation-nothing-to-do');
    expect(await codeAfter(() => refinementRun(store, { predict: never }, 'box'))).toBe(
      'refinement-nothing-to-do',
    );
    store.getState().setInFrame(3);
    store.setState({ currentFrame: 0 });
    expect(await codeAfter(() => propagationRun(store, propagator, 'forward', 'wholeRange'))).toBe(
      'propagation-nothing-to-do',
    );
    expect(propagator.requests).toEqual([]);
    expect(store.getState()).toMatchObject({ propagationRuns: 0, propagation: null, versions: [] });
  });

  it('gives no masks to a label deleted meanwhile nor to the one added after it', async () => {
    const store = ready();
    const two = store.getState().addLabel().objectId;
    store.getState().setFrameMasks('prompted', 0, [[two, maskOf(60)]]);
    const propagator = {
      async *propagate() {
        yield { frameIndex: 1, timings, masks: [{ objectId: two, mask: maskOf(2) }] };
        store.getState().deleteLabel(two);
        store.getState().addLabel();
        yield { frameIndex: 2, timings, masks: [{ objectId: two, mask: maskOf(3) }] };
      },
    };
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, propagator, 'forward', 'wholeRange'),
    );
    expect([...store.getState().tracks.values()].every((track) => track.propagated.size === 0)).toBe(true);
  });

  it('redraws propagated masks by SAM, each from its box and mask or its box alone, and no prompted one', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    [1, 2, 9].forEach((frame) => store.getState().setFrameMasks('propagated', frame, [[one, maskOf(5)]]));
    store.getState().setOutFrame(5);
    const asked: LabelPrompts[] = [];
    const segment = {
      predict: async (frameIndex: number, labels: readonly LabelPrompts[]) => {
        asked.push(...labels);
        return { frameIndex, timings, masks: [{ objectId: one, mask: maskOf(7) }] };
      },
    };
    const run = new MaskRun(store, settled);
    await run.start('refine', () => refinementRun(store, segment, 'box'));
    await run.start('refine', () => refinementRun(store, segment, 'boxAndMask'));
    expect(asked.map(({ prompts }) => [prompts.box, prompts.mask?.counts[1]])).toEqual([
      [[0, 0, 8, 8], undefined],
      [[0, 0, 8, 8], undefined],
      [[0, 0, 8, 8], 7],
      [[0, 0, 8, 8], 7],
    ]);
    const track = store.getState().tracks.get(one);
    expect([...(track?.propagated ?? [])].map(([frame, mask]) => [frame, mask.areaPx])).toEqual([
      [1, 7],
      [2, 7],
      [9, 5],
    ]);
    expect(track?.prompted.get(0)?.areaPx).toBe(60);
    expect(store.getState().versions.map(({ name }) => name)).toEqual([
      'Before SAM refinement of frames 1-2, boxes alone',
      'Before SAM refinement of frames 1-2, box + mask',
    ]);
    store.temporal.getState().undo();
    store.temporal.getState().undo();
    expect(store.getState().tracks.get(one)?.propagated.get(1)?.areaPx).toBe(5);
  });

  it('tells the engine of every annotated frame, and which engine it is', async () => {
    const store = ready();
    [0, 6].forEach((frame) => store.getState().setFrameMasks('prompted', frame, [[one, maskOf(60)]]));
    store.getState().setOutFrame(4);
    const propagator = steppedPropagator();
    const run = new MaskRun(store, settled);
    await run.start('propagate', () => propagationRun(store, propagator, 'forward', 'untilPrompted'));
    store.getState().setPropagationEngine('sam');
    await run.start('propagate', () => propagationRun(store, propagator, 'forward', 'untilPrompted'));
    expect(
      propagator.requests.map(({ engine, endFrame, annotated }) => [engine, endFrame, annotated]),
    ).toEqual(
      ['memory', 'sam'].map((engine) => [
        engine,
        4,
        [0, 6].map((frameIndex) => ({
          frameIndex,
          masks: [{ objectId: one, rle: maskOf(60).rle }],
          guesses: [],
        })),
      ]),
    );
  });

  it('changes the frames between the neighbouring annotated frames and nothing else', async () => {
    const store = ready();
    const state = () => store.getState();
    for (let frame = 0; frame < 10; frame += 1) {
      state().setFrameMasks('propagated', frame, [[one, { ...maskOf(20), confidence: 0.9 }]]);
    }
    [1, 7].forEach((frame) => state().setFrameMasks('prompted', frame, [[one, maskOf(60)]]));
    state().acceptFrame(3);
    // The correction.
    state().setFrameMasks('prompted', 5, [[one, maskOf(50)]]);
    state().seek(5);
    const before = state().tracks.get(one);
    const counts: number[] = [];
    const bracketing = {
      /** As the memory engine does it: to the next annotated frame, then back from it. */
      async *propagate({ startFrame, endFrame, annotated }: PropagationRequest) {
        const step = Math.sign(endFrame - startFrame);
        expect(annotated.map(({ frameIndex }) => frameIndex)).toContain(endFrame + step);
        for (const pass of [1, 2]) {
          const [from, to] = pass === 1 ? [startFrame + step, endFrame] : [endFrame, startFrame + step];
          for (
            let frame = from;
            frame !== to + Math.sign(to - from || step);
            frame += Math.sign(to - from || step)
          ) {
            yield { frameIndex: frame, timings, masks: [{ objectId: one, mask: maskOf(30 + pass) }] };
            const job = state().propagation;
            counts.push(job?.framesDone ?? 0);
            expect(job).toMatchObject({ frameCount: 4, hasTwoPasses: true });
          }
        }
      },
    };
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, bracketing, 'both', 'untilPrompted'),
    );
    const after = state().tracks.get(one);
    expect(counts).toEqual([1, 2, 3, 4]);
    expect(after?.prompted).toBe(before?.prompted);
    for (let frame = 0; frame < 10; frame += 1) {
      const isBetween = frame === 4 || frame === 6;
      expect([frame, after?.propagated.get(frame) === before?.propagated.get(frame)]).toEqual([
        frame,
        !isBetween,
      ]);
    }
    expect(after?.propagated.get(4)?.areaPx).toBe(32);
    expect(state().versions).toHaveLength(1);
    expect(state().versions[0]).toMatchObject({
      kind: 'propagate',
      name: 'Before propagation of frames 4-6 with Memory',
    });
  });

  it('says why it cannot start, and changes nothing', async () => {
    const store = ready();
    store.temporal.getState().clear();
    const propagator = steppedPropagator();
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, propagator, 'forward', 'wholeRange'),
    );
    expect(propagator.requests).toHaveLength(0);
    expect(store.getState().messages[0]).toMatchObject({ message: { code: 'propagation-no-masks' } });
    expect(store.temporal.getState().pastStates).toHaveLength(0);
  });

  it('tells the engine of void pixels and of no region, and leaves locked pixels as they were', async () => {
    const store = ready();
    const ignored = store.getState().addLabel('void').objectId;
    const locked = store.getState().addLabel('locked').objectId;
    const painted = { isAccepted: true, edit: 'painted' } as const;
    store.getState().commitEdit({ name: 'Brush', objectIds: [ignored, locked], fromFrame: 3, toFrame: 3 }, [
      {
        frameIndex: 3,
        masks: [
          [ignored, { ...maskOf(7), ...painted }],
          [locked, { ...maskOf(2), ...painted }],
        ],
      },
    ]);
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    // One of the two locked pixels is the label's on frame 4.
    store.getState().setFrameMasks('propagated', 4, [[one, maskOf(1)]]);
    const propagator = steppedPropagator();
    await new MaskRun(store, settled).start('propagate', () =>
      propagationRun(store, propagator, 'forward', 'untilPrompted'),
    );
    expect(propagator.requests[0]).toMatchObject({
      endFrame: 9,
      labels: [{ objectId: one, role: 'object' }],
      ignored: [{ fromFrame: 3, rle: maskOf(7).rle }],
      annotated: [{ frameIndex: 0 }],
    });
    const track = store.getState().tracks.get(one);
    // The engine draws one pixel more on each frame, all of them locked at first.
    expect([1, 2, 3, 4].map((frame) => track?.propagated.get(frame)?.areaPx)).toEqual([0, 1, 2, 4]);
    expect(store.getState().tracks.get(locked)?.propagated.size ?? 0).toBe(0);
  });
});
