/** Playing backward, faster and around: presentation times decide, and the in/out range bounds it. */
import { afterEach, expect, it } from 'vitest';
import { ready } from './__fixtures__/appFixtures';
import { startPlaybackClock } from './playbackClock';

let stop: () => void = () => undefined;
afterEach(() => stop());

/** Ten frames of 0.1 s; `run` moves the clock on and tells the frame on show. */
function clock() {
  const store = ready();
  let callback: ((nowMs: number) => void) | null = null;
  let nowMs = 0;
  stop = startPlaybackClock(store, {
    request: (next) => {
      callback = next;
      return 1;
    },
    cancel: () => {
      callback = null;
    },
  });
  const run = (elapsedMs: number): number => {
    nowMs += elapsedMs;
    const tick = callback;
    callback = null;
    tick?.(nowMs);
    return store.getState().currentFrame;
  };
  return { store, run };
}

it('plays backward with J, faster with each press, and stops at the in point', () => {
  const { store, run } = clock();
  store.getState().setInFrame(2);
  store.getState().seek(8);
  store.getState().shuttle(-1);
  run(0);
  expect(run(150)).toBe(6);
  store.getState().shuttle(-1);
  expect(store.getState().shuttleSpeed).toBe(-2);
  expect(run(100)).toBe(4);
  expect(run(400)).toBe(2);
  expect(store.getState()).toMatchObject({ isPlaying: false, shuttleSpeed: 1 });
});

it('starts at the other end when it stands at the end that it runs towards', () => {
  const { store, run } = clock();
  store.getState().shuttle(-1);
  expect(store.getState().currentFrame).toBe(9);
  run(0);
  store.getState().shuttle(1);
  expect(store.getState().shuttleSpeed).toBe(1);
  expect(run(10)).toBe(9);
  expect(store.getState().isPlaying).toBe(false);
});

it('goes around in the range, showing the last frame for its time', () => {
  const { store, run } = clock();
  store.getState().setInFrame(3);
  store.getState().setOutFrame(5);
  store.getState().setLooping(true);
  store.getState().setPlaying(true);
  run(0);
  expect([run(110), run(100), run(60), run(60), run(110)]).toEqual([4, 5, 5, 3, 4]);
  store.getState().shuttle(-1);
  expect([run(80), run(100), run(100)]).toEqual([3, 5, 4]);
  expect(store.getState().isPlaying).toBe(true);
});

it('plays nothing where nothing is open', () => {
  const { store } = clock();
  store.setState({ footage: null });
  store.getState().shuttle(1);
  expect(store.getState().isPlaying).toBe(false);
});
