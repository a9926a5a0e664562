/** The benchmark's store of embeddings: what it keeps, what it runs again. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OrtRuntime } from '../../../src/engine/ort/ortRuntime';
import { keepEmbeddings } from './embeddingStore';

const PICTURE = [1, 3, 1024, 1024];
const EMBEDDING = [1, 256, 64, 64];

let folder: string;
let runs: number[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embeddings-'));
  runs = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

class FakeTensor {
  constructor(
    readonly type: string,
    readonly data: Float32Array,
    readonly dims: readonly number[],
  ) {}
}

/** A graph is the number of its inputs and what it adds to each value. */
function fakeRuntime(): OrtRuntime {
  const create = async (graph: Uint8Array) => {
    const [inputs, added] = [graph[0]!, graph[1]!];
    return {
      inputNames: Array.from({ length: inputs }, (_, index) => `in${index}`),
      outputNames: ['out'],
      run: async (feeds: Record<string, FakeTensor>) => {
        runs.push(added);
        const data = feeds['in0']!.data.map((value) => value + added);
        return { out: new FakeTensor('float32', data, EMBEDDING) };
      },
    };
  };
  return { InferenceSession: { create }, Tensor: FakeTensor, env: {} } as unknown as OrtRuntime;
}

async function runOf(graph: readonly number[], weights?: readonly number[]) {
  const session = await keepEmbeddings(fakeRuntime(), folder).InferenceSession.create(
    Uint8Array.from(graph),
    weights ? { externalData: [{ path: 'weights.bin', data: Uint8Array.from(weights) }] } : {},
  );
  return async (values: readonly number[], dims: readonly number[]) => {
    const tensor = new FakeTensor('float32', Float32Array.from(values), dims) as never;
    const { out } = await session.run({ in0: tensor });
    return { values: [...(out!.data as Float32Array)], dims: [...out!.dims] };
  };
}

it('encodes a picture once, also for the next process', async () => {
  const answer = { values: [8, 9], dims: EMBEDDING };
  const encode = await runOf([1, 7]);
  expect(await encode([1, 2], PICTURE)).toEqual(answer);
  expect(await encode([1, 2], PICTURE)).toEqual(answer);
  expect(await (await runOf([1, 7]))([1, 2], PICTURE)).toEqual(answer);
  expect(runs).toEqual([7]);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('tells pictures and models apart', async () => {
  const encode = await runOf([1, 7]);
  await encode([1, 2], PICTURE);
  expect((await encode([1, 3], PICTURE)).values).toEqual([8, 10]);
  expect((await (await runOf([1, 8]))([1, 2], PICTURE)).values).toEqual([9, 10]);
  expect(readdirSync(folder)).toHaveLength(3);
});

it('tells the same graph with other weights apart', async () => {
  const [own, ownAgain, others, none] = await Promise.all(
    [[1, 2, 3], [1, 2, 3], [1, 2, 4], undefined].map((weights) => runOf([1, 7], weights)),
  );
  await own!([1, 2], PICTURE);
  await ownAgain!([1, 2], PICTURE);
  expect(runs).toEqual([7]);
  await others!([1, 2], PICTURE);
  await none!([1, 2], PICTURE);
  expect(runs).toEqual([7, 7, 7]);
  expect(readdirSync(folder)).toHaveLength(3);
});

it('keeps nothing of graphs that take something else than a picture', async () => {
  const cellKeys = await runOf([1, 7]);
  expect((await cellKeys([1, 2], EMBEDDING)).values).toEqual([8, 9]);
  expect((await cellKeys([1, 2], EMBEDDING)).values).toEqual([8, 9]);
  const decoder = await runOf([2, 5]);
  await decoder([1, 2], PICTURE);
  expect(runs).toEqual([7, 7, 5]);
  expect(readdirSync(folder)).toEqual([]);
});
