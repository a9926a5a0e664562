/** The container of PNG files (W3C PNG, third edition). */
import { assert } from '../core/base/assert';
import { pngChunk } from '../core/base/pngChunk';
import { fastDeflate } from './fastDeflate';

/** Rows as PNG packs them, one after the other: 16-bit samples have their high byte first. */
export type PackedPicture = {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: 4 | 8 | 16;
  readonly data: Uint8Array;
};
/** One byte for each pixel, row-major: a palette index or a grey. */
export type BytePicture = { readonly width: number; readonly height: number; readonly data: Uint8Array };

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
export const COLOUR_TYPE_GREY = 0;
export const COLOUR_TYPE_RGB = 2;
export const COLOUR_TYPE_PALETTE = 3;
export const COLOUR_TYPE_RGBA = 6;
const CHANNELS: Readonly<Record<number, number>> = {
  [COLOUR_TYPE_GREY]: 1,
  [COLOUR_TYPE_RGB]: 3,
  [COLOUR_TYPE_PALETTE]: 1,
  [COLOUR_TYPE_RGBA]: 4,
};
/** PNG, 9.2: each byte is written as it is, less the one above it, or less what Paeth predicts of its neighbours. */
export type RowFilter = 'none' | 'up' | 'paeth';

export type PngOptions = {
  readonly filter: RowFilter;
  /** `fast` for pictures, in which there is little to find; `small` (left out) for masks. */
  readonly effort?: 'fast' | 'small';
  /** Chunks that stand between the header and the picture. */
  readonly beforeData?: readonly Uint8Array[];
};

function header({ width, height, bitDepth }: PackedPicture, colourType: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, bitDepth);
  view.setUint8(9, colourType);
  return bytes;
}

/** Each row behind a byte that names its filter; `pixelBytes` is how far back the pixel to the left begins. */
function filteredRows(
  { height, data }: PackedPicture,
  rowBytes: number,
  pixelBytes: number,
  filter: RowFilter,
): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(height * (rowBytes + 1));
  for (let y = 0; y < height; y += 1) {
    const from = y * (rowBytes + 1);
    const start = y * rowBytes;
    if (filter === 'paeth') {
      rows[from] = 4;
      fillPaethRow(rows.subarray(from + 1, from + 1 + rowBytes), data, start, pixelBytes);
      continue;
    }
    rows.set(data.subarray(start, start + rowBytes), from + 1);
    if (filter === 'up') {
      rows[from] = 2;
      for (let at = 0; y > 0 && at < rowBytes; at += 1) {
        rows[from + 1 + at]! -= data[start - rowBytes + at]!;
      }
    }
  }
  return rows;
}

/**
 * PNG, 9.4: of left, above and upper left, the one nearest to left + above - upper left; 0 outside the picture. `row` is
 * all 0, and stays so where the picture and the row above are: cut-outs are empty for the most part.
 */
function fillPaethRow(row: Uint8Array, data: Uint8Array, start: number, pixelBytes: number): void {
  const { length } = row;
  if (start === 0) {
    for (let at = 0; at < length; at += 1) {
      row[at] = data[at]! - (at >= pixelBytes ? data[at - pixelBytes]! : 0);
    }
    return;
  }
  if (isZero(data, start - length, start + length)) {
    return;
  }
  for (let at = start; at < start + pixelBytes; at += 1) {
    row[at - start] = data[at]! - data[at - length]!;
  }
  for (let at = start + pixelBytes; at < start + length; at += 1) {
    const left = data[at - pixelBytes]!;
    const above = data[at - length]!;
    const corner = data[at - length - pixelBytes]!;
    const toLeft = above > corner ? above - corner : corner - above;
    const toAbove = left > corner ? left - corner : corner - left;
    const sum = left + above - 2 * corner;
    const toCorner = sum < 0 ? -sum : sum;
    const predicted = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    row[at - start] = data[at]! - predicted;
  }
}

function isZero(data: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (data[at] !== 0) {
      return false;
    }
  }
  return true;
}

/** CompressionStream's 'deflate' is the zlib format that IDAT and TIFF want. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** Puts a file together. */
export async function encodePackedPng(
  picture: PackedPicture,
  colourType: number,
  { filter, effort = 'small', beforeData = [] }: PngOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, bitDepth, data } = picture;
  assert(width >= 1 && height >= 1, 'a PNG has at least one pixel');
  const pixelBits = CHANNELS[colourType]! * bitDepth;
  const rowBytes = Math.ceil((width * pixelBits) / 8);
  assert(data.length === rowBytes * height, 'picture data must have width * height values');
  const rows = filteredRows(picture, rowBytes, Math.max(1, pixelBits >> 3), filter);
  const parts = [
    SIGNATURE,
    pngChunk('IHDR', header(picture, colourType)),
    ...beforeData,
    pngChunk('IDAT', effort === 'fast' ? fastDeflate(rows) : await deflate(rows)),
    pngChunk('IEND', new Uint8Array(0)),
  ];
  const png = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    png.set(part, position);
    position += part.length;
  }
  return png;
}

/** A picture of one byte for each sample. */
export function encodePng(
  picture: BytePicture,
  colourType: number,
  options: PngOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  return encodePackedPng({ ...picture, bitDepth: 8 }, colourType, options);
}
