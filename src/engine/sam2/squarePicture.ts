/** A picture as SAM 2's image encoder takes it. */
import { assert } from '../../core/base/assert';
import { resamplePlane } from '../../core/geometry/resamplePlane';
import type { RgbaPicture } from '../sam/preprocess';
import type { Sam2Config } from './sam2Config';

const CHANNELS = 3;

/**
 * Stretched to a square of `imageSize` (bilinear with antialias, nothing rounded in between), then RGB / 255, less the
 * mean, over the deviation. Returns float32[3 * side * side], channel by channel.
 * Source: facebookresearch/sam2, sam2/utils/transforms.py, `SAM2Transforms`.
 */
export function squarePicture(
  { width, height, data }: RgbaPicture,
  { imageSize: side, mean, std }: Pick<Sam2Config, 'imageSize' | 'mean' | 'std'>,
): Float32Array<ArrayBuffer> {
  assert(data.length === width * height * 4, 'RGBA has 4 bytes for each pixel');
  const square = { width: side, height: side };
  const tensor = new Float32Array(CHANNELS * side * side);
  const plane = new Uint8Array(width * height);
  for (let channel = 0; channel < CHANNELS; channel += 1) {
    for (let pixel = 0; pixel < plane.length; pixel += 1) {
      plane[pixel] = data[pixel * 4 + channel]!;
    }
    const resized = resamplePlane(plane, { width, height }, square, 'antialiased');
    const scale = 1 / (255 * std[channel]!);
    const shift = mean[channel]! / std[channel]!;
    const out = tensor.subarray(channel * side * side, (channel + 1) * side * side);
    for (let pixel = 0; pixel < out.length; pixel += 1) {
      out[pixel] = resized[pixel]! * scale - shift;
    }
  }
  return tensor;
}
