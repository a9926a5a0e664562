/** Picture -> embedding. */
import { imageTransformOf, type ImageTransform } from '../../core/geometry/imageTransform';
import type { Normalisation } from '../models/modelManifest';
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

/** What an encoder's graph calls its picture and its embedding, and how it wants pictures. */
export type EncoderGraph = {
  readonly input: string;
  readonly output: string;
  readonly normalisation: Normalisation;
};

export class ImageEncoder {
  readonly #session: GraphSession;
  readonly #graph: EncoderGraph;

  constructor(session: GraphSession, graph: EncoderGraph) {
    this.#session = session;
    this.#graph = graph;
  }

  /** float32[1,3,1024,1024] -> float32[1,256,64,64]. */
  async encode(
    picture: RgbaPicture,
    { priority, signal }: RunOptions,
  ): Promise<{ embedding: FrameEmbedding; runMs: number }> {
    const { input, output, normalisation } = this.#graph;
    const values = preprocess(picture, normalisation);
    const { outputs, runMs } = await this.#session.run({
      feeds: { [input]: { values, dims: [1, 3, 1024, 1024] } },
      fetches: [output],
      priority,
      signal,
    });
    const tensor = outputs[output]!;
    const embedding: FrameEmbedding = {
      tensor,
      transform: imageTransformOf(picture),
      sizeBytes: tensor.size * BYTES_PER_VALUE,
      dispose: () => this.#session.disposeTensor(tensor),
    };
    return { embedding, runMs };
  }
}
