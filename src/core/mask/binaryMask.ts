/** Binary masks at source resolution. */
import type { Box } from '../geometry/box';

/** H x W of 0/1, **row-major**: pixel (x, y) is `data[y * width + x]`. */
export type BinaryMask = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Number of foreground pixels. */
export function maskArea(mask: BinaryMask): number {
  let area = 0;
  for (const value of mask.data) {
    area += value;
  }
  return area;
}

/** Tight box around the foreground (x1, y1 exclusive); null when the mask is empty. */
export function maskBox(mask: BinaryMask): Box | null {
  const { width, height, data } = mask;
  let x0 = width;
  let y0 = -1;
  let x1 = -1;
  let y1 = -1;
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first >= 0) {
      y0 = y0 < 0 ? y : y0;
      y1 = y;
      x0 = Math.min(x0, first);
      x1 = Math.max(x1, row.lastIndexOf(1));
    }
  }
  return y0 < 0 ? null : [x0, y0, x1 + 1, y1 + 1];
}
