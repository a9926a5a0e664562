/** Reads a PNG of masks: which label each pixel has. */
import { decode, type DecodedPng } from 'fast-png';
import type { BinaryMask } from '../../../src/core/mask/binaryMask';

/** Row-major label of each pixel; 0 is background. */
export type LabelPicture = { readonly width: number; readonly height: number; readonly labels: Uint8Array };

const WHITE = 255;

/**
 * Indexed PNGs give their palette indices, grey ones their values; 255 alone beside 0 is the one label 1, and beside
 * other labels "void" (not decided), which counts as background. Throws an Error for PNGs in colour.
 */
export function readLabelPng(bytes: Uint8Array): LabelPicture {
  const png = decode(bytes);
  const { width, height } = png;
  if (png.channels !== 1 && !(png.channels === 2 && png.depth === 8)) {
    throw new Error('it is in colour; masks are indexed or grey PNGs');
  }
  if (png.depth === 16) {
    throw new Error('it has 16 bits for each pixel; masks have 8 at most');
  }
  const labels = png.channels === 2 ? everySecond(png.data) : unpacked(png);
  const hasOthers = labels.some((label) => label !== 0 && label !== WHITE);
  return {
    width,
    height,
    labels: labels.map((label) => (label === WHITE ? (hasOthers ? 0 : 1) : label)),
  };
}

/** Without the alpha that follows each value. */
function everySecond(data: DecodedPng['data']): Uint8Array {
  return Uint8Array.from({ length: data.length / 2 }, (_, index) => data[2 * index]!);
}

/** Fewer than 8 bits: several pixels in a byte, the first in its highest bits, each row from a new byte. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  if (depth === 8) {
    return Uint8Array.from(data);
  }
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  const labels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)]!;
      const shift = 8 - depth * ((x % perByte) + 1);
      labels[y * width + x] = (byte >> shift) & (2 ** depth - 1);
    }
  }
  return labels;
}

/** The labels that are there, ascending. */
export function labelsIn({ labels }: LabelPicture): number[] {
  const seen = new Set(labels);
  seen.delete(0);
  return [...seen].toSorted((a, b) => a - b);
}

/** One label as a mask. */
export function maskOfLabel({ width, height, labels }: LabelPicture, label: number): BinaryMask {
  return { width, height, data: labels.map((value) => (value === label ? 1 : 0)) };
}
