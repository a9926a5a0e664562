/** Embedding and prompts -> low-res logits. */
import { LOW_RES_SIDE_PX, sourceToModel, type ImageTransform } from '../../core/geometry/imageTransform';
import type { PromptSet } from '../../core/prompt/prompt';
import { decodeRle, rleBox } from '../../core/mask/rle';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import type { GraphSession } from '../ort/graphSession';
import type { FrameEmbedding, RunOptions } from './imageEncoder';

/** What the decoder is told, in source pixels; the mask as 256x256 logits. */
export type DecoderPrompt = Pick<PromptSet, 'points' | 'box'> & { readonly maskLogits: Float32Array | null };

export type LowResPrediction = {
  /** float32[256*256], row-major, over the padded 1024x1024 square. */
  readonly lowResLogits: Float32Array;
  readonly predictedIou: number;
  readonly runMs: number;
};

/** SAM's point labels beside 0 and 1. */
const PADDING = -1;
const BOX_TOP_LEFT = 2;
const BOX_BOTTOM_RIGHT = 3;

const LOW_RES_SIZE = LOW_RES_SIDE_PX ** 2;
const NO_MASK = new Float32Array(LOW_RES_SIZE);

/**
 * The bundled graph also draws a mask at this size. We draw our own from the low-res logits, outside the graph and much
 * faster, so it is asked for the least it can draw.
 */
const SMALLEST_PICTURE = new Float32Array([1, 1]);

export class MaskDecoder {
  readonly #session: GraphSession;
  readonly #drawsAll: boolean;

  /** `drawsAll`: the graph gives all four masks; else it chooses one, and wants to know a picture's size. */
  constructor(session: GraphSession, { drawsAll }: { readonly drawsAll: boolean }) {
    this.#session = session;
    this.#drawsAll = drawsAll;
  }

  /**
   * image_embeddings float32[1,256,64,64], point_coords [1,n,2], point_labels [1,n], mask_input [1,1,256,256],
   * has_mask_input [1], orig_im_size [2] -> low_res_masks [1,m,256,256], iou_predictions [1,m]; m is 4 or 1.
   */
  async decode(
    embedding: FrameEmbedding,
    prompt: DecoderPrompt,
    { priority, signal }: RunOptions,
  ): Promise<LowResPrediction> {
    const { coords, labels } = encodePoints(prompt, embedding.transform);
    const { outputs, runMs } = await this.#session.run({
      feeds: {
        image_embeddings: { tensor: embedding.tensor },
        point_coords: { values: coords, dims: [1, labels.length, 2] },
        point_labels: { values: labels, dims: [1, labels.length] },
        mask_input: {
          values: prompt.maskLogits ?? NO_MASK,
          dims: [1, 1, LOW_RES_SIDE_PX, LOW_RES_SIDE_PX],
        },
        has_mask_input: { values: new Float32Array([prompt.maskLogits ? 1 : 0]), dims: [1] },
        ...(this.#drawsAll ? {} : { orig_im_size: { values: SMALLEST_PICTURE, dims: [2] } }),
      },
      fetches: ['low_res_masks', 'iou_predictions'],
      priority,
      signal,
    });
    const lowRes = outputs['low_res_masks']!;
    const iou = outputs['iou_predictions']!;
    try {
      const ious = iou.data as Float32Array;
      const chosen = this.#drawsAll ? chooseMask(ious, labels.length) : 0;
      return {
        lowResLogits: (lowRes.data as Float32Array).slice(chosen * LOW_RES_SIZE, (chosen + 1) * LOW_RES_SIZE),
        predictedIou: ious[chosen] ?? 0,
        runMs,
      };
    } finally {
      this.#session.disposeTensor(lowRes);
      this.#session.disposeTensor(iou);
    }
  }
}

/** From so many points on, box corners and padding counted, a prompt is taken to mean one thing. */
const CLEAR_POINT_COUNT = 3;

/**
 * Which of SAM's four masks answers a prompt (`SamOnnxModel.select_masks` of segment-anything): mask 0 when the prompt
 * is clear; else, since one click may mean a thing or a part of it, the one of the other three with the best IoU.
 */
export function chooseMask(predictedIous: Float32Array, pointCount: number): number {
  if (pointCount >= CLEAR_POINT_COUNT) {
    return 0;
  }
  let best = 1;
  for (let mask = 2; mask < predictedIous.length; mask += 1) {
    if (predictedIous[mask]! > predictedIous[best]!) {
      best = mask;
    }
  }
  return best;
}

/**
 * A prompt set as the decoder takes it. A mask on its own comes with its box, as in propagation: SAM was never trained
 * on masks without anything beside them.
 */
export function decoderPromptOf({ points, box, mask }: PromptSet): DecoderPrompt {
  if (!mask) {
    return { points, box, maskLogits: null };
  }
  const maskLogits = maskPromptLogits(decodeRle(mask));
  return { points, box: box ?? (points.length === 0 ? rleBox(mask) : null), maskLogits };
}

/**
 * Points and box corners in model pixels with SAM's labels. Without a box the set ends with a padding point, as
 * SAM was trained and its ONNX example shows.
 */
export function encodePoints(
  { points, box }: Pick<DecoderPrompt, 'points' | 'box'>,
  transform: ImageTransform,
): { coords: Float32Array<ArrayBuffer>; labels: Float32Array<ArrayBuffer> } {
  const entries: { x: number; y: number; label: number }[] = points.map((point) => ({
    ...sourceToModel(transform, point),
    label: point.label,
  }));
  if (box) {
    entries.push({ ...sourceToModel(transform, { x: box[0], y: box[1] }), label: BOX_TOP_LEFT });
    entries.push({ ...sourceToModel(transform, { x: box[2], y: box[3] }), label: BOX_BOTTOM_RIGHT });
  } else {
    entries.push({ x: 0, y: 0, label: PADDING });
  }
  return {
    coords: Float32Array.from(entries.flatMap(({ x, y }) => [x, y])),
    labels: Float32Array.from(entries, ({ label }) => label),
  };
}
