/** The SAM pair and the graphs that work on its embeddings, loaded on one provider. */
import type { ModelFiles } from '../models/modelFiles';
import { GraphSession, type OrtContext } from '../ort/graphSession';
import type { OrtSessionOptions } from '../ort/ortRuntime';
import { CellKeyReader } from './cellKeyReader';
import { ImageEncoder } from './imageEncoder';
import { MaskDecoder } from './maskDecoder';
import { cellKeysGraph, groupedMemoryReadGraph, memoryReadGraph } from './memoryGraphs';
import { MemoryReader } from './memoryReader';

export class SamModel {
  readonly encoder: ImageEncoder;
  readonly decoder: MaskDecoder;
  readonly cellKeys: CellKeyReader;
  readonly memory: MemoryReader;
  readonly #sessions: readonly GraphSession[];

  private constructor(parts: Omit<SamModel, 'release'>, sessions: readonly GraphSession[]) {
    this.encoder = parts.encoder;
    this.decoder = parts.decoder;
    this.cellKeys = parts.cellKeys;
    this.memory = parts.memory;
    this.#sessions = sessions;
  }

  /** With a device: on WebGPU, embeddings staying on the GPU. Without: on the CPU. All sessions, or none. */
  static async create(context: OrtContext, files: ModelFiles, device: GPUDevice | null): Promise<SamModel> {
    const cpuOptions = context.runtime.cpuOptions ?? { executionProviders: ['wasm'] };
    const options: OrtSessionOptions = {
      ...(device ? { executionProviders: [{ name: 'webgpu', device }] } : cpuOptions),
      graphOptimizationLevel: 'all',
      // Shapes become constants, which lets ort fold away the encoder's shape arithmetic.
      freeDimensionOverrides: { batch_size: 1 },
    };
    const sessions: GraphSession[] = [];
    const start = async (graph: Uint8Array, more: OrtSessionOptions = {}): Promise<GraphSession> => {
      const session = await GraphSession.create(context, graph, { ...options, ...more });
      sessions.push(session);
      return session;
    };
    try {
      const parts = {
        encoder: new ImageEncoder(
          await start(files.encoder, device ? { preferredOutputLocation: 'gpu-buffer' } : {}),
          files.manifest,
        ),
        decoder: new MaskDecoder(await start(files.decoder)),
        cellKeys: new CellKeyReader(await start(cellKeysGraph())),
        memory: new MemoryReader(
          await start(device ? groupedMemoryReadGraph() : memoryReadGraph()),
          device !== null,
        ),
      };
      return new SamModel(parts, sessions);
    } catch (error) {
      await releaseAll(sessions);
      throw error;
    }
  }

  async release(): Promise<void> {
    await releaseAll(this.#sessions);
  }
}

async function releaseAll(sessions: readonly GraphSession[]): Promise<void> {
  for (const session of sessions) {
    await session.release();
  }
}
