/** A grey picture of probabilities as the soft mask it was, or could have been, written from. */
import type { Size } from '../geometry/box';
import { bilinearTaps } from '../geometry/resample';
import { logitOf } from '../mask/softThreshold';
import { encodeSoftMask, softGridOf, SOFT_LOGIT_LIMIT, type SoftMask } from '../mask/softMask';

/** 0 and 255 are as sure as can be kept. */
const logitOfGrey = Float32Array.from({ length: 256 }, (_, grey) => {
  if (grey === 0 || grey === 255) {
    return grey === 0 ? -SOFT_LOGIT_LIMIT : SOFT_LOGIT_LIMIT;
  }
  const logit = logitOf(grey / 255);
  return Math.min(Math.max(logit, -SOFT_LOGIT_LIMIT), SOFT_LOGIT_LIMIT);
});

/** `greys` is row-major, width * height; 0 is p = 0 and 255 is p = 1. */
export function softMaskOfGreys(greys: Uint8Array, size: Size): SoftMask {
  const grid = softGridOf(size);
  const columns = bilinearTaps(size.width, grid.width);
  const rows = bilinearTaps(size.height, grid.height);
  const logits = new Float32Array(grid.width * grid.height);
  for (let y = 0; y < grid.height; y += 1) {
    for (let x = 0; x < grid.width; x += 1) {
      let sum = 0;
      for (let row = 0; row < rows.count[y]!; row += 1) {
        const from = (rows.start[y]! + row) * size.width + columns.start[x]!;
        for (let column = 0; column < columns.count[x]!; column += 1) {
          const share = rows.weights[2 * y + row]! * columns.weights[2 * x + column]!;
          sum += share * logitOfGrey[greys[from + column]!]!;
        }
      }
      logits[y * grid.width + x] = sum;
    }
  }
  return encodeSoftMask(logits, grid.width, grid.height);
}
