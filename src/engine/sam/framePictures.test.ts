/** Pictures are fetched once, kept while they are worked on, and fetched again after a failure. */
import { expect, it } from 'vitest';
import { FramePictures } from './framePictures';

function trackedPictures(fails: (call: number) => boolean = () => false) {
  const fetched: number[] = [];
  const pictures = new FramePictures(async (frameIndex) => {
    fetched.push(frameIndex);
    if (fails(fetched.length)) {
      throw new Error('unreadable');
    }
    return { width: 1, height: 1, data: Uint8ClampedArray.of(frameIndex, 0, 0, 255) };
  });
  return { fetched, pictures };
}

it('fetches a frame once for all who ask', async () => {
  const { fetched, pictures } = trackedPictures();
  pictures.prefetch(5);
  const [one, other] = await Promise.all([pictures.get(5), pictures.get(5)]);
  expect(one).toBe(other);
  expect(one.data[0]).toBe(5);
  expect(fetched).toEqual([5]);
});

it('lets go of the frame that nobody has asked for longest', async () => {
  const { fetched, pictures } = trackedPictures();
  for (const frameIndex of [1, 2, 3, 1, 4, 1, 3, 4, 2]) {
    await pictures.get(frameIndex);
  }
  expect(fetched).toEqual([1, 2, 3, 4, 2]);
});

it('tries again after a failure, whether fetched ahead or not', async () => {
  const { fetched, pictures } = trackedPictures((call) => call <= 2);
  pictures.prefetch(1);
  await new Promise((resolve) => setTimeout(resolve, 0));
  await expect(pictures.get(1)).rejects.toThrow('unreadable');
  expect((await pictures.get(1)).data[0]).toBe(1);
  expect(fetched).toEqual([1, 1, 1]);
});
