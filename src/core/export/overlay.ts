/** Masks painted over a picture, as the app shows them: a fill that lets the picture through, and an outline. */
import type { ExportPicture } from './maskSequence';
import type { NumberMap } from './wideLabelMap';

export type OverlayColour = { readonly number: number; readonly colour: string };

/** Red, green and blue of `#rrggbb`. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/**
 * A new picture. `opacity` (0..1) is that of the fill; the outline, the pixels of a label with another value above,
 * below, left or right, is opaque.
 */
export function paintOverlay(
  picture: ExportPicture,
  map: NumberMap,
  colours: readonly OverlayColour[],
  opacity: number,
): ExportPicture {
  const { width, height } = picture;
  const data = new Uint8ClampedArray(picture.data);
  const byNumber = new Map(colours.map(({ number, colour }) => [number, rgbOf(colour)]));
  const { data: numbers } = map;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const number = numbers[pixel]!;
      const colour = number === 0 ? undefined : byNumber.get(number);
      if (!colour) {
        continue;
      }
      const isEdge =
        (x > 0 && numbers[pixel - 1] !== number) ||
        (x < width - 1 && numbers[pixel + 1] !== number) ||
        (y > 0 && numbers[pixel - width] !== number) ||
        (y < height - 1 && numbers[pixel + width] !== number);
      const share = isEdge ? 1 : opacity;
      for (let channel = 0; channel < 3; channel += 1) {
        const at = pixel * 4 + channel;
        data[at] = data[at]! + share * (colour[channel]! - data[at]!);
      }
    }
  }
  return { width, height, data };
}
