/** A decoded frame that is held as an ImageBitmap. */
import type { DecodedFrame } from '../frameSource';

/** Takes the bitmap over. Transparent parts show black, so that the eye and the model see the same picture. */
export function bitmapFrame(bitmap: ImageBitmap): DecodedFrame {
  return {
    draw(context, width, height) {
      context.fillStyle = '#000';
      context.fillRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0, width, height);
    },
    [Symbol.dispose]: () => bitmap.close(),
  };
}
