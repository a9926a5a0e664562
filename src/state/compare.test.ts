/** Sets of masks of a state, references undone, and what choosing other sets does. */
import { describe, expect, it } from 'vitest';
import { newFootageId, objectId, type ObjectId } from '../core/base/ids';
import { createLabel } from '../core/label/label';
import type { FrameMask } from '../core/track/maskTrack';
import { withFrameMasks } from '../core/track/trackEdits';
import { comparedSets, maskSetsOf } from './maskSets';
import { createMaskflowStore } from './store';
import { travelHistory } from './travelHistory';

const one = objectId(1);

function maskOf(areaPx: number): FrameMask {
  const counts = Uint32Array.of(64 - areaPx, areaPx);
  return { rle: { size: [8, 8], counts }, box: [0, 0, 8, 8], areaPx, predictedIou: null };
}

function ready() {
  const store = createMaskflowStore();
  store.getState().replaceFootage({
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 8,
    height: 8,
    frameTable: { timestampsSec: Float64Array.of(0, 0.1, 0.2, 0.3), lastDurationSec: 0.1 },
    frameRate: 10,
    frameNames: null,
    codec: 'avc1',
    notes: [],
  });
  store.getState().setFrameMasks('prompted', 0, [[one, maskOf(10)]]);
  return store;
}

function addTruth(store: ReturnType<typeof ready>, area = 12, id: ObjectId = one): void {
  const labels = [{ ...createLabel([]), objectId: id, name: 'index 1' }];
  const tracks = withFrameMasks(new Map(), 'prompted', 0, [[id, maskOf(area)]]);
  store.getState().addReference({ name: 'truth.zip', labels, tracks });
}

describe('references', () => {
  it('come and go as steps of undo, and never touch the tracks', () => {
    const store = ready();
    const { tracks } = store.getState();
    addTruth(store);
    addTruth(store, 20);
    expect(store.getState().references.map(({ id }) => id)).toEqual([1, 2]);
    store.getState().removeReference(1);
    travelHistory(store, 'undo');
    expect(store.getState().references.map(({ id }) => id)).toEqual([1, 2]);
    travelHistory(store, 'undo');
    travelHistory(store, 'undo');
    expect(store.getState().references).toEqual([]);
    expect(comparedSets(store.getState())).toBe(null);
    travelHistory(store, 'redo');
    expect(store.getState().references).toHaveLength(1);
    expect(store.getState().tracks.get(one)?.prompted).toBe(tracks.get(one)?.prompted);
  });

  it('are renamed by a step of undo, but not to nothing', () => {
    const store = ready();
    addTruth(store);
    const names = (): string[] => store.getState().references.map(({ name }) => name);
    store.getState().renameReference(1, '  ');
    store.getState().renameReference(1, ' by Ann ');
    expect(names()).toEqual(['by Ann']);
    travelHistory(store, 'undo');
    expect(names()).toEqual(['truth.zip']);
    travelHistory(store, 'undo');
    expect(names()).toEqual([]);
  });

  it('go with the footage', () => {
    const store = ready();
    addTruth(store);
    store.getState().setComparison({ view: 'wipe' });
    store.getState().replaceFootage(store.getState().footage!);
    expect(store.getState()).toMatchObject({ references: [], comparison: { bKey: null, view: 'normal' } });
  });
});

describe('the sets of a state', () => {
  it('are the present masks, references, versions and results, and stay the same while their masks do', () => {
    const store = ready();
    addTruth(store);
    store.getState().setFrameMasks('propagated', 1, [[one, maskOf(3)]]);
    store.getState().beginPropagationRun({
      kind: 'refine',
      name: 'Before refinement of frames 0-2',
      fromFrame: 0,
      toFrame: 2,
    });
    const before = maskSetsOf(store.getState());
    expect(before.map(({ key }) => key)).toEqual(['present', 'reference 1', 'version 1']);
    store.getState().setFrameMasks('propagated', 1, [[one, maskOf(4)]]);
    const after = maskSetsOf(store.getState());
    expect(after[0]).not.toBe(before[0]);
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(after[1]).toBe(before[1]);
    expect(after[2]).toBe(before[2]);
    const result = { ...after[0]!, key: 'result memory', kind: 'result' as const, name: 'Memory' };
    store.getState().setResultSets([result]);
    expect(maskSetsOf(store.getState()).at(-1)).toBe(result);
  });

  it('are compared with the labels that lie over each other', () => {
    const store = ready();
    expect(comparedSets(store.getState())).toBe(null);
    addTruth(store, 12, objectId(7));
    const { a, b, pairs } = comparedSets(store.getState())!;
    expect([a.key, b.key, pairs]).toEqual(['present', 'reference 1', [{ a: 1, b: 7 }]]);
    // A change that pairs nothing else gives the same pairs again.
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(11)]]);
    expect(comparedSets(store.getState())!.pairs).toBe(pairs);
    store.getState().setComparison({ mapping: new Map([[one, null]]), objectId: one });
    expect(comparedSets(store.getState())!.pairs).toEqual([]);
    store.getState().setComparison({ bKey: 'present' });
    expect(store.getState().comparison).toMatchObject({ mapping: new Map(), objectId: null });
  });

  it('take the selection away from what is not on show', () => {
    const store = ready();
    const id = 'prompt-x' as never;
    store.getState().addPrompt({ kind: 'sharedPoint', id, frameIndex: 0, point: { x: 1, y: 1 } });
    expect(store.getState().selectedPromptId).toBe(id);
    store.getState().setComparison({ view: 'difference' });
    expect(store.getState().selectedPromptId).toBe(null);
  });
});
