/** What the pixels of a PNG file hold, read without a canvas: indices stay indices, and no colour is converted. */
import { decode, type DecodedPng } from 'fast-png';
import { messageOf } from '../../core/base/errors';
import type { Size } from '../../core/geometry/box';
import {
  MAX_GREY_LABELS,
  type ColourPicture,
  type GreyPicture,
  type IndexedPicture,
  type RawPicture,
} from '../../core/import/rawPictures';
import { softMaskOfGreys } from '../../core/import/softPicture';
import { rlesOfValues } from '../../core/import/valueRles';
import type { Rle } from '../../core/mask/rle';
import { notAMask, unreadableMask } from './importErrors';

/** More colours than this are a photograph. */
const MAX_COLOURS = 256;

/** Throws a UserFacingError that names the file when it is damaged or no mask. */
export function readMaskPng(path: string, bytes: Uint8Array): RawPicture {
  const png = decodePng(path, bytes);
  const size = { width: png.width, height: png.height };
  const samples = unpacked(path, png);
  if (png.palette) {
    return indexedPicture(path, size, samples);
  }
  switch (png.channels) {
    case 1:
      return greyPicture(path, size, samples, png.depth);
    case 2:
      return greyPicture(path, size, opaqueGreys(samples), png.depth);
    default:
      return colourPicture(path, size, samples, png);
  }
}

function decodePng(path: string, bytes: Uint8Array): DecodedPng {
  try {
    return decode(bytes, { checkCrc: true });
  } catch (error) {
    throw unreadableMask(path, messageOf(error), error);
  }
}

/** One sample for each channel of each pixel; fast-png leaves several pixels in one byte below 8 bits. */
function unpacked(
  path: string,
  { width, height, channels, depth, data }: DecodedPng,
): Uint8Array | Uint16Array {
  const count = width * height * channels;
  if (depth >= 8 && data.length === count) {
    return data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
  }
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  if (depth >= 8 || data.length !== rowBytes * height) {
    throw unreadableMask(path, `its pixels cannot be unpacked (${depth} bits, interlaced)`);
  }
  const samples = new Uint8Array(count);
  const mask = (1 << depth) - 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)]!;
      samples[y * width + x] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function valuesOf(
  samples: Uint8Array | Uint16Array,
  size: Size,
): { readonly value: number; readonly rle: Rle }[] {
  return [...rlesOfValues(samples, size)].map(([value, rle]) => ({ value, rle }));
}

function indexedPicture(path: string, size: Size, samples: Uint8Array | Uint16Array): IndexedPicture {
  return { kind: 'indexed', path, size, values: valuesOf(samples, size) };
}

/** Grey where the pixel is more than half opaque, black elsewhere. */
function opaqueGreys(samples: Uint8Array | Uint16Array): Uint8Array | Uint16Array {
  const half = samples instanceof Uint16Array ? 0x8000 : 0x80;
  const greys = samples.slice(0, samples.length / 2);
  for (let pixel = 0; pixel < greys.length; pixel += 1) {
    greys[pixel] = samples[2 * pixel + 1]! >= half ? samples[2 * pixel]! : 0;
  }
  return greys;
}

function greyPicture(
  path: string,
  size: Size,
  samples: Uint8Array | Uint16Array,
  depth: number,
): GreyPicture {
  const white = 2 ** depth - 1;
  const distinct = new Set<number>();
  for (let pixel = 0; pixel < samples.length && distinct.size <= MAX_GREY_LABELS + 1; pixel += 1) {
    distinct.add(samples[pixel]!);
  }
  distinct.delete(0);
  const half = Uint8Array.from(samples, (sample) => (sample * 2 > white ? 1 : 0));
  const isSoft = depth >= 8 && distinct.size > 1;
  return {
    kind: 'grey',
    path,
    size,
    white,
    values: distinct.size > MAX_GREY_LABELS ? null : valuesOf(samples, size),
    upperHalf: rlesOfValues(half, size).get(1) ?? emptyRle(size),
    ...(isSoft ? { soft: softMaskOfGreys(eightBit(samples, depth), size) } : {}),
  };
}

function eightBit(samples: Uint8Array | Uint16Array, depth: number): Uint8Array {
  return depth === 16
    ? Uint8Array.from(samples, (sample) => Math.round(sample / 257))
    : Uint8Array.from(samples);
}

function emptyRle({ width, height }: Size): Rle {
  return { size: [height, width], counts: Uint32Array.of(width * height) };
}

/** A colour picture; one whose pixels all have equal channels is grey. */
function colourPicture(
  path: string,
  size: Size,
  samples: Uint8Array | Uint16Array,
  { channels, depth }: DecodedPng,
): ColourPicture | GreyPicture {
  const shift = depth === 16 ? 8 : 0;
  const pixels = size.width * size.height;
  const greys = new Uint8Array(pixels);
  const numbers = new Uint16Array(pixels);
  const numberOf = new Map<number, number>();
  let isGrey = true;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const at = pixel * channels;
    const isClear = channels === 4 && samples[at + 3]! >> shift < 128;
    const [red, green, blue] = [0, 1, 2].map((channel) => (isClear ? 0 : samples[at + channel]! >> shift));
    isGrey &&= red === green && green === blue;
    greys[pixel] = red!;
    const colour = (red! << 16) | (green! << 8) | blue!;
    if (colour !== 0) {
      const number = numberOf.get(colour) ?? numberOf.size + 1;
      numberOf.set(colour, number);
      numbers[pixel] = number;
    }
    if (numberOf.size > MAX_COLOURS) {
      throw notAMask(path);
    }
  }
  if (isGrey) {
    return greyPicture(path, size, greys, 8);
  }
  const rles = rlesOfValues(numbers, size);
  const values = [...numberOf].map(([colour, number]) => ({
    colour: `#${colour.toString(16).padStart(6, '0')}`,
    rle: rles.get(number)!,
  }));
  return { kind: 'colour', path, size, values };
}
