/** Changes by hand as steps of undo. */
import { expect, it } from 'vitest';
import type { FrameMask } from '../core/track/maskTrack';
import { createMaskflowStore } from './store';
import { isRunAmong, travelHistory } from './travelHistory';

const painted: FrameMask = {
  rle: { size: [1, 1], counts: Uint32Array.of(0, 1) },
  box: [0, 0, 1, 1],
  areaPx: 1,
  predictedIou: null,
  isAccepted: true,
  edit: 'painted',
};

it('each change by hand is one step, over all its frames', () => {
  const store = createMaskflowStore();
  const { objectId } = store.getState().labels[0]!;
  const frames = (): number[] => [...(store.getState().tracks.get(objectId)?.prompted.keys() ?? [])];
  const note = { name: 'Brush', objectIds: [objectId], fromFrame: 3, toFrame: 3 };
  store.getState().commitEdit(note, [{ frameIndex: 3, masks: [[objectId, painted]] }]);
  store.getState().commitEdit({ ...note, name: 'Copy', toFrame: 5 }, [
    { frameIndex: 4, masks: [[objectId, painted]] },
    { frameIndex: 5, masks: [[objectId, painted]] },
  ]);
  expect(frames()).toEqual([3, 4, 5]);
  travelHistory(store, 'undo');
  expect(frames()).toEqual([3]);
  expect(store.getState().lastEdit?.name).toBe('Brush');
  travelHistory(store, 'undo');
  expect(frames()).toEqual([]);
  travelHistory(store, 'redo');
  travelHistory(store, 'redo');
  expect(frames()).toEqual([3, 4, 5]);
});

it('tells whether steps cross the start of a run', () => {
  const store = createMaskflowStore();
  const { objectId } = store.getState().labels[0]!;
  const note = { name: 'Brush', objectIds: [objectId], fromFrame: 3, toFrame: 3 };
  store.getState().beginPropagationRun();
  expect(isRunAmong(store, -1)).toBe(true);
  store.getState().commitEdit(note, [{ frameIndex: 3, masks: [[objectId, painted]] }]);
  expect([isRunAmong(store, -1), isRunAmong(store, -2)]).toEqual([false, true]);
  travelHistory(store, 'undo');
  expect([isRunAmong(store, 1), isRunAmong(store, -1), isRunAmong(store, 0)]).toEqual([false, true, false]);
  travelHistory(store, 'undo');
  expect([isRunAmong(store, 1), isRunAmong(store, 2)]).toEqual([true, true]);
});
