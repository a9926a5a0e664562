/** Pictures come under their own frame's number, as small as they are seen while frames go by, and whole at rest. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Size } from '../core/geometry/box';
import { ready } from './__fixtures__/appFixtures';
import { FrameFeed, PASSING_MS } from './frameFeed';

const SEEN: Size = { width: 4, height: 4 };

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

type Asked = {
  readonly frameIndex: number;
  readonly size: Size | undefined;
  readonly answer: () => Promise<void>;
};

function bench(seenSize: () => Size | null = () => SEEN) {
  const store = ready();
  const whole = store.getState().footage!;
  const asked: Asked[] = [];
  const closed: ImageBitmap[] = [];
  const feed = new FrameFeed(store, {
    getBitmap: (_footage, frameIndex, size) =>
      new Promise((resolve) => {
        const { width, height } = size ?? whole;
        const bitmap = {
          frameIndex,
          width,
          height,
          close: () => closed.push(bitmap),
        } as unknown as ImageBitmap;
        const answer = async (): Promise<void> => {
          resolve(bitmap);
          await vi.advanceTimersByTimeAsync(0);
        };
        asked.push({ frameIndex, size, answer });
      }),
  });
  const painted: { frame: number; isReduced: boolean; askedMeanwhile: number }[] = [];
  feed.attach((bitmap, frameIndex) => {
    expect((bitmap as unknown as { frameIndex: number }).frameIndex).toBe(frameIndex);
    painted.push({ frame: frameIndex, isReduced: bitmap.width < whole.width, askedMeanwhile: asked.length });
  }, seenSize);
  return { store, feed, asked, closed, painted };
}

/** Seeks to frames 10 ms apart, each answered at once. */
async function passBy({ store, asked }: ReturnType<typeof bench>, frames: readonly number[]): Promise<void> {
  for (const frame of frames) {
    store.getState().seek(frame);
    await asked.at(-1)?.answer();
    await vi.advanceTimersByTimeAsync(10);
  }
}

it('fetches single steps whole', async () => {
  const { store, asked, painted } = bench();
  await asked[0]!.answer();
  await vi.advanceTimersByTimeAsync(PASSING_MS);
  store.getState().seek(1);
  await asked[1]!.answer();
  expect(asked.map(({ size }) => size)).toEqual([undefined, undefined]);
  expect(painted.map(({ frame, isReduced }) => [frame, isReduced])).toEqual([
    [0, false],
    [1, false],
  ]);
});

it('fetches frames that go by as small as they are seen, and the last one whole', async () => {
  const scene = bench();
  const { store, asked, painted, closed } = scene;
  await asked[0]!.answer();
  await passBy(scene, [1, 2, 3]);
  expect(store.getState()).toMatchObject({ shownFrame: 3, isShownReduced: true });
  expect(asked.slice(2).map(({ frameIndex, size }) => [frameIndex, size])).toEqual([
    [2, SEEN],
    [3, SEEN],
  ]);
  await vi.advanceTimersByTimeAsync(PASSING_MS);
  await asked.at(-1)!.answer();
  expect(asked.at(-1)).toMatchObject({ frameIndex: 3, size: undefined });
  expect(store.getState()).toMatchObject({ shownFrame: 3, isShownReduced: false });
  expect(closed).toHaveLength(painted.length);
});

it('fetches all pixels where all are seen', async () => {
  const scene = bench(() => null);
  await scene.asked[0]!.answer();
  await passBy(scene, [1, 2, 3]);
  expect(scene.asked.every(({ size }) => size === undefined)).toBe(true);
  expect(scene.store.getState().isShownReduced).toBe(false);
});

it('leaves out frames gone by meanwhile, and asks for the next one before it paints the last', async () => {
  const { store, asked, painted } = bench();
  await asked[0]!.answer();
  [1, 2, 3, 4].forEach((frame) => store.getState().seek(frame));
  expect(asked.map(({ frameIndex }) => frameIndex)).toEqual([0, 1]);
  await asked[1]!.answer();
  expect(asked.map(({ frameIndex }) => frameIndex)).toEqual([0, 1, 4]);
  expect(painted.at(-1)).toMatchObject({ frame: 1, askedMeanwhile: 3 });
  await asked[2]!.answer();
  expect(store.getState().shownFrame).toBe(4);
});

it('paints nothing of footage that was replaced meanwhile', async () => {
  const { store, asked, painted, closed } = bench();
  store.getState().replaceFootage({ ...store.getState().footage!, footageId: 'other' as never });
  await asked[0]!.answer();
  expect(painted).toEqual([]);
  expect(closed).toHaveLength(1);
});
