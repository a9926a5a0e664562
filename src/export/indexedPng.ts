/** Writes a label map as a PNG whose pixel values are the label numbers: palette indices, or 16-bit greys. */
import { pngChunk } from '../core/base/pngChunk';
import { assert } from '../core/base/assert';
import type { NumberMap } from '../core/export/wideLabelMap';
import { COLOUR_TYPE_GREY, COLOUR_TYPE_PALETTE, encodePackedPng, encodePng } from './pngFile';

type ByteMap = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/**
 * Encodes a label map. `palette` holds 256 RGB triples (768 bytes). All entries are written, so that every number a
 * label map can hold has a colour. PNG advises no filter for palette pictures, and it compresses label maps best.
 */
export async function encodeIndexedPng(map: ByteMap, palette: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  assert(palette.length === 768, 'a palette has 256 RGB triples');
  return encodePng(map, COLOUR_TYPE_PALETTE, { filter: 'none', beforeData: [pngChunk('PLTE', palette)] });
}

/** The same with four bits for each pixel; numbers are 0..15. */
export async function encodeIndexedPng4(
  { width, height, data }: ByteMap,
  palette: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const rowBytes = Math.ceil(width / 2);
  const packed = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = data[y * width + x]!;
      assert(value < 16, 'four bits hold numbers up to 15');
      packed[y * rowBytes + (x >> 1)]! |= x & 1 ? value : value << 4;
    }
  }
  return encodePackedPng({ width, height, bitDepth: 4, data: packed }, COLOUR_TYPE_PALETTE, {
    filter: 'none',
    beforeData: [pngChunk('PLTE', palette.subarray(0, 48))],
  });
}

/** Greys of 16 bits, row-major, as they are. */
export async function encodeGrey16Png(
  { width, height, data }: NumberMap,
  filter: 'none' | 'up',
): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Uint8Array(data.length * 2);
  for (let index = 0; index < data.length; index += 1) {
    packed[2 * index] = data[index]! >> 8;
    packed[2 * index + 1] = data[index]! & 255;
  }
  return encodePackedPng({ width, height, bitDepth: 16, data: packed }, COLOUR_TYPE_GREY, { filter });
}
