/** Writes a picture as JPEG with the browser's own encoder. */
import type { ExportPicture } from '../core/export/maskSequence';

/** @param quality 0..1 */
export async function encodeJpeg(
  { width, height, data }: ExportPicture,
  quality: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false, colorSpace: 'srgb' });
  if (!context) {
    throw new Error('this browser gives no 2D canvas in a worker');
  }
  context.putImageData(new ImageData(data, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  return new Uint8Array(await blob.arrayBuffer());
}
