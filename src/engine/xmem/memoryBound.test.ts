/** The working size that XMem's memory has room for. */
import { expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { encodeRle } from '../../core/mask/rle';
import { boundedShortSide, MAX_MEMORY_BYTES, memoryBytes } from './memoryBound';
import { defaultXMemOptions } from './options';
import { XMemPropagator } from './xmemPropagator';

/** As in XMem's manifest. */
const config = {
  keyDim: 64,
  valueDim: 512,
  hiddenDim: 64,
  mean: [0, 0, 0] as [number, number, number],
  std: [1, 1, 1] as [number, number, number],
  topK: 30,
  memoryEvery: 5,
  maxWorkingFrames: 10,
  minWorkingFrames: 5,
  prototypes: 128,
  maxLongTermElements: 10_000,
};

const uhd = { width: 3840, height: 2160 };

it('counts what a cell of 4K footage costs', () => {
  const one = { labels: 1, permanentFrames: 0 };
  const two = { labels: 2, permanentFrames: 0 };
  const perFrame =
    (memoryBytes(uhd, null, config, two) - memoryBytes(uhd, null, config, one) - 10_000 * 512 * 4) / 11;
  expect(perFrame).toBe(240 * 135 * 512 * 4);
});

it('leaves usual sizes as they are, the footage’s own among them where it is small', () => {
  for (const shortSidePx of [240, 480]) {
    expect(boundedShortSide(uhd, shortSidePx, config, { labels: 10, permanentFrames: 16 })).toBe(shortSidePx);
  }
  const small = { width: 640, height: 480 };
  expect(boundedShortSide(small, null, config, { labels: 3, permanentFrames: 16 })).toBeNull();
});

it.each([1, 4, 12, 60])(
  'works on large footage as large as the memory of %d labels has room for',
  (labels) => {
    const remembered = { labels, permanentFrames: 16 };
    const side = boundedShortSide(uhd, null, config, remembered)!;
    expect(side).toBeLessThan(uhd.height);
    expect(side).toBeGreaterThanOrEqual(64);
    expect(memoryBytes(uhd, side, config, remembered)).toBeLessThanOrEqual(MAX_MEMORY_BYTES);
    expect(memoryBytes(uhd, side + 16, config, remembered)).toBeGreaterThan(MAX_MEMORY_BYTES);
  },
);

it('bounds the size of a run that asks for the footage’s own', async () => {
  const model = { config, use: () => Promise.reject(new Error('not started')) };
  const frames = { picture: () => Promise.reject(new Error('no picture')), prefetch: () => undefined };
  const propagator = new XMemPropagator(model, frames, defaultXMemOptions('webgpu'));
  const labels = [1, 2, 3, 4].map((id) => ({ objectId: objectId(id), role: 'object' as const }));
  const data = new Uint8Array(uhd.width * uhd.height).fill(1, 0, 9);
  const request = {
    engine: 'xmem' as const,
    startFrame: 0,
    endFrame: 1,
    labels,
    startMasks: [{ objectId: objectId(1), rle: encodeRle({ ...uhd, data }) }],
    conditioning: [],
    annotated: [],
    shortSidePx: null,
  };
  const run = propagator.propagate(request, new AbortController().signal);
  await expect(run.next()).rejects.toThrow('no picture');
  const remembered = { labels: 4, permanentFrames: 0 };
  expect(propagator.shortSidePx).toBe(boundedShortSide(uhd, null, config, remembered));
  expect(propagator.shortSidePx).not.toBeNull();
});
