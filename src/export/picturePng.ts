/** Pictures as PNG of every pixel. */
import { rgbBytes } from '../core/export/lumaGrid';
import type { ExportPicture } from '../core/export/maskSequence';
import { COLOUR_TYPE_RGB, COLOUR_TYPE_RGBA, encodePng } from './pngFile';

// Not the canvas's own encoder: it writes four channels, multiplies alpha in, and some browsers add noise to it.
const options = { filter: 'paeth', effort: 'fast' } as const;

/** RGB; alpha is left out. */
export function encodeRgbPng(picture: ExportPicture): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng({ ...picture, data: rgbBytes(picture) }, COLOUR_TYPE_RGB, options);
}

/** RGBA, alpha not multiplied in. */
export function encodeRgbaPng(picture: ExportPicture): Promise<Uint8Array<ArrayBuffer>> {
  const { buffer, byteOffset, length } = picture.data;
  const data = new Uint8Array(buffer, byteOffset, length);
  return encodePng({ ...picture, data }, COLOUR_TYPE_RGBA, options);
}
