/** Cell keys and memory reads written plainly, with random data to compare the graphs on. */
import type { MemoryReadInput } from '../memoryReader';

export const cells = 64 * 64;
export const keyChannels = 256;

/** Values in -1..1, the same for the same seed (mulberry32). */
export function randomValues(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  });
}

export type ReadSize = Pick<MemoryReadInput, 'queryCount' | 'tokenCount' | 'components' | 'channels'>;

export function randomMemory(size: ReadSize): MemoryReadInput {
  const { queryCount, tokenCount, components, channels } = size;
  return {
    ...size,
    queries: randomValues(queryCount * components, 1),
    keys: randomValues(tokenCount * components, 2).map((value) => value / Math.sqrt(components)),
    values: randomValues(tokenCount * channels, 3),
  };
}

/** float32[256 * cells] -> float32[cells * 256], each cell divided by its length. */
export function plainCellKeys(embedding: Float32Array): Float32Array {
  const keys = new Float32Array(cells * keyChannels);
  for (let cell = 0; cell < cells; cell += 1) {
    const values = Array.from({ length: keyChannels }, (_, channel) => embedding[channel * cells + cell]!);
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 1e-12));
    keys.set(
      values.map((value) => value / length),
      cell * keyChannels,
    );
  }
  return keys;
}

/** The softmax-weighted mean of the values of the 20 most similar tokens, for each query. */
export function plainRead(input: MemoryReadInput): Float32Array {
  const { queries, keys, values, queryCount, tokenCount, components, channels } = input;
  const read = new Float32Array(queryCount * channels);
  for (let query = 0; query < queryCount; query += 1) {
    const similarity = Float64Array.from({ length: tokenCount }, (_, token) => {
      let sum = 0;
      for (let at = 0; at < components; at += 1) {
        sum += queries[query * components + at]! * keys[token * components + at]!;
      }
      return sum;
    });
    const floor = similarity.toSorted().at(-20)!;
    const top = [...similarity.keys()].filter((token) => similarity[token]! >= floor);
    const highest = Math.max(...top.map((token) => similarity[token]!));
    const weights = top.map((token) => Math.exp((similarity[token]! - highest) / 0.05));
    const total = weights.reduce((sum, weight) => sum + weight);
    top.forEach((token, rank) => {
      for (let channel = 0; channel < channels; channel += 1) {
        read[query * channels + channel]! += (weights[rank]! / total) * values[token * channels + channel]!;
      }
    });
  }
  return read;
}

export function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.length === b.length
    ? a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index]!)), 0)
    : Infinity;
}
