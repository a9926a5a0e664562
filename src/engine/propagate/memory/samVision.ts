/** What the propagation engine needs of the models, by SAM on whichever provider it runs. */
import type { Box } from '../../../core/geometry/box';
import { cropPicture } from '../../sam/cropPicture';
import type { HeldEmbedding } from '../../sam/frameEmbeddings';
import type { RunOptions } from '../../sam/imageEncoder';
import type { RgbaPicture } from '../../sam/preprocess';
import type { FrameTools, SamFrames } from '../../sam/samFrames';
import type { Vision, WindowView } from './vision';
import { GRID_SIDE, windowGridOf } from './windowGrid';

const KEY_CHANNELS = 256;

export class SamVision implements Vision {
  readonly #frames: SamFrames;

  constructor(frames: SamFrames) {
    this.#frames = frames;
  }

  picture(frameIndex: number): Promise<RgbaPicture> {
    return this.#frames.pictures.get(frameIndex);
  }

  prefetch(frameIndex: number): void {
    this.#frames.pictures.prefetch(frameIndex);
  }

  /** Embeddings of whole frames stay in the cache that prompting uses too; a part's lasts as long as `work`. */
  async look<T>(
    frameIndex: number,
    box: Box,
    signal: AbortSignal,
    work: (view: WindowView) => Promise<T>,
  ): Promise<T> {
    const options: RunOptions = { priority: 'background', signal };
    return this.#frames.use(async (tools) => {
      const { model } = tools;
      const { embedding, encodeMs, release } = await encodeWindow(tools, frameIndex, box, options);
      try {
        const keys = cutToWindow(await model.cellKeys.read(embedding, options), box);
        return await work({
          box,
          keys,
          encodeMs,
          decode: (prompt) => model.decoder.decode(embedding, prompt, options),
          readMemory: (input) => model.memory.read(input, options),
        });
      } finally {
        release();
      }
    });
  }
}

async function encodeWindow(
  { model, embeddings, pictures }: FrameTools,
  frameIndex: number,
  box: Box,
  options: RunOptions,
): Promise<HeldEmbedding> {
  const picture = await pictures.get(frameIndex);
  const [x0, y0, x1, y1] = box;
  if (x0 === 0 && y0 === 0 && x1 === picture.width && y1 === picture.height) {
    return embeddings.hold(frameIndex, options);
  }
  const { embedding, runMs } = await model.encoder.encode(cropPicture(picture, box), options);
  return { embedding, encodeMs: runMs, release: embedding.dispose };
}

/** float32[64 * 64 * 256] -> float32[rows * columns * 256], without the padding to the right and below. */
function cutToWindow(keys: Float32Array<ArrayBuffer>, box: Box): Float32Array<ArrayBuffer> {
  const { columns, rows } = windowGridOf(box);
  const cut = new Float32Array(rows * columns * KEY_CHANNELS);
  for (let row = 0; row < rows; row += 1) {
    const from = row * GRID_SIDE * KEY_CHANNELS;
    cut.set(keys.subarray(from, from + columns * KEY_CHANNELS), row * columns * KEY_CHANNELS);
  }
  return cut;
}
