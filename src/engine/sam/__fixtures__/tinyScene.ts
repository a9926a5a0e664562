/** A tiny model and a film of bright squares, on which segmentation and propagation have known answers. */
import { objectId, type ObjectId } from '../../../core/base/ids';
import type { Box } from '../../../core/geometry/box';
import { decodeRle, encodeRle, type Rle } from '../../../core/mask/rle';
import type { LabelRole } from '../../../core/label/label';
import type { LabelPrompts } from '../../../core/segment/segmentation';
import type { RgbaPicture } from '../preprocess';
import encoderUrl from './tinyEncoder.onnx?url';

/** Folder of the tiny graphs (scripts/goldens/makeTinyGraphs.py), for loadModelFiles. */
export const tinyModelUrl = new URL('.', new URL(encoderUrl, location.href)).href;

export const width = 320;
export const height = 200;

/** 5 source pixels are one cell of the embedding, so squares on this grid are drawn to the pixel, nearly. */
const CELL_PX = 5;
const SIDE_PX = 40;

/** The left square moves right by a cell for each frame, the right one moves down. */
export function squareBox(which: 'left' | 'right', frameIndex: number): Box {
  const x0 = which === 'left' ? 20 + frameIndex * CELL_PX : 240;
  const y0 = which === 'left' ? 100 : 20 + frameIndex * CELL_PX;
  return [x0, y0, x0 + SIDE_PX, y0 + SIDE_PX];
}

export function maskOfBox([x0, y0, x1, y1]: Box): Rle {
  const data = new Uint8Array(width * height);
  for (let y = y0; y < y1; y += 1) {
    data.fill(1, y * width + x0, y * width + x1);
  }
  return encodeRle({ width, height, data });
}

/** Both squares, white on black, the left one with a black hole in its middle. */
export function picture(frameIndex: number): RgbaPicture {
  const data = new Uint8ClampedArray(width * height * 4);
  const paint = ([x0, y0, x1, y1]: Box, value: number): void => {
    for (let y = y0; y < y1; y += 1) {
      data.fill(value, (y * width + x0) * 4, (y * width + x1) * 4);
    }
  };
  const left = squareBox('left', frameIndex);
  paint(left, 255);
  paint([left[0] + 15, left[1] + 15, left[0] + 25, left[1] + 25], 0);
  paint(squareBox('right', frameIndex), 255);
  return { width, height, data };
}

/** Both squares without a hole, yellow and cyan: the model has different keys for them. */
export function twoColours(frameIndex: number): RgbaPicture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (const [which, red, blue] of [
    ['left', 255, 0],
    ['right', 0, 255],
  ] as const) {
    const [x0, y0, x1, y1] = squareBox(which, frameIndex);
    for (let y = y0; y < y1; y += 1) {
      for (let x = x0; x < x1; x += 1) {
        data.set([red, 255, blue, 255], (y * width + x) * 4);
      }
    }
  }
  return { width, height, data };
}

export const leftId: ObjectId = objectId(1);
export const rightId: ObjectId = objectId(2);

export function boxPrompt(id: ObjectId, box: Box, role: LabelRole = 'object'): LabelPrompts {
  return { role, prompts: { objectId: id, points: [], box, mask: null } };
}

/** Intersection over union of a mask and a box. */
export function iouWithBox(rle: Rle, box: Box): number {
  const found = decodeRle(rle).data;
  const expected = decodeRle(maskOfBox(box)).data;
  let both = 0;
  let either = 0;
  found.forEach((value, index) => {
    both += value & expected[index]!;
    either += value | expected[index]!;
  });
  return both / either;
}
