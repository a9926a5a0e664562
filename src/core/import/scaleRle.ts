/** Masks at another size, by nearest neighbour. */
import type { Size } from '../geometry/box';
import { decodeRle, encodeRle, type Rle } from '../mask/rle';

/** Each pixel takes the value of the one under its middle. */
export function scaleRle(rle: Rle, { width, height }: Size): Rle {
  const source = decodeRle(rle);
  const columns = nearest(source.width, width);
  const rows = nearest(source.height, height);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const from = rows[y]! * source.width;
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = source.data[from + columns[x]!]!;
    }
  }
  return encodeRle({ width, height, data });
}

function nearest(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to }, (_, index) =>
    Math.min(from - 1, Math.floor(((index + 0.5) * from) / to)),
  );
}
