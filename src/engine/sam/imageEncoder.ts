/** Picture -> embedding. */
import { imageTransformOf, type ImageTransform } from '../../core/geometry/imageTransform';
import type { ModelManifest } from '../models/modelManifest';
import type { GraphSession } from '../ort/graphSession';
import type { OrtTensor } from '../ort/ortRuntime';
import type { Priority } from '../ort/sessionMutex';
import { preprocess, type RgbaPicture } from './preprocess';

/**
 * SAM's view of one picture: float32[1,256,64,64], on the GPU or the CPU. Whoever holds it calls `dispose` once.
 */
export type FrameEmbedding = {
  readonly tensor: OrtTensor;
  readonly transform: ImageTransform;
  readonly sizeBytes: number;
  readonly dispose: () => void;
};

const BYTES_PER_VALUE = 4;

export type RunOptions = { readonly priority: Priority; readonly signal?: AbortSignal };

export class ImageEncoder {
  readonly #session: GraphSession;
  readonly #manifest: ModelManifest;
  readonly #inputName: string;
  readonly #outputName: string;

  constructor(session: GraphSession, manifest: ModelManifest) {
    this.#session = session;
    this.#manifest = manifest;
    this.#inputName = Object.keys(manifest.encoder.inputs)[0] ?? 'input';
    this.#outputName = Object.keys(manifest.encoder.outputs)[0] ?? 'output';
  }

  /** float32[1,3,1024,1024] -> float32[1,256,64,64]. */
  async encode(
    picture: RgbaPicture,
    { priority, signal }: RunOptions,
  ): Promise<{ embedding: FrameEmbedding; runMs: number }> {
    const values = preprocess(picture, this.#manifest.normalisation);
    const { outputs, runMs } = await this.#session.run({
      feeds: { [this.#inputName]: { values, dims: [1, 3, 1024, 1024] } },
      fetches: [this.#outputName],
      priority,
      signal,
    });
    const tensor = outputs[this.#outputName]!;
    const embedding: FrameEmbedding = {
      tensor,
      transform: imageTransformOf(picture),
      sizeBytes: tensor.size * BYTES_PER_VALUE,
      dispose: () => this.#session.disposeTensor(tensor),
    };
    return { embedding, runMs };
  }
}
