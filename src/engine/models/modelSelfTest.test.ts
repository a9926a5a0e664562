/** The self-test: which graph it runs, on what, and what it lets go. */
import { expect, it } from 'vitest';
import { bareManifest } from '../../core/models/__fixtures__/bareManifest';
import type { GraphManifest } from '../../core/models/graphManifest';
import type { GraphRun } from '../ort/graphSession';
import type { OrtTensor } from '../ort/ortRuntime';
import { pictureGraph, testModel, testPicture } from './modelSelfTest';

const file = { file: 'a.onnx', sizeBytes: 1, sha256: 'aa' };
const manifest: GraphManifest = {
  ...bareManifest,
  variants: {
    fp32: {
      graphs: {
        mask: { ...file, inputs: { mask: [1, 1, 64, 64] }, outputs: {} },
        value: { ...file, inputs: { image: [1, 3, null, null], mask: [1, 1, null, null] }, outputs: {} },
        key: { ...file, inputs: { image: [1, 3, null, 64] }, outputs: { key: [1, 2], f16: [1, 4] } },
      },
      weightFiles: [],
      tensors: [],
    },
  },
  officialStatistics: { fp32: { 'key.key': { mean: 4, deviation: 1 } } },
};

/** Gives the picture's first values, times `runs`. */
function session(): { runs: GraphRun[]; live: number; of: Parameters<typeof testModel>[0] } {
  const state = { runs: [] as GraphRun[], live: 0 };
  return Object.assign(state, {
    of: {
      run: async (run: GraphRun) => {
        state.runs.push(run);
        state.live += run.fetches.length;
        const data = Float32Array.of(3, 5);
        const outputs = Object.fromEntries(
          run.fetches.map((name) => [name, { data } as unknown as OrtTensor]),
        );
        return { outputs, runMs: state.runs.length * 10 };
      },
      disposeTensor: () => {
        state.live -= 1;
      },
    },
  });
}

it('runs the graph that is given a picture alone, times its second run, and keeps no tensor', async () => {
  const made = session();
  const found = await testModel(made.of, manifest, 'fp32');
  expect(found).toMatchObject({ variant: 'fp32', pictureSidePx: 384, encoderMs: 20, verdict: 'asOfficial' });
  expect(found.outputs.map(({ name, mean }) => [name, mean])).toEqual([
    ['key.key', 4],
    ['key.f16', 4],
  ]);
  expect(made.runs.map(({ feeds }) => feeds)).toMatchObject([
    { image: { dims: [1, 3, 384, 64] } },
    { image: { dims: [1, 3, 384, 64] } },
  ]);
  expect(made.live).toBe(0);
});

it('says when the outputs are other than those of the official weights, or when nobody stated these', async () => {
  const verdictWith = async (stated: GraphManifest['officialStatistics']): Promise<string> =>
    (await testModel(session().of, { ...manifest, officialStatistics: stated }, 'fp32')).verdict;
  expect(await verdictWith({ fp32: { 'key.key': { mean: 4.1, deviation: 1 } } })).toBe('otherThanOfficial');
  expect(await verdictWith({ fp32: { 'key.key': { mean: 4, deviation: 1.1 } } })).toBe('otherThanOfficial');
  expect(await verdictWith({ fp16: { 'key.key': { mean: 4, deviation: 1 } } })).toBe('notKnown');
  expect(await verdictWith(undefined)).toBe('notKnown');
});

it('gives the same picture everywhere, within -1..1', () => {
  const picture = testPicture([1, 3, 64, 64]);
  expect(picture).toHaveLength(3 * 64 * 64);
  expect(picture.slice(0, 3)).toEqual(Float32Array.of(1, 1 - 3 / 64, 1 - 6 / 64));
  const extremes = [Math.min(...picture), Math.max(...picture)];
  expect(extremes[0]).toBeGreaterThanOrEqual(-1);
  expect(extremes[1]).toBeLessThanOrEqual(1);
});

it('says so where no graph takes a picture alone', async () => {
  expect(pictureGraph(manifest, 'fp16')).toBeNull();
  await expect(testModel(session().of, manifest, 'fp16')).rejects.toThrow(/picture/);
});
