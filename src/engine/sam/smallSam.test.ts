/** SAM's ViT encoder and its decoder, small but of the same code, against transformers' SamModel on seeded weights. */
/// <reference types="node" />
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { float32Tensor, writeSafetensors } from '../checkpoint/__fixtures__/writeSafetensors';
import { seededTensor } from '../checkpoint/__fixtures__/seededWeights';
import { bytesSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { hydrate } from '../models/hydrate';
import { parseGraphManifest } from '../models/parseGraphManifest';
import { startGraphs, type GraphSessions } from '../models/shelfSessions';
import { nodeWasmContext } from '../ort/__fixtures__/nodeWasmRuntime';

const folder = new URL('./__fixtures__/smallSam/', import.meta.url);
const SIDE = 1024;
const MASK_SIDE = 256;
const PADDING = -1;

/** Written by tools/export/sam.py; numbers are every so many of transformers' outputs. */
type Golden = {
  readonly embeddingStep: number;
  readonly maskStep: number;
  readonly embedding: readonly number[];
  readonly cases: readonly {
    readonly points: readonly (readonly [number, number, number])[];
    readonly hasMask: boolean;
    readonly masks: readonly number[];
    readonly ious: readonly number[];
  }[];
};

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, folder)));
}

async function jsonOf(file: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await bytesOf(file)));
}

/** As RULES of tools/export/sam.py and the defaults of seeded.py say. */
function seeded(name: string, shape: readonly number[]): Float32Array {
  if (/\.(pos_embed|rel_pos_[hw])$/.test(name)) {
    return seededTensor(name, shape, 'table', 0.1);
  }
  if (name.endsWith('bias')) {
    return seededTensor(name, shape, 'bias');
  }
  if (!name.endsWith('weight')) {
    return seededTensor(name, shape, 'table');
  }
  const kinds = [null, 'scale', 'linear', 'linear', 'weight'] as const;
  return seededTensor(name, shape, kinds[shape.length] ?? 'table');
}

/** A checkpoint under transformers' names, read as the app reads it. */
async function start(): Promise<GraphSessions> {
  const manifest = parseGraphManifest(await jsonOf('manifest.json'));
  const { graphs, weightFiles, tensors } = manifest.variants.fp32!;
  const written = tensors.map(({ from }) => {
    const { name, shape } = from['pytorch']!;
    return [from['huggingface']!.name, float32Tensor(shape, seeded(name, shape))] as const;
  });
  const file = writeSafetensors(Object.fromEntries(written));
  const weights = weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
  const { layout } = await hydrate({
    manifest,
    variant: 'fp32',
    checkpoint: await openCheckpoint(bytesSource(file, 'small.safetensors')),
    sink: { write: (index, offset, bytes) => weights[index]!.data.set(bytes, offset) },
  });
  expect(layout).toBe('huggingface');
  const loaded = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, graph] of Object.entries(graphs)) {
    loaded.set(name, await bytesOf(graph.file));
  }
  return startGraphs(nodeWasmContext(), { graphs: loaded, weights }, null);
}

function picture(): Float32Array {
  const values = new Float32Array(3 * SIDE * SIDE);
  for (let channel = 0, at = 0; channel < 3; channel += 1) {
    for (let y = 0; y < SIDE; y += 1) {
      for (let x = 0; x < SIDE; x += 1, at += 1) {
        values[at] = ((7 * x + 13 * y + 29 * channel + ((x * y) % 31)) % 256) / 128 - 1;
      }
    }
  }
  return values;
}

function maskPrompt(): Float32Array {
  return Float32Array.from({ length: MASK_SIDE ** 2 }, (_, index) => {
    const [x, y] = [index % MASK_SIDE, Math.floor(index / MASK_SIDE)];
    return ((y * 3 + x * 5) % 64) / 4 - 8;
  });
}

async function outputsOf(
  sessions: GraphSessions,
  graph: string,
  feeds: Record<string, readonly [Float32Array, readonly number[]]>,
  fetches: readonly string[],
): Promise<Float32Array[]> {
  const inputs = Object.entries(feeds).map(([name, [values, dims]]) => [name, { values, dims }] as const);
  const { outputs } = await sessions[graph]!.run({
    feeds: Object.fromEntries(inputs),
    fetches,
    priority: 'interactive',
  });
  return fetches.map((name) => {
    const values = (outputs[name]!.data as Float32Array).slice();
    sessions[graph]!.disposeTensor(outputs[name]!);
    return values;
  });
}

/** The largest difference, as a part of the largest value. */
function difference(found: ArrayLike<number>, step: number, wanted: readonly number[]): number {
  expect(wanted).toHaveLength(Math.ceil(found.length / step));
  const largest = Math.max(...wanted.map(Math.abs));
  return Math.max(...wanted.map((value, index) => Math.abs(value - found[index * step]!))) / largest;
}

let golden: Golden;
let sessions: GraphSessions;
let embedding: Float32Array;

beforeAll(async () => {
  golden = (await jsonOf('golden.json')) as Golden;
  sessions = await start();
  const dims = [1, 3, SIDE, SIDE];
  [embedding] = (await outputsOf(sessions, 'encoder', { picture: [picture(), dims] }, [
    'image_embeddings',
  ])) as [Float32Array];
}, 300_000);

describe('a SAM of the shelf', () => {
  it('sees what transformers sees, with windows and without', () => {
    expect(difference(embedding, golden.embeddingStep, golden.embedding)).toBeLessThan(1e-4);
  });

  it.each([0, 1, 2, 3])('draws its four masks as transformers does: prompt %i', async (index) => {
    const { points, hasMask, masks, ious } = golden.cases[index]!;
    const given = [...points, [0, 0, PADDING]];
    const count = given.length;
    const coords = Float32Array.from(given.flatMap(([x, y]) => [x!, y!]));
    const [drawn, predicted] = await outputsOf(
      sessions,
      'decoder',
      {
        image_embeddings: [embedding, [1, 256, 64, 64]],
        point_coords: [coords, [1, count, 2]],
        point_labels: [Float32Array.from(given, (point) => point[2]!), [1, count]],
        mask_input: [hasMask ? maskPrompt() : new Float32Array(MASK_SIDE ** 2), [1, 1, MASK_SIDE, MASK_SIDE]],
        has_mask_input: [Float32Array.of(hasMask ? 1 : 0), [1]],
      },
      ['low_res_masks', 'iou_predictions'],
    );
    expect(difference(drawn!, golden.maskStep, masks)).toBeLessThan(1e-4);
    expect(difference(predicted!, 1, ious)).toBeLessThan(1e-4);
  });
});
