/** XMem's graphs on WebGPU: every node on the GPU, and the answers of the processor. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uniforms } from '../checkpoint/__fixtures__/seededWeights';
import type { GraphManifest } from '../../core/models/graphManifest';
import { requestGpuDevice } from '../ort/gpuDevice';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import type { OrtContext } from '../ort/graphSession';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { SessionMutex } from '../ort/sessionMutex';
import { parseGraphManifest } from '../models/parseGraphManifest';
import { startGraphs } from '../models/shelfSessions';
import { relativeError } from './__fixtures__/goldenFile';
import { seededWeightFile } from './__fixtures__/seededXMem';
import { parseXMemConfig, type XMemConfig } from './config';
import { workGeometryOf } from './workGeometry';
import { GraphXMemNetwork, xmemStart, type XMemView } from './xmemNetwork';

/** SwiftShader computes on the processor, slowly: two cells are enough to see every operator. */
const geometry = workGeometryOf({ width: 32, height: 16 }, null);
const cells = 2;
const count = 2;
const PATIENCE_MS = 300_000;

let context: OrtContext;
let device: GPUDevice;
let manifest: GraphManifest;
let config: XMemConfig;
const graphs = new Map<string, Uint8Array<ArrayBuffer>>();

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(`/models/xmem/${name}`)).arrayBuffer());
}

beforeAll(async () => {
  manifest = parseGraphManifest(JSON.parse(new TextDecoder().decode(await read('manifest.json'))));
  config = parseXMemConfig(manifest.config);
  for (const [name, { file }] of Object.entries(manifest.variants.fp32!.graphs)) {
    graphs.set(name, await read(file));
  }
  const adapter = await navigator.gpu.requestAdapter();
  device = await requestGpuDevice(adapter!);
  const runtime = await loadBrowserRuntime('webgpu', 2);
  context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
}, PATIENCE_MS);

afterAll(() => device.destroy());

function plane(name: string, size: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(uniforms(name, size, 0));
}

/** All that the network says of one picture. */
async function answers(view: XMemView): Promise<Record<string, Float32Array>> {
  const pixels = geometry.padded.width * geometry.padded.height;
  const remembered = await view.remember({
    count,
    masks: plane('masks', count * pixels),
    others: plane('others', count * pixels),
    hidden: plane('hidden', count * config.hiddenDim * cells),
  });
  const drawn = await view.decode({
    count,
    readout: plane('readout', count * config.valueDim * cells),
    hidden: remembered.hidden,
    wantsHidden: true,
  });
  const { keys, shrinkage, selection } = view;
  return {
    keys,
    shrinkage,
    selection,
    value: remembered.values[1]!,
    remembered: remembered.hidden,
    logits: drawn.logits,
    hidden: drawn.hidden!,
  };
}

it(
  'says on the GPU what it says on the processor, and leaves nothing there',
  async () => {
    const weights = [
      { path: manifest.variants.fp32!.weightFiles[0]!.path, data: seededWeightFile(manifest) },
    ];
    const results: Record<string, Float32Array>[] = [];
    for (const where of [null, device]) {
      const sessions = await startGraphs(context, { graphs, weights }, where, xmemStart);
      const network = new GraphXMemNetwork({ use: (work) => work(sessions) }, config);
      const image = plane('image', 3 * geometry.padded.width * geometry.padded.height);
      results.push(await network.look(image, geometry, new AbortController().signal, answers));
      expect(context.census.liveCount).toBe(0);
      for (const session of Object.values(sessions)) {
        await session.release();
      }
    }
    const [onCpu, onGpu] = results;
    for (const [name, values] of Object.entries(onCpu!)) {
      expect(relativeError(onGpu![name]!, values), name).toBeLessThan(1e-3);
    }
  },
  PATIENCE_MS,
);

it.each(['key', 'value', 'decode'])(
  'runs every node of %s on the GPU',
  async (name) => {
    // Without weights that anybody could use: only where nodes go is asked.
    const weights = [
      {
        path: manifest.variants.fp32!.weightFiles[0]!.path,
        data: new Uint8Array(manifest.variants.fp32!.weightFiles[0]!.sizeBytes),
      },
    ];
    const session = await context.runtime.InferenceSession.create(graphs.get(name)!, {
      executionProviders: [{ name: 'webgpu', device }],
      externalData: weights,
      extra: { session: { disable_cpu_ep_fallback: '1' } },
    });
    expect(session.inputNames.length).toBeGreaterThan(0);
    await session.release();
  },
  PATIENCE_MS,
);
