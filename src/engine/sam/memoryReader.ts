/** Reads memory: for each query, the values of the tokens most like it. */
import { assert } from '../../core/base/assert';
import type { GraphInput, GraphSession } from '../ort/graphSession';
import type { RunOptions } from './imageEncoder';
import { MEMORY_READ_GROUP, MEMORY_READ_TOP_K } from './memoryGraphs';

export type MemoryReadInput = {
  /** float32[queryCount * components] */
  readonly queries: Float32Array<ArrayBuffer>;
  /** float32[tokenCount * components] */
  readonly keys: Float32Array<ArrayBuffer>;
  /** float32[tokenCount * channels] */
  readonly values: Float32Array<ArrayBuffer>;
  readonly queryCount: number;
  /** At least MEMORY_READ_TOP_K. */
  readonly tokenCount: number;
  readonly components: number;
  readonly channels: number;
};

/** read float32[queryCount * channels], row-major. */
export type MemoryRead = { readonly read: Float32Array<ArrayBuffer>; readonly runMs: number };

/** Similarities in one run: 64 MB, half of what every WebGPU adapter can bind; what the grouped graph can count. */
const MAX_SIMILARITIES = 16 * 1024 * 1024;

/** Added to the similarity of tokens that only fill up a group. */
const NEVER_READ = -1e9;

export class MemoryReader {
  readonly #session: GraphSession;
  readonly #isGrouped: boolean;

  /** A session of memoryReadGraph or, when `isGrouped`, of groupedMemoryReadGraph. */
  constructor(session: GraphSession, isGrouped: boolean) {
    this.#session = session;
    this.#isGrouped = isGrouped;
  }

  /**
   * Per query the MEMORY_READ_TOP_K tokens with the largest dot product, their values averaged with the softmax of
   * those products at temperature 0.05. Runs in blocks of queries, between which others get their turn.
   */
  async read(input: MemoryReadInput, { priority, signal }: RunOptions): Promise<MemoryRead> {
    const { queries, queryCount, components, channels } = input;
    assert(input.tokenCount >= MEMORY_READ_TOP_K, 'memory holds at least as many tokens as are read');
    const { feeds, tokenCount } = this.#isGrouped ? groupedMemoryOf(input) : memoryOf(input);
    const blockSize = Math.max(1, Math.floor(MAX_SIMILARITIES / tokenCount));
    const read = new Float32Array(queryCount * channels);
    let runMs = 0;
    for (let first = 0; first < queryCount; first += blockSize) {
      const count = Math.min(blockSize, queryCount - first);
      const block = queries.subarray(first * components, (first + count) * components);
      const { outputs, runMs: blockMs } = await this.#session.run({
        feeds: {
          ...feeds,
          ...(this.#isGrouped
            ? { row_starts: { values: multiplesOf(tokenCount, count), dims: [count, 1] } }
            : {}),
          queries: { values: block, dims: [count, components] },
        },
        fetches: ['read'],
        priority,
        signal,
      });
      const answer = outputs['read']!;
      read.set(answer.data as Float32Array, first * channels);
      this.#session.disposeTensor(answer);
      runMs += blockMs;
    }
    return { read, runMs };
  }
}

type Memory = { readonly feeds: Record<string, GraphInput>; readonly tokenCount: number };

function memoryOf({ keys, values, tokenCount, components, channels }: MemoryReadInput): Memory {
  const feeds = {
    keys: { values: keys, dims: [tokenCount, components] },
    values: { values, dims: [tokenCount, channels] },
  };
  return { feeds, tokenCount };
}

/** Filled up to whole groups, and to as many groups as tokens are read. */
function groupedMemoryOf(input: MemoryReadInput): Memory {
  const groupCount = Math.max(MEMORY_READ_TOP_K, Math.ceil(input.tokenCount / MEMORY_READ_GROUP));
  const tokenCount = groupCount * MEMORY_READ_GROUP;
  const keys = new Float32Array(tokenCount * input.components);
  keys.set(input.keys);
  const values = new Float32Array(tokenCount * input.channels);
  values.set(input.values);
  const bias = new Float32Array(tokenCount).fill(NEVER_READ, input.tokenCount);
  const { feeds } = memoryOf({ ...input, keys, values, tokenCount });
  return {
    feeds: {
      ...feeds,
      bias: { values: bias, dims: [tokenCount] },
      group_starts: { values: multiplesOf(MEMORY_READ_GROUP, groupCount), dims: [groupCount] },
    },
    tokenCount,
  };
}

/** 0, `step`, 2 * `step`, ... */
function multiplesOf(step: number, length: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length }, (_, index) => index * step);
}
