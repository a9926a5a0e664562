/** The parity clip, made of integers: the same frames to the byte as `tools/export/maskflow_export/clip.py` makes. */
import type { BinaryMask } from '../../core/mask/binaryMask';

export const PARITY_WIDTH_PX = 192;
export const PARITY_HEIGHT_PX = 128;
export const PARITY_FRAMES = 20;

const DISC_RADIUS = 18;
const BOX_HALF = { x: 16, y: 11 };
const PILLAR = { x0: 84, x1: 144 };
const COLOUR_BYTES = 4;

/** 1: a disc that passes behind a pillar, wholly hidden in frames 9 to 12. 2: a box that moves in front of it. */
export type ParityObject = 1 | 2;

type Colour = readonly [red: number, green: number, blue: number];

function discCentre(t: number): { x: number; y: number } {
  return { x: 40 + 7 * t, y: 42 + t };
}

function boxCentre(t: number): { x: number; y: number } {
  return { x: 156 - 5 * t, y: 100 - Math.floor((t * 3) / 2) };
}

function isInDisc(x: number, y: number, t: number): boolean {
  const centre = discCentre(t);
  return (x - centre.x) ** 2 + (y - centre.y) ** 2 <= DISC_RADIUS ** 2;
}

function isInBox(x: number, y: number, t: number): boolean {
  const centre = boxCentre(t);
  return Math.abs(x - centre.x) <= BOX_HALF.x && Math.abs(y - centre.y) <= BOX_HALF.y;
}

function isInPillar(x: number): boolean {
  return x >= PILLAR.x0 && x < PILLAR.x1;
}

/** Frame `t`, RGBA, 192x128. The buffer is the caller's. */
export function parityFrame(t: number): { width: number; height: number; data: Uint8ClampedArray } {
  const data = new Uint8ClampedArray(PARITY_WIDTH_PX * PARITY_HEIGHT_PX * COLOUR_BYTES);
  for (let y = 0; y < PARITY_HEIGHT_PX; y += 1) {
    for (let x = 0; x < PARITY_WIDTH_PX; x += 1) {
      data.set([...colourAt(x, y, t), 255], (y * PARITY_WIDTH_PX + x) * COLOUR_BYTES);
    }
  }
  return { width: PARITY_WIDTH_PX, height: PARITY_HEIGHT_PX, data };
}

/** The visible part of an object on frame `t`. */
export function parityMask(object: ParityObject, t: number): BinaryMask {
  const data = new Uint8Array(PARITY_WIDTH_PX * PARITY_HEIGHT_PX);
  for (let y = 0; y < PARITY_HEIGHT_PX; y += 1) {
    for (let x = 0; x < PARITY_WIDTH_PX; x += 1) {
      const inBox = isInBox(x, y, t);
      const isVisible = object === 2 ? inBox : isInDisc(x, y, t) && !isInPillar(x) && !inBox;
      data[y * PARITY_WIDTH_PX + x] = isVisible ? 1 : 0;
    }
  }
  return { width: PARITY_WIDTH_PX, height: PARITY_HEIGHT_PX, data };
}

function colourAt(x: number, y: number, t: number): Colour {
  if (isInBox(x, y, t)) {
    const centre = boxCentre(t);
    const check = ((((x - centre.x + 64) >> 3) + ((y - centre.y + 64) >> 3)) & 1) * 60;
    return [30, 70 + check, 190];
  }
  if (isInPillar(x)) {
    const grain = ((x * 5 + y * 3) & 7) * 4;
    return [120 + grain, 124 + grain, 118 + grain];
  }
  if (isInDisc(x, y, t)) {
    const stripe = (((x - discCentre(t).x + 64) >> 2) & 1) * 40;
    return [200, 90 + stripe, 40];
  }
  const [column, row] = [x >> 2, y >> 2];
  const cell = (column * 73 + row * 151 + column * row * 37) & 31;
  // As bytes: what is too large begins again at 0.
  return [(70 + cell + column) & 255, (90 + cell + row) & 255, (80 + cell) & 255];
}
