/** Embedding -> a key for each of its cells. */
import type { GraphSession } from '../ort/graphSession';
import type { FrameEmbedding, RunOptions } from './imageEncoder';

export class CellKeyReader {
  readonly #session: GraphSession;

  /** A session of cellKeysGraph. */
  constructor(session: GraphSession) {
    this.#session = session;
  }

  /** float32[1,256,64,64] -> float32[64 * 64 * 256]: the cells row by row, padding included, each of unit length. */
  async read(
    embedding: FrameEmbedding,
    { priority, signal }: RunOptions,
  ): Promise<Float32Array<ArrayBuffer>> {
    const { outputs } = await this.#session.run({
      feeds: { embedding: { tensor: embedding.tensor } },
      fetches: ['keys'],
      priority,
      signal,
    });
    const keys = outputs['keys']!;
    try {
      return (keys.data as Float32Array).slice();
    } finally {
      this.#session.disposeTensor(keys);
    }
  }
}
