import { describe, expect, it, vi } from 'vitest';
import { cancelledError } from '../core/base/errors';
import { newPromptId } from '../core/base/ids';
import type { LabelPrompts } from '../workers/segment/segmentProtocol';
import { createMaskflowStore } from '../state/store';
import { travelHistory } from '../state/travelHistory';
import { framesWithChangedPrompts, PromptFrames } from './promptFrames';
import {
  one,
  maskOf,
  footage,
  ready,
  heldPredictor,
  nextTurn,
  addPoint,
  timings,
} from './__fixtures__/appFixtures';
import { beginGesture } from '../state/gesture';

describe('PromptFrames', () => {
  it('finds the frames on which prompts differ', () => {
    const store = ready();
    addPoint(store, 2);
    const before = store.getState().prompts;
    addPoint(store, 7);
    expect([...framesWithChangedPrompts(before, store.getState().prompts)]).toEqual([7]);
  });

  it('draws the newest prompts, not every state in between', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    addPoint(store);
    addPoint(store);
    predictor.calls[0]?.release();
    await nextTurn();
    expect(store.getState().tracks.get(one)?.prompted.get(0)?.areaPx).toBe(1);
    predictor.calls[1]?.release();
    await frames.settled();
    expect(predictor.calls).toHaveLength(2);
    expect(store.getState().tracks.get(one)?.prompted.get(0)?.areaPx).toBe(3);
  });

  it('lets a drag on WASM come to rest or to its end before it draws', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    const box = { kind: 'box', id: newPromptId(), objectId: one, frameIndex: 0, box: [0, 0, 2, 2] } as const;
    const end = beginGesture(store);
    store.getState().addPrompt(box);
    store.getState().updatePrompt({ ...box, box: [0, 0, 5, 5] });
    await nextTurn();
    expect(predictor.calls).toHaveLength(0);
    expect(store.getState().predictingFrame).toBe(0);
    end();
    await nextTurn();
    expect(predictor.calls.map((call) => call.labels[0]?.prompts.box)).toEqual([[0, 0, 5, 5]]);
    predictor.calls[0]?.release();
    await frames.settled();
    const second = beginGesture(store);
    store.getState().updatePrompt({ ...box, box: [0, 0, 6, 6] });
    await vi.waitFor(() => expect(predictor.calls).toHaveLength(2));
    second();
    predictor.calls[1]?.release();
    await frames.settled();
  });

  it('uses the drawing of a resting drag when the pointer is released there', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    const box = { kind: 'box', id: newPromptId(), objectId: one, frameIndex: 0, box: [0, 0, 2, 2] } as const;
    const end = beginGesture(store);
    store.getState().addPrompt(box);
    await vi.waitFor(() => expect(predictor.calls).toHaveLength(1));
    store.getState().updatePrompt({ ...box, box: [0, 0, 2, 2] });
    end();
    await nextTurn();
    predictor.calls[0]?.release();
    await frames.settled();
    expect(predictor.calls).toHaveLength(1);
    expect(store.getState().tracks.get(one)?.prompted.has(0)).toBe(true);
    expect(store.getState().predictingFrame).toBeNull();
  });

  it('asks for a placed point in the task that placed it, and does not wait for its release', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    beginGesture(store);
    addPoint(store);
    expect(predictor.calls).toHaveLength(1);
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.has(0)).toBe(true);
  });

  it('says that it is done in the same task that sets the masks', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    let isDoneInTask: boolean | null = null;
    const unsubscribe = store.subscribe(({ tracks }, previous) => {
      if (tracks !== previous.tracks) {
        queueMicrotask(() => {
          isDoneInTask = store.getState().predictingFrame === null;
        });
      }
    });
    predictor.calls[0]?.release();
    await frames.settled();
    unsubscribe();
    expect(isDoneInTask).toBe(true);
  });

  it('takes the prompted mask away with the last prompt, and the propagated one is back', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    store.getState().setFrameMasks('propagated', 0, [[one, maskOf(9)]]);
    addPoint(store);
    await nextTurn();
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(1);
    store.getState().clearPrompts(0);
    await nextTurn();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(0);
    expect(store.getState().tracks.get(one)?.propagated.get(0)?.areaPx).toBe(9);
  });

  it('draws the masks that an undo brought back without', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store, 0);
    await nextTurn();
    addPoint(store, 5);
    while (predictor.calls.length < 2) {
      predictor.calls.at(-1)?.release();
      await nextTurn();
    }
    predictor.calls.at(-1)?.release();
    await frames.settled();
    travelHistory(store, 'undo');
    await nextTurn();
    predictor.calls.slice(2).forEach((call) => call.release());
    await frames.settled();
    expect([...(store.getState().tracks.get(one)?.prompted.keys() ?? [])]).toEqual([0]);
  });

  it('lets labels with only a propagated mask compete inside it, and leaves that mask as it is', async () => {
    const store = ready();
    const two = store.getState().addLabel().objectId;
    store.getState().setFrameMasks('propagated', 3, [[two, maskOf(9)]]);
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store, 3);
    await nextTurn();
    const [asked] = predictor.calls;
    asked?.release();
    await frames.settled();
    expect(asked?.labels.map(({ prompts, confineTo }) => [prompts.objectId, confineTo?.counts[1]])).toEqual([
      [one, undefined],
      [two, 9],
    ]);
    expect(store.getState().tracks.get(two)?.prompted.size).toBe(0);
    expect(store.getState().tracks.get(two)?.propagated.get(3)?.areaPx).toBe(9);
  });

  it('leaves accepted masks when a label of their frame is corrected, and redraws that one from point and box', async () => {
    const store = ready();
    const two = store.getState().addLabel().objectId;
    store.getState().setFrameMasks('propagated', 3, [
      [one, maskOf(8)],
      [two, maskOf(9)],
    ]);
    store.getState().acceptFrame(3);
    const accepted = store.getState().tracks.get(two)?.prompted.get(3);
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store, 3);
    predictor.calls[0]?.release();
    await frames.settled();
    expect(
      predictor.calls[0]?.labels.map(({ prompts, confineTo }) => [prompts.box, confineTo?.counts[1]]),
    ).toEqual([
      [[0, 0, 8, 8], undefined],
      [[0, 0, 8, 8], 9],
    ]);
    expect(store.getState().tracks.get(one)?.prompted.get(3)?.areaPx).toBe(1);
    expect(store.getState().tracks.get(two)?.prompted.get(3)).toBe(accepted);
    travelHistory(store, 'undo');
    await nextTurn();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.get(3)).toMatchObject({ areaPx: 8, isAccepted: true });
  });

  it('draws again what was still being drawn when the acceptance that is taken back was made', async () => {
    const store = ready();
    store.getState().setFrameMasks('propagated', 3, [[one, maskOf(8)]]);
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store, 5);
    store.getState().acceptFrame(3);
    predictor.calls[0]?.release();
    await nextTurn();
    predictor.calls.slice(1).forEach((call) => call.release());
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.has(5)).toBe(true);
    const drawn = predictor.calls.length;
    travelHistory(store, 'undo');
    await nextTurn();
    predictor.calls.slice(drawn).forEach((call) => call.release());
    await frames.settled();
    expect([...(store.getState().tracks.get(one)?.prompted.keys() ?? [])]).toEqual([5]);
  });

  it('draws again what the engine gave up, but not for ever', async () => {
    const store = ready();
    const area = (): number | undefined => store.getState().tracks.get(one)?.prompted.get(0)?.areaPx;
    let [asked, cancels] = [0, 1];
    const segment = {
      encode: async () => ({ encodeMs: 0 }),
      predict: async (frameIndex: number, labels: readonly LabelPrompts[]) => {
        asked += 1;
        if (asked <= cancels) {
          throw cancelledError();
        }
        const { objectId, points } = labels[0]!.prompts;
        return { frameIndex, timings, masks: [{ objectId, mask: maskOf(points.length) }] };
      },
    };
    const frames = new PromptFrames(store, segment);
    addPoint(store);
    await frames.settled();
    expect([asked, area()]).toEqual([2, 1]);
    [asked, cancels] = [0, Infinity];
    addPoint(store);
    await frames.settled();
    expect([asked, area()]).toEqual([3, 1]);
    [asked, cancels] = [0, 0];
    addPoint(store);
    await frames.settled();
    expect([asked, area()]).toEqual([1, 3]);
    expect(store.getState().messages).toEqual([]);
  });

  it('does not put the masks of closed footage into new footage', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    store.getState().replaceFootage(footage());
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.size).toBe(0);
  });

  it('waits for the engine and then draws what was prompted meanwhile', async () => {
    const store = createMaskflowStore();
    store.getState().replaceFootage(footage());
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    expect(predictor.calls).toHaveLength(0);
    store.getState().setEngine(ready().getState().engine);
    await nextTurn();
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(1);
  });

  it('leaves a mask made by hand until its own prompts change', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    const painted = { ...maskOf(20), isAccepted: true, edit: 'painted' as const };
    const settle = async (): Promise<void> => {
      await nextTurn();
      predictor.calls.at(-1)?.release();
      await frames.settled();
    };
    addPoint(store);
    await settle();
    const two = store.getState().addLabel().objectId;
    store
      .getState()
      .commitEdit({ name: 'Brush', objectIds: [one], fromFrame: 0, toFrame: 0 }, [
        { frameIndex: 0, masks: [[one, painted]] },
      ]);
    addPoint(store, 0, { of: two, at: { x: 6, y: 6 } });
    await settle();
    // It still takes part, as what it is.
    expect(predictor.calls.at(-1)?.labels.map(({ confineTo }) => confineTo)).toEqual([
      painted.rle,
      undefined,
    ]);
    expect(store.getState().tracks.get(one)?.prompted.get(0)).toBe(painted);
    // Its pixel is one of the painted ones, which stay with their label.
    expect(store.getState().tracks.get(two)?.prompted.get(0)?.areaPx).toBe(0);
    addPoint(store);
    await settle();
    expect(store.getState().tracks.get(one)?.prompted.get(0)).toMatchObject({ areaPx: 2 });
    expect(store.getState().tracks.get(one)?.prompted.get(0)?.edit).toBeUndefined();
    expect(store.getState().messages).toEqual([
      expect.objectContaining({ text: expect.stringMatching(/in the place of the mask made by hand/) }),
    ]);
    travelHistory(store, 'undo');
    await settle();
    expect(store.getState().tracks.get(one)?.prompted.get(0)).toBe(painted);
  });

  it('does not put a late drawing over what was painted meanwhile', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    const painted = { ...maskOf(20), isAccepted: true, edit: 'painted' as const };
    addPoint(store);
    await nextTurn();
    store
      .getState()
      .commitEdit({ name: 'Brush', objectIds: [one], fromFrame: 0, toFrame: 0 }, [
        { frameIndex: 0, masks: [[one, painted]] },
      ]);
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.get(0)).toBe(painted);
  });

  it('draws nothing of regions, and nothing into locked pixels', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    const locked = store.getState().addLabel('locked').objectId;
    const zone = { rle: { size: [8, 8] as const, counts: Uint32Array.of(62, 2) }, areaPx: 2 };
    store.getState().commitEdit({ name: 'Brush', objectIds: [locked], fromFrame: 3, toFrame: 3 }, [
      {
        frameIndex: 3,
        masks: [[locked, { ...maskOf(0), ...zone, isAccepted: true, edit: 'painted' }]],
      },
    ]);
    for (let count = 0; count < 3; count += 1) {
      addPoint(store);
    }
    await nextTurn();
    predictor.calls[0]?.release();
    await nextTurn();
    predictor.calls[1]?.release();
    await frames.settled();
    expect(predictor.calls.at(-1)?.labels).toHaveLength(1);
    // Of the three pixels drawn, two are locked, and the label had nothing there.
    expect(store.getState().tracks.get(one)?.prompted.get(0)).toMatchObject({ areaPx: 1 });
  });
});
