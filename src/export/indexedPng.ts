/** Writes a label map as an 8-bit palette PNG: the pixel values are the label numbers. */
import { assert } from '../core/base/assert';
import type { LabelMap } from '../core/mask/labelMap';
import { chunk, COLOUR_TYPE_PALETTE, encodePng } from './pngFile';

/**
 * Encodes a label map. `palette` holds 256 RGB triples (768 bytes). All entries are written, so that every number a
 * label map can hold has a colour. PNG advises no filter for palette pictures, and it compresses label maps best.
 */
export async function encodeIndexedPng(map: LabelMap, palette: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  assert(palette.length === 768, 'a palette has 256 RGB triples');
  return encodePng(map, COLOUR_TYPE_PALETTE, { filter: 'none', beforeData: [chunk('PLTE', palette)] });
}
