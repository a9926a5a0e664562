/** Writes a label map as an 8-bit palette PNG (W3C PNG, third edition): the pixel values are the label numbers. */
import { assert } from '../core/base/assert';
import type { LabelMap } from '../core/mask/labelMap';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_TYPE_PALETTE = 3;
/** PNG, annex D: CRC-32 with the reflected polynomial. */
const CRC_POLYNOMIAL = 0xedb88320;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    crc = crc & 1 ? (crc >>> 1) ^ CRC_POLYNOMIAL : crc >>> 1;
  }
  return crc >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Length, type, data and the CRC of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) {
    bytes[4 + index] = type.charCodeAt(index);
  }
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  view.setUint8(8, 8);
  view.setUint8(9, COLOUR_TYPE_PALETTE);
  return bytes;
}

/** Each row behind a filter byte of 0: PNG advises no filter for palette pictures, and it compresses label maps best. */
function filteredRows({ width, height, data }: LabelMap): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    rows.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return rows;
}

/** CompressionStream's 'deflate' is the zlib format that IDAT wants. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/**
 * Encodes a label map. `palette` holds 256 RGB triples (768 bytes). All entries are written, so that every number a
 * label map can hold has a colour.
 */
export async function encodeIndexedPng(map: LabelMap, palette: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  assert(map.width >= 1 && map.height >= 1, 'a PNG has at least one pixel');
  assert(map.data.length === map.width * map.height, 'label map data must have width * height values');
  assert(palette.length === 768, 'a palette has 256 RGB triples');
  const parts = [
    SIGNATURE,
    chunk('IHDR', header(map.width, map.height)),
    chunk('PLTE', palette),
    chunk('IDAT', await deflate(filteredRows(map))),
    chunk('IEND', new Uint8Array(0)),
  ];
  const png = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let position = 0;
  for (const part of parts) {
    png.set(part, position);
    position += part.length;
  }
  return png;
}
