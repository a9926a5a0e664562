/** How wide a name tag must be for its text. */
import { FONT_FAMILY, TAG_FONT_PX } from './promptStyle';

const PADDING_PX = 6;
const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;

/** Stage pixels, padding included. Measured once for each text. */
export function tagWidthPx(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) {
    return known;
  }
  context ??= document.createElement('canvas').getContext('2d');
  if (context) {
    context.font = `600 ${TAG_FONT_PX}px ${FONT_FAMILY}`;
  }
  const width = Math.ceil(context?.measureText(text).width ?? text.length * 7) + 2 * PADDING_PX;
  widths.set(text, width);
  return width;
}
