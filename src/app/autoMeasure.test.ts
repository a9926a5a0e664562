/** When values are measured: after a rest, only while they are looked at, and never twice at once. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import type { Measurements } from '../core/measure/measurementTable';
import type { FrameMask } from '../core/track/maskTrack';
import { createMaskflowStore } from '../state/store';
import { footage } from './__fixtures__/appFixtures';
import { startMeasuring } from './autoMeasure';
import type { MeasureOptions, MeasureRequest } from './measureRequest';

const mask: FrameMask = {
  rle: { size: [2, 2], counts: Uint32Array.of(0, 1, 3) },
  box: [0, 0, 1, 1],
  areaPx: 1,
  predictedIou: null,
};

const nothing: Measurements = {
  table: {
    frames: new Int32Array(0),
    timesSec: new Float64Array(0),
    labels: [],
    statuses: [],
    columns: [],
  },
  events: [],
};

type Call = { request: MeasureRequest; options: MeasureOptions; finish: (result: Measurements) => void };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started() {
  const store = createMaskflowStore();
  store.getState().replaceFootage(footage());
  const calls: Call[] = [];
  const control = startMeasuring(
    store,
    (request, options = {}) =>
      new Promise((finish, reject) => {
        calls.push({ request, options, finish });
        options.signal?.addEventListener('abort', () => reject(cancelled()));
      }),
  );
  const draw = (frame: number): void =>
    store.getState().setFrameMasks('propagated', frame, [[store.getState().labels[0]!.objectId, mask]]);
  return { store, calls, control, draw };
}

function cancelled(): UserFacingError {
  return new UserFacingError({ code: 'cancelled', what: 'x', safe: 'x', todo: 'x' });
}

it('measures nothing until the values are looked at, then after a rest', async () => {
  const { store, calls, draw } = started();
  draw(0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls).toHaveLength(0);
  store.getState().setInspectorTab('measure');
  draw(1);
  draw(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls).toHaveLength(1);
  calls[0]!.options.onProgress?.({ done: 1, total: 3 });
  expect(store.getState().measuring).toEqual({ done: 1, total: 3 });
  calls[0]!.finish(nothing);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState()).toMatchObject({ measurements: nothing, measuring: null });
});

it('gives up what is outdated, and takes no result of it', async () => {
  const { store, calls, draw } = started();
  store.getState().setPlotsOpen(true);
  draw(0);
  await vi.advanceTimersByTimeAsync(500);
  store.getState().setCalibration({ frameRate: 100 });
  await vi.advanceTimersByTimeAsync(500);
  expect(calls).toHaveLength(2);
  expect(calls[0]!.options.signal?.aborted).toBe(true);
  expect(calls[1]!.request.calibration.frameRate).toBe(100);
  expect(store.getState().messages).toEqual([]);
  expect(store.getState().measurements).toBeNull();
});

it('keeps no values of masks that are gone', async () => {
  const { store, calls, draw } = started();
  store.getState().setInspectorTab('measure');
  draw(0);
  await vi.advanceTimersByTimeAsync(500);
  calls[0]!.finish(nothing);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState().measurements).toBe(nothing);
  store.getState().clearPropagated(0, 9);
  expect(store.getState().measurements).toBeNull();
});

it('keeps no events of masks that changed while nobody looked, and takes no result of them', async () => {
  const { store, calls, draw } = started();
  store.getState().setInspectorTab('measure');
  draw(0);
  await vi.advanceTimersByTimeAsync(500);
  calls[0]!.finish(nothing);
  await vi.advanceTimersByTimeAsync(0);
  store.getState().setInspectorTab('masks');
  store.getState().updateLabel(store.getState().labels[0]!.objectId, { name: 'renamed' });
  expect(store.getState().measurements).toBe(nothing);
  draw(1);
  expect(store.getState().measurements).toBeNull();
  store.getState().setInspectorTab('measure');
  await vi.advanceTimersByTimeAsync(500);
  expect(calls).toHaveLength(2);
  store.getState().setInspectorTab('masks');
  draw(2);
  calls[1]!.finish(nothing);
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState()).toMatchObject({ measurements: null, measuring: null });
});

it('stops when it is told to, and begins again when asked', async () => {
  const { store, calls, control, draw } = started();
  store.getState().setInspectorTab('measure');
  draw(0);
  await vi.advanceTimersByTimeAsync(500);
  control.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(store.getState()).toMatchObject({ measuring: null, isMeasuringStopped: true });
  draw(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(calls).toHaveLength(1);
  control.again();
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toHaveLength(2);
});

it('follows a run at a pace, though frames come without a rest', async () => {
  const { store, calls, draw } = started();
  store.getState().setPlotsOpen(true);
  store.getState().setPropagation({
    kind: 'propagate',
    framesDone: 0,
    frameCount: 9,
    lastFrame: null,
    framesPerSec: null,
    secondsLeft: null,
    state: 'running',
  });
  for (let frame = 0; frame < 9; frame += 1) {
    draw(frame);
    await vi.advanceTimersByTimeAsync(300);
    calls.at(-1)?.finish(nothing);
  }
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.length).toBeLessThan(3);
});
