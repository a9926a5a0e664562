/** The search by a graph finds what the search in plain loops finds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { uniforms } from '../checkpoint/__fixtures__/seededWeights';
import { startGraphs } from '../models/shelfSessions';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';
import { firstId, valueDim } from './__fixtures__/randomMemory';
import { graphSearch } from './graphSearch';
import { freshUsage, type MemoryBlock } from './memoryBlock';
import { nearestColumns, readValues, type NearestSearch } from './memoryRead';

const keyDim = 64;
const cells = 50;
const file = path.join(import.meta.dirname, '../../../public/models/xmem/read.fp32.onnx');

let search: NearestSearch;

beforeAll(async () => {
  const graphs = new Map([['read', Uint8Array.from(await readFile(file))]]);
  const { read } = await startGraphs(nodeWasmContext(), { graphs, weights: [] }, null);
  search = graphSearch(read!, new AbortController().signal);
});

function numbers(name: string, count: number, from: number, to: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(uniforms(name, count, 0), (value) => from + value * (to - from));
}

/** Every third column is not valid when `hasGaps`. */
function blockOf(name: string, columns: number, hasGaps: boolean): MemoryBlock {
  const valid = hasGaps
    ? Uint8Array.from({ length: columns }, (_, column) => (column % 3 === 0 ? 0 : 1))
    : null;
  return {
    columns,
    keys: numbers(`${name} keys`, columns * keyDim, -2, 2),
    shrinkage: numbers(`${name} shrinkage`, columns, 1, 3),
    selection: null,
    values: new Map([[firstId, { rows: numbers(`${name} values`, columns * valueDim, -1, 1), valid }]]),
    ...freshUsage(columns),
  };
}

it.each([
  { name: 'one block', blocks: [blockOf('a', 200, false)], topK: 30 },
  {
    name: 'blocks with gaps',
    blocks: [blockOf('a', 40, true), blockOf('b', 7, false), blockOf('c', 90, true)],
    topK: 30,
  },
  { name: 'fewer columns than the graph could choose', blocks: [blockOf('a', 100, true)], topK: 5 },
  { name: 'a memory too small for the graph', blocks: [blockOf('a', 20, true)], topK: 30 },
])('finds the same in $name', async ({ blocks, topK }) => {
  const query = {
    cells,
    keys: numbers('query', cells * keyDim, -2, 2),
    selection: numbers('selection', cells * keyDim, 0, 1),
  };
  const validOf = ({ values }: MemoryBlock): Uint8Array | null | undefined => values.get(firstId)?.valid;
  const plain = nearestColumns(blocks, query, topK, validOf);
  const found = await search(blocks, query, topK, validOf);
  expect(found.counts).toEqual(plain.counts);
  const [expected, read] = [plain, found].map((affinity) => {
    const out = new Float32Array(cells * valueDim);
    readValues(blocks, affinity, firstId, valueDim, out);
    return out;
  });
  read!.forEach((value, index) => expect(value).toBeCloseTo(expected![index]!, 3));
});

it('leaves out blocks that say nothing of a label', async () => {
  const blocks = [blockOf('a', 60, false), blockOf('b', 60, false)];
  const query = {
    cells: 4,
    keys: numbers('q', 4 * keyDim, -2, 2),
    selection: numbers('s', 4 * keyDim, 0, 1),
  };
  const { blocks: chosen } = await search(blocks, query, 30, (block) =>
    block === blocks[1] ? null : undefined,
  );
  expect(new Set(chosen)).toEqual(new Set([1]));
});
