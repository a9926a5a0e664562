/** Prompts as SAM 2 takes them: on a picture stretched to a square. */
import type { Size } from '../../core/geometry/box';
import { imageTransformOf, LOW_RES_SIDE_PX } from '../../core/geometry/imageTransform';
import { resamplePlane } from '../../core/geometry/resamplePlane';
import type { DecoderPrompt } from '../sam/maskDecoder';

/** Coordinates [1, n, 2] in pixels of the square, labels [1, n]. */
export type SquarePoints = {
  readonly coords: Float32Array<ArrayBuffer>;
  readonly labels: Float32Array<ArrayBuffer>;
  /** Whether the prompt may mean several things: one point at most; a box counts as two. */
  readonly isAmbiguous: boolean;
};

/** Beside 0 (background) and 1 (foreground). */
const NO_POINT = -1;
const BOX_TOP_LEFT = 2;
const BOX_BOTTOM_RIGHT = 3;

const MOST_AMBIGUOUS_POINTS = 1;

/** Logits drawn before are no surer than this when they prompt again: those of a hidden object are -1024. */
const SUREST_LOGIT = 32;

/**
 * The box's corners come first, then the points; a prompt without any has one that is none, as tracked frames do. Each
 * axis is scaled by its own factor. The graph appends the padding point.
 * Source: facebookresearch/sam2, sam2/sam2_video_predictor.py `add_new_points_or_box`, sam2_base.py
 * `_forward_sam_heads` and `_use_multimask`.
 */
export function squarePoints(
  { points, box }: Pick<DecoderPrompt, 'points' | 'box'>,
  source: Size,
  sidePx: number,
): SquarePoints {
  const corners = box
    ? [
        { x: box[0], y: box[1], label: BOX_TOP_LEFT },
        { x: box[2], y: box[3], label: BOX_BOTTOM_RIGHT },
      ]
    : [];
  const given = [...corners, ...points].map(({ x, y, label }) => ({
    x: (x * sidePx) / source.width,
    y: (y * sidePx) / source.height,
    label,
  }));
  const all = given.length > 0 ? given : [{ x: 0, y: 0, label: NO_POINT }];
  return {
    coords: Float32Array.from(all.flatMap(({ x, y }) => [x, y])),
    labels: Float32Array.from(all, ({ label }) => label),
    isAmbiguous: given.length <= MOST_AMBIGUOUS_POINTS,
  };
}

/**
 * Logits that were drawn on a frame, as the mask prompt of a correction there.
 * Source: facebookresearch/sam2, sam2/sam2_video_predictor.py, `add_new_points_or_box`.
 */
export function correctedMaskInput(logits: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(logits, (logit) => Math.min(SUREST_LOGIT, Math.max(-SUREST_LOGIT, logit)));
}

/**
 * SAM's mask logits lie over the picture padded to a square, SAM 2's over the picture stretched to one: the part that is
 * picture, of `side` x `side` then. `padded` is float32[256 * 256], row-major.
 */
export function stretchMaskLogits(
  padded: Float32Array,
  source: Size,
  side: number,
): Float32Array<ArrayBuffer> {
  const { resized } = imageTransformOf(source);
  const part = { width: toLowRes(resized.width), height: toLowRes(resized.height) };
  const picture = new Float32Array(part.width * part.height);
  for (let y = 0; y < part.height; y += 1) {
    const from = y * LOW_RES_SIDE_PX;
    picture.set(padded.subarray(from, from + part.width), y * part.width);
  }
  return resamplePlane(picture, part, { width: side, height: side }, 'plain');
}

function toLowRes(lengthPx: number): number {
  return Math.max(1, Math.ceil(lengthPx / 4));
}
