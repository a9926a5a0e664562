/** Paints masks and logits into small canvases, at their own size; CSS scales them. */
import { decodeRle, type Rle } from '../../core/mask/rle';

/** Logits of a mask prompt lie between -18 (background) and +18 (foreground). */
const logitLimit = 18;

/** Grey 0..255 of a logit: -18 and below is black, +18 and above is white. */
export function greyOfLogit(logit: number): number {
  const share = (logit + logitLimit) / (2 * logitLimit);
  return Math.round(Math.min(Math.max(share, 0), 1) * 255);
}

function paintGrey(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  grey: (index: number) => number,
): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) {
    return;
  }
  const image = context.createImageData(width, height);
  for (let index = 0; index < width * height; index += 1) {
    image.data.fill(grey(index), index * 4, index * 4 + 3);
    image.data[index * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** White where the mask is, black elsewhere. */
export function paintRle(canvas: HTMLCanvasElement, rle: Rle): void {
  const { width, height, data } = decodeRle(rle);
  paintGrey(canvas, width, height, (index) => (data[index] ? 255 : 0));
}

export function paintLogits(
  canvas: HTMLCanvasElement,
  picture: { readonly width: number; readonly height: number; readonly logits: Float32Array },
): void {
  paintGrey(canvas, picture.width, picture.height, (index) =>
    greyOfLogit(picture.logits[index] ?? -logitLimit),
  );
}
