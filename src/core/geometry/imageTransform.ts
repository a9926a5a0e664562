/** Source pixels <-> the 1024x1024 picture that SAM's encoder sees. */
import { assert } from '../base/assert';
import type { Point, Size } from './box';

/** Side of the encoder's square input, in model pixels. */
export const MODEL_SIDE_PX = 1024;
/** Side of the decoder's logits and of mask prompts; one of these pixels covers 4x4 model pixels. */
export const LOW_RES_SIDE_PX = 256;

/**
 * The source picture is scaled so that its longer side is 1024 and laid into the upper left corner; the rest of the
 * square is padding.
 */
export type ImageTransform = { readonly source: Size; readonly resized: Size };

/** SAM's `ResizeLongestSide.get_preprocess_shape`: sides round half up. A very thin picture keeps one row. */
export function imageTransformOf(source: Size): ImageTransform {
  assert(source.width >= 1 && source.height >= 1, 'a picture has at least one pixel');
  const scale = MODEL_SIDE_PX / Math.max(source.width, source.height);
  const toModel = (side: number): number => Math.max(1, Math.floor(side * scale + 0.5));
  return { source, resized: { width: toModel(source.width), height: toModel(source.height) } };
}

/** SAM's `ResizeLongestSide.apply_coords`: each axis by its own factor, since sides were rounded. */
export function sourceToModel(transform: ImageTransform, point: Point): Point {
  const { source, resized } = transform;
  return { x: (point.x * resized.width) / source.width, y: (point.y * resized.height) / source.height };
}

/** The inverse of sourceToModel. */
export function modelToSource(transform: ImageTransform, point: Point): Point {
  const { source, resized } = transform;
  return { x: (point.x * source.width) / resized.width, y: (point.y * source.height) / resized.height };
}
