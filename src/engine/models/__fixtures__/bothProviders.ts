/** The graphs of a model on WebGPU and on WASM, given the same numbers. */
import type { GraphFile } from '../../../core/models/graphManifest';
import { uniforms } from '../../checkpoint/__fixtures__/seededWeights';
import { requestGpuDevice } from '../../ort/gpuDevice';
import { GpuTensorCensus } from '../../ort/gpuTensorCensus';
import { GraphSession, type GraphInput, type OrtContext } from '../../ort/graphSession';
import { loadBrowserRuntime } from '../../ort/loadBrowserRuntime';
import { SessionMutex } from '../../ort/sessionMutex';
import { cellKeysGraph } from '../../sam/memoryGraphs';
import { releaseGraphs, startGraphs, type GraphsWithWeights } from '../shelfSessions';

/** What the processor uses beside WebGPU, which in tests computes on the processor too. */
const THREADS = 2;

export type WebGpuBench = { readonly context: OrtContext; readonly device: GPUDevice };

/**
 * The caller destroys the device. A session of its own stays: ONNX Runtime forgets all compiled shaders with the last
 * one, and software WebGPU compiles longer than it computes.
 */
export async function startWebGpu(): Promise<WebGpuBench> {
  const adapter = await navigator.gpu.requestAdapter();
  const device = await requestGpuDevice(adapter!);
  const runtime = await loadBrowserRuntime('webgpu', THREADS);
  const context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
  await GraphSession.create(context, cellKeysGraph(), {
    executionProviders: [{ name: 'webgpu', device }],
  });
  return { context, device };
}

export type Feeds = Readonly<Record<string, GraphInput>>;

/** How the inputs of a graph are filled. */
export type Filling = {
  /** A size for each free dimension of an input. */
  readonly free: Readonly<Record<string, readonly number[]>>;
  /** Inputs of 0 or 1. */
  readonly flags: readonly string[];
  readonly flag: 0 | 1;
  /** Inputs with numbers of their own; all others have numbers made of their names, in -2..2. */
  readonly given: Readonly<Record<string, Float32Array>>;
};

export function fill({ inputs }: GraphFile, { free, flags, flag, given }: Filling): Feeds {
  const feeds: Record<string, GraphInput> = {};
  for (const [name, shape] of Object.entries(inputs)) {
    const sizes = [...(free[name] ?? [])];
    const dims = shape.map((size) => size ?? sizes.shift()!);
    const count = dims.reduce((product, size) => product * size, 1);
    const seeded = (): Float32Array => Float32Array.from(uniforms(name, count, 0), (value) => 4 * value - 2);
    const values = flags.includes(name) ? new Float32Array(count).fill(flag) : (given[name] ?? seeded());
    feeds[name] = { values, dims };
  }
  return feeds;
}

export type Outputs = ReadonlyMap<string, Float32Array>;

/** All outputs of one graph for each of `feeds`; on WebGPU with a device, else on WASM. Nothing stays on the GPU. */
export async function outputsOn(
  context: OrtContext,
  device: GPUDevice | null,
  files: GraphsWithWeights,
  { graph, feeds, fetches }: { graph: string; feeds: readonly Feeds[]; fetches: readonly string[] },
): Promise<Outputs[]> {
  const sessions = await startGraphs(context, files, device, { only: [graph] });
  const session = sessions[graph]!;
  const all: Outputs[] = [];
  for (const given of feeds) {
    const { outputs } = await session.run({ feeds: given, fetches, priority: 'interactive' });
    const values = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(outputs)) {
      values.set(name, Float32Array.from(tensor.data as Float32Array));
      session.disposeTensor(tensor);
    }
    all.push(values);
  }
  await releaseGraphs(sessions);
  return all;
}

/** The largest difference of any output, as a part of that output's largest value; NaN where numbers are missing. */
export function largestDifference(found: Outputs, wanted: Outputs): number {
  let largest = 0;
  for (const [name, values] of wanted) {
    const got = found.get(name)!;
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), Number.MIN_VALUE);
    for (let index = 0; index < Math.max(values.length, got.length); index += 1) {
      const difference = Math.abs(values[index]! - got[index]!) / scale;
      // What is no number is never less than what is allowed, and stays.
      largest = Number.isNaN(difference) || difference > largest ? difference : largest;
    }
  }
  return largest;
}

/** The root of the mean square of what any output is off, as a part of its own, or of 1 where that is less. */
export function meanDifference(found: Outputs, wanted: Outputs): number {
  const shares = [...wanted].map(([name, values]) => {
    const got = found.get(name)!;
    const apart = values.reduce((sum, value, index) => sum + (value - got[index]!) ** 2, 0);
    const all = values.reduce((sum, value) => sum + value ** 2, 0);
    return Math.sqrt(apart / Math.max(all, values.length));
  });
  return shares.reduce((most, share) => (Number.isNaN(share) || share > most ? share : most), 0);
}
