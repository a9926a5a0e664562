/** A decoded frame as a bitmap of any size. */
import type { Size } from '../core/geometry/box';
import type { DecodedFrame } from './frameSource';

/** Drawn over a canvas of its own; whoever asked for it closes it. */
export function drawnPicture(frame: Pick<DecodedFrame, 'draw'>, { width, height }: Size): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb' });
  if (!context) {
    throw new Error('this browser gives no 2D canvas in a worker');
  }
  frame.draw(context, width, height);
  return canvas.transferToImageBitmap();
}
