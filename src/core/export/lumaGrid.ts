/** How a frame looks from afar: enough to tell it from its neighbours in any decoder's pictures. */
import type { ExportPicture } from './maskSequence';

export const LUMA_COLUMNS = 16;
export const LUMA_ROWS = 9;

/** R, G and B of each pixel, row by row: what SHA-256 is taken of. */
export function rgbBytes({ data }: ExportPicture): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
  return rgb;
}

/**
 * Mean luma (0.299 R + 0.587 G + 0.114 B) of 16 x 9 cells, row by row, in 1/256 of a grey, 4 hex digits each. Pixel
 * (x, y) is in cell (floor(16 x / width), floor(9 y / height)); a cell without pixels is 0.
 */
export function lumaGrid({ width, height, data }: ExportPicture): string {
  const cells = LUMA_COLUMNS * LUMA_ROWS;
  const sums = new Float64Array(cells);
  const counts = new Float64Array(cells);
  const columnOf = Uint8Array.from({ length: width }, (_, x) => Math.floor((x * LUMA_COLUMNS) / width));
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * LUMA_ROWS) / height) * LUMA_COLUMNS;
    for (let x = 0, at = y * width * 4; x < width; x += 1, at += 4) {
      const cell = row + columnOf[x]!;
      sums[cell]! += 299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!;
      counts[cell]! += 1;
    }
  }
  return Array.from(sums, (sum, cell) =>
    Math.round((sum / 1000 / Math.max(counts[cell]!, 1)) * 256)
      .toString(16)
      .padStart(4, '0'),
  ).join('');
}
