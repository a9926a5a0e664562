/**
 * Where the shipped build of ONNX Runtime puts every node of every graph that Maskflow brings, at 32 and at 16 bits: on
 * the GPU. No weights are needed to ask, nor a GPU that computes with 16 bits.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphManifest, GraphVariant } from '../../core/models/graphManifest';
import { modelIds } from '../../core/models/shelf';
import { ConsoleLines, nodePlacements } from './__fixtures__/nodePlacements';
import { withWeightsAsInputs } from './__fixtures__/onnxGraph';
import { graphsOnTheProcessor } from './__fixtures__/webgpuOperators';
import { requestGpuDevice } from './gpuDevice';
import { loadBrowserRuntime } from './loadBrowserRuntime';
import type { OrtRuntime, OrtSessionOptions } from './ortRuntime';

const VERBOSE = 0;
/** Weights of nothing but zeros let ONNX Runtime fuse nodes as it does in the app; larger ones take too long. */
const MOST_WEIGHT_BYTES = 64e6;

const small = import.meta.glob<string>('../sam*/__fixtures__/*/*.{onnx,json}', {
  query: '?url',
  import: 'default',
  eager: true,
});
const folders = [
  ...modelIds.map((id) => `/models/${id}/`),
  'sam2/__fixtures__/edgetam-mini/',
  'sam2/__fixtures__/sam2.1-mini/',
  'sam/__fixtures__/smallSam/',
];

let runtime: OrtRuntime;
let device: GPUDevice;
let lines: ConsoleLines;

beforeAll(async () => {
  lines = new ConsoleLines();
  runtime = await loadBrowserRuntime('webgpu', 1);
  device = await requestGpuDevice((await navigator.gpu.requestAdapter())!);
});

afterAll(() => device.destroy());

async function read(folder: string, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(small[`../${folder}${file}`] ?? `${folder}${file}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function manifestOf(folder: string): Promise<GraphManifest> {
  return JSON.parse(new TextDecoder().decode(await read(folder, 'manifest.json'))) as GraphManifest;
}

function weightsOf({ weightFiles }: GraphVariant): OrtSessionOptions['externalData'] | null {
  const bytes = weightFiles.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return bytes > MOST_WEIGHT_BYTES
    ? null
    : weightFiles.map(({ path, sizeBytes }) => ({ path, data: new Uint8Array(sizeBytes) }));
}

/** Makes a session and lets go of it. */
async function make(graph: Uint8Array<ArrayBuffer>, options: OrtSessionOptions): Promise<void> {
  const session = await runtime.InferenceSession.create(graph, {
    executionProviders: [{ name: 'webgpu', device }],
    graphOptimizationLevel: 'all',
    ...options,
  });
  await session.release();
}

/** Nodes that are not on the GPU. ONNX Runtime refuses a graph that has some; its log, which is long, tells which. */
async function elsewhere(graph: Uint8Array<ArrayBuffer>, options: OrtSessionOptions = {}): Promise<string[]> {
  try {
    await make(graph, { ...options, extra: { session: { disable_cpu_ep_fallback: '1' } } });
    return [];
  } catch (error) {
    if (!String(error).includes('fallback to CPU EP')) {
      throw error;
    }
  }
  lines.take();
  await make(graph, { ...options, logSeverityLevel: VERBOSE });
  const found = nodePlacements(lines.take()).filter(({ provider }) => provider !== 'WebGpu');
  return found.flatMap(({ provider, nodes }) =>
    nodes.length > 0 ? nodes.map(({ op, name }) => `${op} (${name}): ${provider}`) : [`all: ${provider}`],
  );
}

describe.each(folders)('%s', (folder) => {
  it('runs on the GPU', { timeout: 300_000 }, async () => {
    const { id, variants } = await manifestOf(folder);
    for (const [variant, described] of Object.entries(variants)) {
      const weights = weightsOf(described);
      for (const [name, { file }] of Object.entries(described.graphs)) {
        if (`${id}/${name}` in graphsOnTheProcessor) {
          continue;
        }
        const graph = await read(folder, file);
        // At 16 bits, weights are turned round when the session is made, by a GPU that has to have them.
        const isWhole = weights && (variant === 'fp32' || device.features.has('shader-f16'));
        const nodes = isWhole
          ? await elsewhere(graph, { externalData: weights })
          : await elsewhere(withWeightsAsInputs(graph));
        expect.soft(nodes, file).toEqual([]);
      }
    }
  });
});

it('names a node that the GPU does not run: integers of 64 bits, in a graph meant for the processor', async () => {
  const graph = withWeightsAsInputs(await read('/models/xmem/', 'read.fp32.onnx'));
  expect(await elsewhere(graph)).toEqual(['Cast (Cast_2): CPU']);
});
