/** Panels see a step at once, frames in a hurry now and then, the last one always, and every other change at once. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newFootageId } from '../../core/base/ids';
import { createMaskflowStore } from '../../state/store';
import { CALM_MS, calmStateOf } from './calmState';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

function bench() {
  const store = createMaskflowStore();
  store.getState().replaceFootage({
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 64,
    height: 36,
    frameTable: {
      timestampsSec: Float64Array.from({ length: 100 }, (_, index) => index / 25),
      lastDurationSec: 0.04,
    },
    frameRate: 25,
    frameNames: null,
    codec: 'avc1.64001f',
    notes: [],
  });
  const calm = calmStateOf(store);
  const seen: number[] = [];
  const stop = calm.subscribe(({ currentFrame }) => seen.push(currentFrame));
  return { store, calm, seen, stop };
}

it('tells single steps at once', () => {
  const { store, calm, seen } = bench();
  store.getState().seek(3);
  expect(calm.getState().currentFrame).toBe(3);
  vi.advanceTimersByTime(CALM_MS + 1);
  store.getState().seek(4);
  expect(seen).toEqual([3, 4]);
});

it('tells frames that follow each other quickly now and then, and the last one in the end', () => {
  const { store, calm, seen } = bench();
  for (let frame = 1; frame <= 60; frame += 1) {
    store.getState().seek(frame);
    store.getState().setShownFrame(frame, true);
    vi.advanceTimersByTime(10);
  }
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.length).toBeLessThanOrEqual(2 + 600 / CALM_MS);
  vi.advanceTimersByTime(CALM_MS);
  expect(calm.getState()).toBe(store.getState());
  expect(seen.at(-1)).toBe(60);
});

it('tells every other change at once, together with the frame', () => {
  const { store, calm, seen } = bench();
  store.getState().seek(1);
  store.getState().seek(2);
  expect(calm.getState().currentFrame).toBe(1);
  store.getState().addLabel();
  expect(calm.getState()).toBe(store.getState());
  expect(seen).toEqual([1, 2]);
});

it('is as the store is while nobody listens, and when somebody does again', () => {
  const { store, calm, seen, stop } = bench();
  store.getState().seek(1);
  store.getState().seek(2);
  stop();
  expect(calm.getState()).toBe(store.getState());
  store.getState().seek(9);
  const again = calm.subscribe(() => undefined);
  expect(calm.getState().currentFrame).toBe(9);
  again();
  vi.advanceTimersByTime(CALM_MS);
  expect(seen).toEqual([1]);
});
