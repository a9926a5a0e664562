/** The SAM pair, loaded on one provider. */
import type { ModelFiles } from '../models/modelFiles';
import { GraphSession, type OrtContext } from '../ort/graphSession';
import type { OrtSessionOptions } from '../ort/ortRuntime';
import { ImageEncoder } from './imageEncoder';
import { MaskDecoder } from './maskDecoder';

export class SamModel {
  readonly encoder: ImageEncoder;
  readonly decoder: MaskDecoder;
  readonly #sessions: readonly GraphSession[];

  private constructor(encoder: GraphSession, decoder: GraphSession, files: ModelFiles) {
    this.encoder = new ImageEncoder(encoder, files.manifest);
    this.decoder = new MaskDecoder(decoder);
    this.#sessions = [encoder, decoder];
  }

  /** With a device: on WebGPU, embeddings staying on the GPU. Without: on the CPU. Both sessions, or none. */
  static async create(context: OrtContext, files: ModelFiles, device: GPUDevice | null): Promise<SamModel> {
    const cpuOptions = context.runtime.cpuOptions ?? { executionProviders: ['wasm'] };
    const options: OrtSessionOptions = {
      ...(device ? { executionProviders: [{ name: 'webgpu', device }] } : cpuOptions),
      graphOptimizationLevel: 'all',
      // Shapes become constants, which lets ort fold away the encoder's shape arithmetic.
      freeDimensionOverrides: { batch_size: 1 },
    };
    const encoder = await GraphSession.create(context, files.encoder, {
      ...options,
      ...(device ? { preferredOutputLocation: 'gpu-buffer' } : {}),
    });
    try {
      const decoder = await GraphSession.create(context, files.decoder, options);
      return new SamModel(encoder, decoder, files);
    } catch (error) {
      await encoder.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    for (const session of this.#sessions) {
      await session.release();
    }
  }
}
