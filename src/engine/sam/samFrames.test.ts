/** Frames whose pictures are replaced: work under way is done again with the new ones, and nothing old is kept. */
import { expect, it } from 'vitest';
import { SamFrames } from './samFrames';
import type { SamHost } from './samHost';

/** A model whose embedding of a picture is its first value, encoded when the test says so. */
function harness() {
  const waiting: (() => void)[] = [];
  const encoded: number[] = [];
  let disposed = 0;
  const model = {
    encoder: {
      encode: async (picture: { data: Uint8ClampedArray }) => {
        encoded.push(picture.data[0] ?? -1);
        await new Promise<void>((resolve) => waiting.push(resolve));
        const embedding = { shade: picture.data[0], sizeBytes: 1, dispose: () => (disposed += 1) };
        return { embedding, runMs: 1 };
      },
    },
  };
  const host = { use: (work: (given: unknown) => unknown) => work(model) } as unknown as SamHost;
  const frames = new SamFrames(host);
  const pictures = (shade: number) => async () => ({
    width: 1,
    height: 1,
    data: Uint8ClampedArray.of(shade, 0, 0, 255),
  });
  const shadeOf = (frameIndex: number): Promise<unknown> =>
    frames.use(async ({ embeddings }) => {
      const held = await embeddings.hold(frameIndex, { priority: 'interactive' });
      held.release();
      return (held.embedding as unknown as { shade: number }).shade;
    });
  const encodeAll = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      waiting.splice(0).forEach((resolve) => resolve());
    }
  };
  return { frames, pictures, shadeOf, encodeAll, encoded, disposedCount: () => disposed };
}

it('encodes anew what it had', async () => {
  const { frames, pictures, shadeOf, encodeAll, encoded, disposedCount } = harness();
  frames.setFootage(pictures(10));
  const first = shadeOf(0);
  await encodeAll();
  expect(await first).toBe(10);
  expect(frames.cachedFrames).toBe(1);
  frames.replacePictures(pictures(20));
  expect(frames.cachedFrames).toBe(0);
  expect(disposedCount()).toBe(1);
  const second = shadeOf(0);
  await encodeAll();
  expect(await second).toBe(20);
  expect(encoded).toEqual([10, 20]);
});

it('does work under way again, with the new pictures', async () => {
  const { frames, pictures, shadeOf, encodeAll, disposedCount } = harness();
  frames.setFootage(pictures(10));
  const shade = shadeOf(0);
  await new Promise((resolve) => setTimeout(resolve));
  frames.replacePictures(pictures(20));
  await encodeAll();
  expect(await shade).toBe(20);
  expect(disposedCount()).toBe(1);
});

it('cancels work when other footage comes', async () => {
  const { frames, pictures, shadeOf, encodeAll } = harness();
  frames.setFootage(pictures(10));
  const shade = shadeOf(0).catch((error: unknown) => String(error));
  await new Promise((resolve) => setTimeout(resolve));
  frames.setFootage(pictures(20));
  await encodeAll();
  expect(await shade).toMatch(/cancel/i);
});
