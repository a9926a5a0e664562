/** Draws what a contact sheet is made of: pictures with masks, prompts, words. */
import { decodeRle } from '../../core/mask/rle';
import { boundaryPixels } from '../../core/metrics/contourAccuracy';
import type { Prompt } from '../../core/prompt/prompt';
import type { LabelRle } from '../../core/track/seenMasks';
import type { ObjectId } from '../../core/base/ids';
import type { Label } from '../../core/label/label';
import type { Place } from '../../core/study/sheetLayout';

export type Sheet = OffscreenCanvasRenderingContext2D;

/** Paper and ink: the sheet is for printing, whatever the theme on the screen. */
export const PAPER = '#ffffff';
export const INK = '#1a1c20';
export const FAINT_INK = '#545962';
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const FILL_ALPHA = 115;

export function setFont(sheet: Sheet, sizePx: number, weight = 400): void {
  sheet.font = `${weight} ${sizePx}px ${FONT}`;
  sheet.textBaseline = 'top';
  sheet.textAlign = 'left';
}

/** The text, cut off with an ellipsis where it does not fit. */
export function fittedText(sheet: Sheet, text: string, widthPx: number): string {
  if (sheet.measureText(text).width <= widthPx) {
    return text;
  }
  let end = text.length;
  while (end > 1 && sheet.measureText(`${text.slice(0, end)}…`).width > widthPx) {
    end -= 1;
  }
  return `${text.slice(0, end)}…`;
}

/** Lines of whole words no wider than `widthPx`. */
export function wrappedText(sheet: Sheet, text: string, widthPx: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && sheet.measureText(longer).width <= widthPx) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => fittedText(sheet, line, widthPx));
}

type Colour = readonly [red: number, green: number, blue: number];

export function colourOf(hex: string): Colour {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The masks of one frame, filled and outlined in the colours of their labels, on nothing. */
export function maskPicture(
  masks: readonly LabelRle[],
  colourFor: (objectId: ObjectId) => string,
  { width, height }: { readonly width: number; readonly height: number },
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(width, height);
  const reach = Math.max(2, Math.round(width / 400));
  for (const { objectId, rle } of masks) {
    const mask = decodeRle(rle);
    const colour = colourOf(colourFor(objectId));
    for (let pixel = 0; pixel < mask.data.length; pixel += 1) {
      if (mask.data[pixel]) {
        image.data.set([...colour, FILL_ALPHA], pixel * 4);
      }
    }
    for (const pixel of boundaryPixels(mask)) {
      const [x, y] = [pixel % width, Math.floor(pixel / width)];
      for (let dy = 0; dy < reach; dy += 1) {
        for (let dx = 0; dx < reach; dx += 1) {
          if (x + dx < width && y + dy < height) {
            image.data.set([...colour, 255], ((y + dy) * width + x + dx) * 4);
          }
        }
      }
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** A frame's prompts over its picture; light edges keep them visible on any ground. */
export function drawPrompts(
  sheet: Sheet,
  prompts: readonly Prompt[],
  labels: readonly Label[],
  place: Place,
  scale: number,
): void {
  const colourFor = (objectId: ObjectId): string =>
    labels.find((label) => label.objectId === objectId)?.colour ?? INK;
  sheet.save();
  sheet.beginPath();
  sheet.rect(place.x, place.y, place.width, place.height);
  sheet.clip();
  for (const prompt of prompts) {
    if (prompt.kind === 'box') {
      const [x0, y0, x1, y1] = prompt.box.map((edge) => edge * scale) as [number, number, number, number];
      for (const [colour, lineWidth] of [
        [PAPER, 9],
        [colourFor(prompt.objectId), 5],
      ] as const) {
        sheet.strokeStyle = colour;
        sheet.lineWidth = lineWidth;
        sheet.strokeRect(place.x + x0, place.y + y0, x1 - x0, y1 - y0);
      }
    } else if (prompt.kind !== 'mask') {
      const at = { x: place.x + prompt.point.x * scale, y: place.y + prompt.point.y * scale };
      const isForeground = prompt.kind === 'point' && prompt.label === 1;
      drawPoint(sheet, at, prompt.kind === 'point' ? colourFor(prompt.objectId) : INK, isForeground);
    }
  }
  sheet.restore();
}

/** A disk with a plus (foreground) or a minus (background). */
export function drawPoint(
  sheet: Sheet,
  { x, y }: { readonly x: number; readonly y: number },
  colour: string,
  isForeground: boolean,
): void {
  const radius = 15;
  sheet.beginPath();
  sheet.arc(x, y, radius, 0, 2 * Math.PI);
  sheet.fillStyle = colour;
  sheet.fill();
  sheet.strokeStyle = PAPER;
  sheet.lineWidth = 4;
  sheet.stroke();
  sheet.beginPath();
  sheet.moveTo(x - 8, y);
  sheet.lineTo(x + 8, y);
  if (isForeground) {
    sheet.moveTo(x, y - 8);
    sheet.lineTo(x, y + 8);
  }
  sheet.stroke();
}
