/** SamVision on WASM with the tiny model: windows, shared pictures and embeddings, drawing, order of work. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCancelled } from '../../../core/base/errors';
import type { Box } from '../../../core/geometry/box';
import { imageTransformOf } from '../../../core/geometry/imageTransform';
import { fillHoles } from '../../../core/mask/fillHoles';
import { thresholdLogits, upscaleLowResLogits } from '../../../core/mask/logits';
import { encodeRle } from '../../../core/mask/rle';
import { loadModelFiles } from '../../models/modelFiles';
import { loadBrowserRuntime } from '../../ort/loadBrowserRuntime';
import {
  height,
  iouWithBox,
  picture,
  squareBox,
  tinyModelUrl,
  width,
} from '../../sam/__fixtures__/tinyScene';
import { largestDifference, plainRead, randomMemory } from '../../sam/__fixtures__/memoryReference';
import { cropPicture } from '../../sam/cropPicture';
import { FrameDrawer } from '../../sam/frameDrawer';
import { SamFrames } from '../../sam/samFrames';
import { SamHost } from '../../sam/samHost';
import { SamVision } from './samVision';

const capabilities = { gpu: null, isCrossOriginIsolated: crossOriginIsolated, hardwareConcurrency: 2 };
const host = new SamHost({ capabilities, loadRuntime: loadBrowserRuntime }, () => undefined);
const frames = new SamFrames(host);
const drawer = new FrameDrawer(frames);
const vision = new SamVision(frames);
const { signal } = new AbortController();
const whole: Box = [0, 0, width, height];
/** Taller than wide, so that padding lies to the right. */
const part: Box = [10, 70, 70, 150];

let fetched: number[] = [];

beforeAll(async () => {
  await host.load(await loadModelFiles(tinyModelUrl, () => undefined));
});

beforeEach(() => {
  fetched = [];
  frames.setFootage(async (frameIndex) => {
    fetched.push(frameIndex);
    return picture(frameIndex);
  });
});

function keysOf(frameIndex: number, box: Box): Promise<Float32Array> {
  return vision.look(frameIndex, box, signal, async ({ keys }) => keys);
}

describe('a whole frame', () => {
  it('has a unit-length key for each cell without padding', async () => {
    const keys = await keysOf(0, whole);
    expect(keys).toHaveLength(64 * 40 * 256);
    const lengths = Array.from({ length: 64 * 40 }, (_, cell) =>
      Math.hypot(...keys.subarray(cell * 256, (cell + 1) * 256)),
    );
    lengths.forEach((length) => expect(length).toBeCloseTo(1, 4));
    // White is above the model's mean colour and black below it; a cell is seen at its middle, and covers 5 pixels.
    const { data } = picture(0);
    for (let cell = 0; cell < 64 * 40; cell += 1) {
      const [x, y] = [(cell % 64) * 5 + 2, Math.floor(cell / 64) * 5 + 2];
      expect(keys[cell * 256]! > 0).toBe(data[(y * width + x) * 4]! > 0);
    }
  });

  it('is fetched and encoded once for looking and prompting', async () => {
    vision.prefetch(2);
    expect(await vision.picture(2)).toEqual(picture(2));
    const encodeMs = await vision.look(2, whole, signal, async (view) => view.encodeMs);
    expect(encodeMs).toBeGreaterThan(0);
    expect(await vision.look(2, whole, signal, async (view) => view.encodeMs)).toBe(0);
    expect((await drawer.encode(2, { priority: 'interactive' })).encodeMs).toBe(0);
    expect(fetched).toEqual([2]);
  });
});

describe('a part of a frame', () => {
  it('has the keys of the part as a picture of its own', async () => {
    const keys = await keysOf(3, part);
    frames.setFootage(async () => cropPicture(picture(3), part));
    expect(keys).toHaveLength(48 * 64 * 256);
    expect(keys).toEqual(await keysOf(0, [0, 0, part[2] - part[0], part[3] - part[1]]));
  });

  it('is drawn in its own pixels', async () => {
    const [x0, y0, x1, y1] = squareBox('left', 3);
    const box: Box = [x0 - part[0], y0 - part[1], x1 - part[0], y1 - part[1]];
    const { lowResLogits } = await vision.look(3, part, signal, ({ decode }) =>
      decode({ points: [], box, maskLogits: null }),
    );
    const transform = imageTransformOf({ width: part[2] - part[0], height: part[3] - part[1] });
    const logits = upscaleLowResLogits(lowResLogits, transform);
    fillHoles(logits);
    const drawn = thresholdLogits(logits);
    const framed = new Uint8Array(width * height);
    for (let y = 0; y < drawn.height; y += 1) {
      framed.set(
        drawn.data.subarray(y * drawn.width, (y + 1) * drawn.width),
        (y + part[1]) * width + part[0],
      );
    }
    expect(iouWithBox(encodeRle({ width, height, data: framed }), squareBox('left', 3))).toBeGreaterThan(
      0.85,
    );
  });

  it('leaves nothing behind', async () => {
    await keysOf(1, part);
    expect(frames.cachedFrames).toBe(0);
    expect(host.census.liveCount).toBe(0);
    await expect(vision.look(1, part, signal, () => Promise.reject(new Error('no use')))).rejects.toThrow(
      'no use',
    );
    expect(frames.cachedFrames).toBe(0);
  });

  it('must lie in the frame', async () => {
    await expect(keysOf(0, [0, 0, width + 1, height])).rejects.toThrow('part');
  });
});

describe('work on a frame', () => {
  it('can read memory', async () => {
    const memory = randomMemory({ queryCount: 9, tokenCount: 200, components: 12, channels: 2 });
    const { read } = await vision.look(0, whole, signal, ({ readMemory }) => readMemory(memory));
    expect(largestDifference(read, plainRead(memory))).toBeLessThan(1e-4);
  });

  it('lets an interactive call overtake', async () => {
    const order: string[] = [];
    const prompt = { points: [], box: squareBox('left', 0), maskLogits: null };
    const asked = vision.look(0, whole, signal, async ({ decode }) => {
      const interactive = drawer
        .draw(0, [prompt], { priority: 'interactive' })
        .then(() => order.push('interactive'));
      await decode(prompt);
      await decode(prompt);
      order.push('background');
      return interactive;
    });
    await asked;
    expect(order).toEqual(['interactive', 'background']);
  });

  it('ends as cancelled once aborted', async () => {
    const controller = new AbortController();
    const looked = vision.look(0, whole, controller.signal, async ({ decode }) => {
      controller.abort();
      return decode({ points: [], box: squareBox('left', 0), maskLogits: null });
    });
    expect(isCancelled(await looked.catch((error: unknown) => error))).toBe(true);
    const again = vision.look(1, part, controller.signal, async () => undefined);
    expect(isCancelled(await again.catch((error: unknown) => error))).toBe(true);
  });

  it('sees the pictures of the footage that is open', async () => {
    await vision.picture(0);
    const other = cropPicture(picture(0), part);
    frames.setFootage(async () => other);
    expect(await vision.picture(0)).toBe(other);
  });
});
