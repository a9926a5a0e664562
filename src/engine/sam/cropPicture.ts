/** Cuts a part out of a picture. */
import { assert } from '../../core/base/assert';
import type { Box } from '../../core/geometry/box';
import type { RgbaPicture } from './preprocess';

/** A copy of the pixels in `box`: whole pixels inside the picture. */
export function cropPicture(picture: RgbaPicture, [x0, y0, x1, y1]: Box): RgbaPicture {
  assert([x0, y0, x1, y1].every(Number.isInteger), 'a part is cut along pixel edges');
  assert(x0 >= 0 && y0 >= 0 && x1 <= picture.width && y1 <= picture.height, 'a part lies in its picture');
  const width = x1 - x0;
  const height = y1 - y0;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const from = ((y + y0) * picture.width + x0) * 4;
    data.set(picture.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { width, height, data };
}
