/** Scoring through the real worker: the same values as without it, in order, and cancelling. */
import { afterAll, describe, expect, it } from 'vitest';
import { scoreFrame, type FrameToScore } from '../../core/compare/comparisonFrames';
import { encodeRle, type Rle } from '../../core/mask/rle';
import { CompareClient } from './compareClient';

const client = new CompareClient();
afterAll(() => client[Symbol.dispose]());

const size = { width: 160, height: 90 };

/** A band of rows. */
function band(top: number, bottom: number): Rle {
  const data = new Uint8Array(size.width * size.height);
  data.fill(1, top * size.width, bottom * size.width);
  return encodeRle({ ...size, data });
}

const frames: FrameToScore[] = [3, 1, 2].map((frameIndex) => ({
  frameIndex,
  pairs: [
    { a: band(10, 40), b: band(10 + 4 * frameIndex, 40) },
    { a: null, b: band(60, 70) },
  ],
  ignored: frameIndex === 2 ? band(0, 12) : null,
}));

describe('CompareClient', () => {
  it('gives the scores of the core, in the order asked', async () => {
    const scores = await client.score(frames);
    expect(scores.map(({ frameIndex }) => frameIndex)).toEqual([3, 1, 2]);
    expect(scores).toEqual(frames.map(scoreFrame));
    expect(scores[1]!.pairs[1]).toMatchObject({ j: 0, f: 0, aOnlyPx: 0, bOnlyPx: 1600 });
  });

  it('rejects what was cancelled before or meanwhile', async () => {
    const controller = new AbortController();
    const asked = client.score(frames, { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.score(frames, { signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await client.score(frames.slice(0, 1))).toHaveLength(1);
  });

  it('says what happened to calls when the worker ends, and begins anew', async () => {
    const asked = client.score(frames);
    client[Symbol.dispose]();
    await expect(asked).rejects.toMatchObject({ code: 'internal' });
    expect(await client.score(frames)).toHaveLength(3);
  });
});
