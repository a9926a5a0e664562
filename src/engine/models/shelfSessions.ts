/** Starts the graphs of a model whose weights lie beside them. */
import type { ModelVariant } from '../../core/models/modelStatus';
import { GraphSession, type OrtContext } from '../ort/graphSession';
import type { OrtSessionOptions } from '../ort/ortRuntime';

/** The part of a model's files that sessions are made of. */
export type GraphsWithWeights = {
  /** Name -> bytes of the .onnx file. */
  readonly graphs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** `path` as the graphs name it; a Blob is read when a session is made, and only as far as it needs to be. */
  readonly weights: readonly {
    readonly path: string;
    readonly data: Blob | Uint8Array<ArrayBuffer>;
  }[];
};

export type StartOptions = {
  /** Values of free dimensions known in advance, in all graphs; lets ONNX Runtime fold shape arithmetic. */
  readonly freeDimensions?: Readonly<Record<string, number>>;
  /** Graph -> outputs that stay on the GPU, when there is one; such a graph wants all its inputs fed. */
  readonly gpuOutputs?: Readonly<Record<string, readonly string[]>>;
  /** Graphs that run on the CPU even where there is a device. */
  readonly onCpu?: readonly string[];
  /** Graphs to start; all when left out. */
  readonly only?: readonly string[];
};

export type GraphSessions = Readonly<Record<string, GraphSession>>;

/**
 * A session of each graph, or none: when one cannot be made, those made already are released. With a device: on WebGPU.
 * Without: on the CPU. One after the other, since creations must not overlap.
 */
export async function startGraphs(
  context: OrtContext,
  { graphs, weights }: GraphsWithWeights,
  device: GPUDevice | null,
  { freeDimensions, gpuOutputs = {}, onCpu = [], only }: StartOptions = {},
): Promise<GraphSessions> {
  const cpuOptions = context.runtime.cpuOptions ?? { executionProviders: ['wasm'] };
  const options: OrtSessionOptions = {
    graphOptimizationLevel: 'all',
    externalData: weights.map(({ path, data }) => ({ path, data })),
    ...(freeDimensions ? { freeDimensionOverrides: freeDimensions } : {}),
  };
  const sessions: Record<string, GraphSession> = {};
  try {
    for (const [name, graph] of graphs) {
      if (!only || only.includes(name)) {
        const gpu = onCpu.includes(name) ? null : device;
        const outputs = gpu ? (gpuOutputs[name] ?? []) : [];
        const preferredOutputLocation = Object.fromEntries(
          outputs.map((output) => [output, 'gpu-buffer'] as const),
        );
        sessions[name] = await GraphSession.create(context, graph, {
          ...options,
          ...(gpu ? { executionProviders: [{ name: 'webgpu', device: gpu }] } : cpuOptions),
          ...(outputs.length > 0 ? { preferredOutputLocation } : {}),
        });
      }
    }
    return sessions;
  } catch (error) {
    await releaseGraphs(sessions);
    throw error;
  }
}

/** Half precision needs a graphics card that has it; the processor converts as it goes. */
export function canRun({ variant }: { readonly variant: ModelVariant }, device: GPUDevice | null): boolean {
  return variant === 'fp32' || device === null || device.features.has('shader-f16');
}

export async function releaseGraphs(sessions: GraphSessions): Promise<void> {
  for (const session of Object.values(sessions)) {
    await session.release();
  }
}
