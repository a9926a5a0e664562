/** SAM's ViT encoder and its decoder, small but of the same code, against transformers' SamModel on seeded weights. */
import { beforeAll, describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { startGraphs, type GraphSessions } from '../models/shelfSessions';
import { nodeWasmContext, nodeWasmRuntime } from '../ort/__fixtures__/nodeWasmRuntime';
import { SegmentEngine } from '../segmentEngine';
import { smallSamFiles, smallSamJson } from './__fixtures__/smallSamFiles';

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
  golden = (await smallSamJson('golden.json')) as Golden;
  sessions = await startGraphs(nodeWasmContext(), await smallSamFiles(), null);
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

  it('prompts in place of the bundled one, and says what it is', async () => {
    const asked: [string, string][] = [];
    const engine = new SegmentEngine(
      {
        capabilities: { gpu: null, isCrossOriginIsolated: true, hardwareConcurrency: 2 },
        loadRuntime: async () => nodeWasmRuntime(),
        loadShelfFiles: async (id, modelsUrl) => {
          asked.push([id, modelsUrl]);
          return smallSamFiles();
        },
      },
      () => undefined,
    );
    const modelUrl = 'https://example.org/models/mobilesam/';
    const info = await engine.load({ modelUrl, model: 'sam-vit-b' }, () => undefined);
    expect(asked).toEqual([['sam-vit-b', 'https://example.org/models/']]);
    expect(info).toMatchObject({ provider: 'wasm', modelId: 'sam-vit-b', testedWith: 'seeded weights' });
    expect(info.checkpointSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(info.modelFiles!.map(({ name }) => name)).toEqual([
      'encoder.fp32.onnx',
      'decoder.fp32.onnx',
      'weights (fp32)',
    ]);
    const [width, height] = [96, 64];
    engine.setFootage(async () => ({
      width,
      height,
      data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) => (index * 37) % 256),
    }));
    const id = objectId(1);
    const prompts = { objectId: id, points: [{ x: 40, y: 30, label: 1 as const }], box: null, mask: null };
    const { masks, timings } = await engine.predict(0, [{ role: 'object', prompts }]);
    expect(masks[0]!.mask.rle.size).toEqual([height, width]);
    expect(masks[0]!.mask.areaPx).toBeGreaterThan(0);
    expect(timings.encodeMs).toBeGreaterThan(0);
  }, 300_000);
});
