/** How large a contact sheet is in print. */
import { pngChunk } from '../base/pngChunk';
import type { Size } from '../geometry/box';

export const DOTS_PER_INCH = 300;

const MM_PER_INCH = 25.4;
/** Signature and IHDR, which is always the first chunk. */
const PNG_HEAD_BYTES = 33;
const UNIT_METRE = 1;

/** Whole millimetres of a sheet of so many pixels. */
export function printSizeMm({ width, height }: Size): Size {
  return { width: toMm(width), height: toMm(height) };
}

function toMm(px: number): number {
  return Math.round((px / DOTS_PER_INCH) * MM_PER_INCH);
}

/** The PNG with a pHYs chunk (W3C PNG, 11.3.4.3), so that programs know its size in print. */
export function withPrintSize(png: Uint8Array): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const dotsPerMetre = Math.round((DOTS_PER_INCH / MM_PER_INCH) * 1000);
  view.setUint32(0, dotsPerMetre);
  view.setUint32(4, dotsPerMetre);
  view.setUint8(8, UNIT_METRE);
  const chunk = pngChunk('pHYs', data);
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, PNG_HEAD_BYTES));
  bytes.set(chunk, PNG_HEAD_BYTES);
  bytes.set(png.subarray(PNG_HEAD_BYTES), PNG_HEAD_BYTES + chunk.length);
  return bytes;
}
