/** Smooths a mask's outline. */
import { decodeRle, encodeRle, rleBox, type Rle } from '../mask/rle';

/** Three box filters are close to a Gaussian (Wells, IEEE PAMI 8, 1986), and their sums are whole numbers. */
const PASSES = 3;

/**
 * Rounds off what is smaller than about `px` pixels, a whole number: the mask is blurred by three boxes of 2 px + 1 and
 * cut at one half. Straight edges stay where they are; threads and gaps thinner than that go. Beyond the picture's
 * border the outermost pixels go on, so that masks keep to it.
 */
export function smoothMask(rle: Rle, px: number): Rle {
  const box = rleBox(rle);
  if (px < 1 || !box) {
    return rle;
  }
  const { width, height, data } = decodeRle(rle);
  const reach = PASSES * px;
  const x0 = Math.max(0, box[0] - reach);
  const y0 = Math.max(0, box[1] - reach);
  const crop = { width: Math.min(width, box[2] + reach) - x0, height: Math.min(height, box[3] + reach) - y0 };
  let values = new Float64Array(crop.width * crop.height);
  for (let y = 0; y < crop.height; y += 1) {
    const from = (y0 + y) * width + x0;
    values.set(data.subarray(from, from + crop.width), y * crop.width);
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    values = boxSums(values, crop.height, crop.width, crop.width, 1, px);
    values = boxSums(values, crop.width, crop.height, 1, crop.width, px);
  }
  const half = (2 * px + 1) ** (2 * PASSES) / 2;
  const smooth = new Uint8Array(width * height);
  values.forEach((sum, index) => {
    const x = index % crop.width;
    smooth[(y0 + (index - x) / crop.width) * width + x0 + x] = sum > half ? 1 : 0;
  });
  return encodeRle({ width, height, data: smooth });
}

/** Sums of 2 px + 1 neighbours along lines; `lineStep` from line to line, `step` along them. */
function boxSums(
  values: Float64Array,
  lines: number,
  count: number,
  lineStep: number,
  step: number,
  px: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(values.length);
  for (let line = 0; line < lines; line += 1) {
    const start = line * lineStep;
    const at = (index: number): number => values[start + Math.min(Math.max(index, 0), count - 1) * step]!;
    let sum = 0;
    for (let index = -px; index <= px; index += 1) {
      sum += at(index);
    }
    for (let index = 0; index < count; index += 1) {
      sums[start + index * step] = sum;
      sum += at(index + px + 1) - at(index - px);
    }
  }
  return sums;
}
