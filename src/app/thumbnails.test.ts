/** Thumbnails are made one at a time, only while the picture on show is the one wanted, and given up for it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { cancelledError } from '../core/base/errors';
import { footage, ready } from './__fixtures__/appFixtures';
import { ThumbnailFeed, type ThumbnailSlot } from './thumbnails';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const slot = (fromFrame: number): ThumbnailSlot => ({ fromFrame, toFrame: fromFrame });

function harness() {
  const store = ready();
  const asked: number[] = [];
  const closed: number[] = [];
  let answer: (() => void) | null = null;
  const feed = new ThumbnailFeed(store, {
    getThumbnail: (_id, { fromFrame }, _height, signal) =>
      new Promise((resolve, reject) => {
        asked.push(fromFrame);
        signal?.addEventListener('abort', () => reject(cancelledError()));
        answer = () =>
          fromFrame === 5
            ? reject(new Error('damaged'))
            : resolve({ close: () => closed.push(fromFrame) } as unknown as ImageBitmap);
      }),
  });
  const made = async (): Promise<void> => {
    answer?.();
    await vi.advanceTimersByTimeAsync(1);
  };
  store.getState().setShownFrame(0);
  return { store, feed, asked, closed, made };
}

it('makes what is wanted in the order of the wish, one at a time, each once', async () => {
  const { feed, asked, made } = harness();
  const change = vi.fn();
  feed.onChange(change);
  feed.want([slot(4), slot(5), slot(6)]);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([4]);
  await made();
  await made();
  expect(asked).toEqual([4, 5, 6]);
  await made();
  expect(feed.get(slot(4))).not.toBeNull();
  expect(feed.get(slot(5))).toBeNull();
  expect(change).toHaveBeenCalledTimes(3);
  feed.want([slot(5), slot(4)]);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([4, 5, 6]);
});

it('gives way while the user waits for a frame or plays, and goes on afterwards', async () => {
  const { store, feed, asked, made } = harness();
  feed.want([slot(1), slot(2)]);
  await vi.advanceTimersByTimeAsync(500);
  store.getState().seek(7);
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual([1]);
  store.getState().setShownFrame(7);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([1]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([1, 1]);
  store.getState().setPlaying(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([1, 1]);
  store.getState().setPlaying(false);
  await vi.advanceTimersByTimeAsync(500);
  await made();
  expect(asked).toEqual([1, 1, 1, 2]);
});

it('closes what it kept when other footage comes, and what comes too late', async () => {
  const { store, feed, closed, made } = harness();
  feed.want([slot(1), slot(2)]);
  await vi.advanceTimersByTimeAsync(500);
  await made();
  store.getState().replaceFootage(footage());
  expect(closed).toEqual([1]);
  expect(feed.get(slot(1))).toBeNull();
});
