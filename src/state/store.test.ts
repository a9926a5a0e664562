import { describe, expect, it, vi } from 'vitest';
import { newFootageId, newPromptId, objectId, type ObjectId } from '../core/base/ids';
import type { BoxPrompt } from '../core/prompt/prompt';
import type { FrameMask } from '../core/track/maskTrack';
import type { FootageInfo } from '../core/video/footageInfo';
import { beginGesture } from './gesture';
import { createMaskflowStore } from './store';
import { travelHistory } from './travelHistory';

// The state must not need React: it also runs in tests, benchmarks and, one day, a worker.
vi.mock('react', () => ({}));

const one = objectId(1);

function footage(frames: number): FootageInfo {
  return {
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 8,
    height: 8,
    frameTable: {
      timestampsSec: Float64Array.from({ length: frames }, (_, i) => i / 25),
      lastDurationSec: 0.04,
    },
    frameRate: 25,
    frameNames: null,
    codec: 'avc1',
    notes: [],
  };
}

function box(id: ObjectId, frameIndex = 0, x0 = 0): BoxPrompt {
  return { kind: 'box', id: newPromptId(), objectId: id, frameIndex, box: [x0, 0, 4, 4] };
}

const mask: FrameMask = {
  rle: { size: [8, 8], counts: Uint32Array.of(64) },
  box: null,
  areaPx: 0,
  predictedIou: 0.9,
};

function open(frames = 50, now?: () => number) {
  const store = createMaskflowStore(now);
  store.getState().replaceFootage(footage(frames));
  store.temporal.getState().clear();
  return { store, state: () => store.getState(), history: () => store.temporal.getState() };
}

describe('footage and playback', () => {
  it('keeps 0 <= in <= out < frames whatever is asked', () => {
    const { state } = open(10);
    state().setInFrame(7);
    state().setOutFrame(3);
    expect(state().range).toEqual({ inFrame: 3, outFrame: 3 });
    state().setOutFrame(99);
    state().setInFrame(-5);
    expect(state().range).toEqual({ inFrame: 0, outFrame: 9 });
  });

  it('clamps the playhead', () => {
    const { state } = open(10);
    state().seek(99);
    expect(state().currentFrame).toBe(9);
    state().step(-100);
    expect(state().currentFrame).toBe(0);
  });

  it('starts new footage with one empty label', () => {
    const { state } = open();
    state().addPrompt(box(one));
    state().addLabel();
    state().replaceFootage(footage(5));
    expect(state().prompts).toEqual([]);
    expect(state().labels).toHaveLength(1);
    expect(state().range.outFrame).toBe(4);
  });
});

describe('annotation', () => {
  it('holds one box for each label and frame', () => {
    const { state } = open();
    const two = state().addLabel('competitor').objectId;
    const kept = [box(two), box(one, 1)];
    const last = box(one, 0, 2);
    [box(one), ...kept, last].forEach((prompt) => state().addPrompt(prompt));
    expect(state().prompts).toEqual([...kept, last]);
  });

  it('brings the box along with the first correcting point on a mask, as one step of undo', () => {
    const { state, history } = open();
    state().setFrameMasks('propagated', 4, [[one, { ...mask, box: [2, 2, 5, 5], areaPx: 9 }]]);
    const point = (x: number, label: 1 | 0) =>
      ({
        kind: 'point',
        id: newPromptId(),
        objectId: one,
        frameIndex: 4,
        label,
        point: { x, y: 3 },
      }) as const;
    state().addPrompt(point(7, 1));
    state().addPrompt(point(3, 0));
    expect(state().prompts.map((prompt) => (prompt.kind === 'box' ? prompt.box : prompt.kind))).toEqual([
      [2, 2, 7, 5],
      'point',
      'point',
    ]);
    history().undo();
    history().undo();
    expect(state().prompts).toEqual([]);
    state().addPrompt({ ...point(3, 1), frameIndex: 0 });
    expect(state().prompts).toHaveLength(1);
  });

  it('deletes a label with its prompts and masks, and leaves the others', () => {
    const { state } = open();
    const two = state().addLabel().objectId;
    state().addPrompt(box(one));
    state().addPrompt(box(two));
    state().setFrameMasks('prompted', 0, [
      [one, mask],
      [two, mask],
    ]);
    state().deleteLabel(two);
    expect(state().labels.map((label) => label.objectId)).toEqual([one]);
    expect(state().prompts).toHaveLength(1);
    expect([...state().tracks.keys()]).toEqual([one]);
    expect(state().activeObjectId).toBe(one);
  });

  it('keeps objects before competitors, so that places, keys and export numbers agree', () => {
    const { state } = open();
    const floor = state().addLabel('competitor');
    const second = state().addLabel();
    expect([floor.name, second.name]).toEqual(['competitor 1', 'label 2']);
    expect(state().labels.map((label) => label.objectId)).toEqual([one, second.objectId, floor.objectId]);
    state().moveLabel(floor.objectId, 0);
    expect(state().labels.at(-1)?.objectId).toBe(floor.objectId);
    state().updateLabel(one, { role: 'competitor' });
    expect(state().labels[0]?.objectId).toBe(second.objectId);
  });

  it('forgets a selection that the active label no longer shows', () => {
    const { state } = open();
    const two = state().addLabel().objectId;
    state().setActiveLabel(one);
    state().addPrompt(box(one));
    expect(state().selectedPromptId).not.toBeNull();
    state().setActiveLabel(two);
    expect(state().selectedPromptId).toBeNull();
  });

  it('takes the rate of an image sequence from the user', () => {
    const { store, state } = open(4);
    state().setImageRate(1000);
    expect(state().footage?.frameRate).toBe(25);
    store.getState().replaceFootage({ ...footage(4), kind: 'images' });
    state().setImageRate(1000);
    expect([...(state().footage?.frameTable.timestampsSec ?? [])]).toEqual([0, 0.001, 0.002, 0.003]);
    state().setImageRate(0);
    expect(state().footage?.frameRate).toBe(1000);
  });

  it('moves labels', () => {
    const { state } = open();
    const two = state().addLabel().objectId;
    const three = state().addLabel().objectId;
    state().moveLabel(three, 0);
    expect(state().labels.map((label) => label.objectId)).toEqual([three, one, two]);
  });
});

describe('undo', () => {
  it('takes a threshold back by itself, and keeps what was propagated meanwhile', () => {
    const { store, state } = open();
    const later: FrameMask = { ...mask, predictedIou: 0.2 };
    state().setThreshold(one, { fromFrame: 2, toFrame: 8, probability: 0.3 });
    state().setFrameMasks('propagated', 3, [[one, later]]);
    state().setThreshold(one, { fromFrame: 4, toFrame: 4, probability: 0.5 });
    state().setThreshold(one, { fromFrame: 4, toFrame: 4, probability: 0.5 });
    const ranges = () =>
      state()
        .tracks.get(one)
        ?.thresholds?.map(({ fromFrame, toFrame }) => [fromFrame, toFrame]);
    expect(ranges()).toEqual([
      [2, 3],
      [5, 8],
    ]);
    travelHistory(store, 'undo');
    expect(ranges()).toEqual([[2, 8]]);
    travelHistory(store, 'undo');
    expect(ranges()).toBeUndefined();
    expect(state().tracks.get(one)?.propagated.get(3)).toBe(later);
    travelHistory(store, 'redo');
    expect(ranges()).toEqual([[2, 8]]);
    expect(state().tracks.get(one)?.propagated.get(3)).toBe(later);
  });

  it('takes back prompts, labels and the switch, one by one, and does them again', () => {
    const { state, history } = open();
    state().addPrompt(box(one));
    state().addLabel();
    state().setUseSharedPoints(false);
    history().undo();
    expect(state().useSharedPoints).toBe(true);
    history().undo();
    expect(state().labels).toHaveLength(1);
    history().undo();
    expect(state().prompts).toHaveLength(0);
    history().redo();
    history().redo();
    expect(state().prompts).toHaveLength(1);
    expect(state().labels).toHaveLength(2);
  });

  it('makes a whole propagation run one entry and brings the masks before it back', () => {
    const { state, history } = open();
    state().setFrameMasks('propagated', 3, [[one, mask]]);
    const before = state().tracks;
    state().beginPropagationRun();
    for (let frame = 1; frame < 9; frame += 1) {
      state().setFrameMasks('propagated', frame, [[one, { ...mask }]]);
    }
    expect(history().pastStates).toHaveLength(1);
    history().undo();
    expect(state().tracks).toBe(before);
  });

  it('does not count looking around as a step', () => {
    const { state, history } = open();
    state().seek(4);
    state().setTool('box');
    state().setViewTransform({ scale: 2, x: 0, y: 0 });
    state().setFrameMasks('prompted', 0, [[one, mask]]);
    expect(history().pastStates).toHaveLength(0);
  });

  it('takes back a name given during a run without taking frames away', () => {
    const { state, store } = open();
    state().beginPropagationRun();
    state().setFrameMasks('propagated', 1, [[one, mask]]);
    state().updateLabel(one, { name: 'upper dye' });
    state().setFrameMasks('propagated', 2, [[one, mask]]);
    travelHistory(store, 'undo');
    expect(state().labels[0]?.name).toBe('label 1');
    expect([...(state().tracks.get(one)?.propagated.keys() ?? [])]).toEqual([1, 2]);
    travelHistory(store, 'undo');
    expect(state().tracks.get(one)?.propagated.size ?? 0).toBe(0);
    travelHistory(store, 'redo');
    travelHistory(store, 'redo');
    expect(state().labels[0]?.name).toBe('upper dye');
    expect([...(state().tracks.get(one)?.propagated.keys() ?? [])]).toEqual([1, 2]);
  });

  it('brings a deleted label back with its masks, and never gives its id to another', () => {
    const { state, store } = open();
    const two = state().addLabel().objectId;
    state().setFrameMasks('propagated', 1, [[two, mask]]);
    state().deleteLabel(two);
    expect(state().addLabel().objectId).not.toBe(two);
    travelHistory(store, 'undo');
    travelHistory(store, 'undo');
    expect(state().labels.map((label) => label.objectId)).toEqual([one, two]);
    expect(state().tracks.get(two)?.propagated.size).toBe(1);
    expect(state().labels.some((label) => label.objectId === state().activeObjectId)).toBe(true);
  });

  it('waits until a gesture is over, and a gesture never eats the step before it', () => {
    const { state, store, history } = open();
    state().addPrompt(box(one));
    state().beginPropagationRun();
    const end = beginGesture(store);
    state().addPrompt(box(one, 3));
    travelHistory(store, 'undo');
    expect(state().prompts).toHaveLength(2);
    end();
    expect(history().pastStates).toHaveLength(3);
    // A stroke changes nothing until it ends, and must not find another picture under it then.
    const idle = beginGesture(store);
    travelHistory(store, 'undo');
    expect(state().prompts).toHaveLength(2);
    idle();
    travelHistory(store, 'undo');
    expect(state().prompts).toHaveLength(1);
    expect(history().pastStates).toHaveLength(2);
  });

  it('takes the same place again for no change', () => {
    const { state, history } = open();
    const prompt = box(one);
    state().addPrompt(prompt);
    const before = state().prompts;
    state().updatePrompt({ ...prompt });
    expect(state().prompts).toBe(before);
    expect(history().pastStates).toHaveLength(1);
  });

  it('records a change that follows an undo at once', () => {
    const { state, store, history } = open(50, () => 0);
    const prompt = box(one);
    state().addPrompt(prompt);
    state().updatePrompt({ ...prompt, box: [1, 0, 5, 5] });
    travelHistory(store, 'undo');
    state().updatePrompt({ ...prompt, box: [2, 0, 5, 5] });
    expect(history().futureStates).toHaveLength(0);
    expect(history().pastStates).toHaveLength(2);
  });

  it('makes drawing and dragging one step, however slowly, and a gesture given up none', () => {
    let nowMs = 0;
    const { state, history, store } = open(50, () => nowMs);
    const prompt = box(one);
    const end = beginGesture(store);
    state().addPrompt(prompt);
    for (let x = 0; x < 3; x += 1) {
      nowMs += 5000;
      state().updatePrompt({ ...prompt, box: [x, 0, 5, 5] });
      state().setFrameMasks('prompted', 0, [[one, mask]]);
    }
    end();
    expect(history().pastStates).toHaveLength(1);
    const giveUp = beginGesture(store);
    const added = box(one, 3);
    state().addPrompt(added);
    state().deletePrompt(added.id);
    giveUp();
    expect(history().pastStates).toHaveLength(1);
    state().setUseSharedPoints(false);
    expect(history().pastStates).toHaveLength(2);
    history().undo();
    history().undo();
    expect(state().prompts).toEqual([]);
  });

  it('makes one drag one step, and two drags two', () => {
    let nowMs = 0;
    const { state, history } = open(50, () => nowMs);
    const prompt = box(one);
    state().addPrompt(prompt);
    for (let x = 0; x < 3; x += 1) {
      nowMs += 16;
      state().updatePrompt({ ...prompt, box: [x, 0, 5, 5] });
    }
    nowMs += 5000;
    state().updatePrompt({ ...prompt, box: [1, 1, 6, 6] });
    expect(history().pastStates).toHaveLength(3);
    history().undo();
    expect(state().prompts[0]).toMatchObject({ box: [2, 0, 5, 5] });
    history().undo();
    expect(state().prompts[0]).toEqual(prompt);
  });
});
