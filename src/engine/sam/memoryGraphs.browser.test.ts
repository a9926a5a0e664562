/** The memory's graphs on WASM against the same written plainly. */
import { beforeAll, describe, expect, it } from 'vitest';
import { imageTransformOf } from '../../core/geometry/imageTransform';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { GraphSession, type OrtContext } from '../ort/graphSession';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { SessionMutex } from '../ort/sessionMutex';
import {
  cells,
  keyChannels,
  largestDifference,
  plainCellKeys,
  plainRead,
  randomMemory,
  randomValues,
} from './__fixtures__/memoryReference';
import { CellKeyReader } from './cellKeyReader';
import { cellKeysGraph, groupedMemoryReadGraph, memoryReadGraph } from './memoryGraphs';
import { MemoryReader } from './memoryReader';

const onCpu = { executionProviders: ['wasm'] };
const run = { priority: 'background' } as const;

let context: OrtContext;

beforeAll(async () => {
  const runtime = await loadBrowserRuntime('wasm', 2);
  context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
});

it('makes a unit-length key of every cell, and nothing but zeros of an empty one', async () => {
  const values = randomValues(keyChannels * cells, 4);
  for (let channel = 0; channel < keyChannels; channel += 1) {
    values[channel * cells + 70] = 0;
  }
  const reader = new CellKeyReader(await GraphSession.create(context, cellKeysGraph(), onCpu));
  const tensor = new context.runtime.Tensor('float32', values, [1, keyChannels, 64, 64]);
  const transform = imageTransformOf({ width: 64, height: 64 });
  const embedding = { tensor, transform, sizeBytes: values.byteLength, dispose: () => undefined };
  const keys = await reader.read(embedding, run);
  expect(largestDifference(keys, plainCellKeys(values))).toBeLessThan(1e-5);
  expect(new Set(keys.subarray(70 * keyChannels, 71 * keyChannels))).toEqual(new Set([0]));
});

describe.each([
  { name: 'in one piece', graph: memoryReadGraph, isGrouped: false },
  { name: 'by groups', graph: groupedMemoryReadGraph, isGrouped: true },
])('reading $name', ({ graph, isGrouped }) => {
  let reader: MemoryReader;

  beforeAll(async () => {
    reader = new MemoryReader(await GraphSession.create(context, graph(), onCpu), isGrouped);
  });

  it.each([
    { queryCount: 3, tokenCount: 20, components: 4, channels: 1 },
    { queryCount: 70, tokenCount: 641, components: 30, channels: 3 },
    { queryCount: 40, tokenCount: 3100, components: 260, channels: 4 },
  ])('is right for $queryCount queries and $tokenCount tokens', async (size) => {
    const memory = randomMemory(size);
    const { read, runMs } = await reader.read(memory, run);
    expect(largestDifference(read, plainRead(memory))).toBeLessThan(1e-4);
    expect(runMs).toBeGreaterThan(0);
  });

  it('is the same in several blocks of queries', async () => {
    const memory = randomMemory({ queryCount: 900, tokenCount: 40_000, components: 4, channels: 2 });
    const { read } = await reader.read(memory, run);
    // Blocks hold 419 queries; these lie on both sides of the seams.
    const chosen = [0, 1, 418, 419, 420, 836, 837, 838, 839, 899];
    const queries = Float32Array.from(
      chosen.flatMap((query) => [...memory.queries.subarray(query * 4, query * 4 + 4)]),
    );
    const expected = plainRead({ ...memory, queries, queryCount: chosen.length });
    const found = Float32Array.from(chosen.flatMap((query) => [...read.subarray(query * 2, query * 2 + 2)]));
    expect(largestDifference(found, expected)).toBeLessThan(1e-3);
  });
});

it('asks for enough memory', async () => {
  const session = await GraphSession.create(context, memoryReadGraph(), onCpu);
  const memory = randomMemory({ queryCount: 1, tokenCount: 19, components: 2, channels: 1 });
  await expect(new MemoryReader(session, false).read(memory, run)).rejects.toThrow('tokens');
});
