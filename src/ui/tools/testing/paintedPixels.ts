/** What painting left in the masks of a bench, pixel by pixel. */
import { objectId } from '../../../core/base/ids';
import { polygonMask } from '../../../core/edit/polygonMask';
import { strokeMask, type StrokePoint } from '../../../core/edit/strokeMask';
import type { Point } from '../../../core/geometry/box';
import { decodeRle } from '../../../core/mask/rle';
import { maskAt } from '../../../core/track/maskTrack';
import type { ToolBench } from './toolBench';

/** As the bench's picture. */
export const WIDTH = 640;
export const HEIGHT = 360;

export type Pixels = Uint8Array;

export function blank(): { width: number; height: number; data: Uint8Array } {
  return { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT) };
}

export function stroked(...points: StrokePoint[]): Pixels {
  const mask = blank();
  strokeMask(mask, points);
  return mask.data;
}

export function filled(points: readonly Point[]): Pixels {
  const mask = blank();
  polygonMask(mask, points, 'nonZero');
  return mask.data;
}

/** Pixels of a label on a frame; all 0 without a mask. */
export function painted(bench: ToolBench, id = 1, frame = 0): Pixels {
  const found = maskAt(bench.store.getState().tracks.get(objectId(id)), frame);
  return found ? decodeRle(found.mask.rle).data : blank().data;
}

export function minus(a: Pixels, b: Pixels): Pixels {
  return a.map((value, index) => (b[index] === 1 ? 0 : value));
}

export function count(pixels: Pixels): number {
  return pixels.reduce((sum, value) => sum + value, 0);
}

/** The first pixel in which two pictures differ; -1 when they are the same. A plain toEqual would print every pixel. */
export function firstDifference(found: Pixels, wanted: Pixels): number {
  return found.length === wanted.length ? found.findIndex((value, index) => value !== wanted[index]) : 0;
}

export function steps(bench: ToolBench): number {
  return bench.store.temporal.getState().pastStates.length;
}

export const at = (x: number, y: number, radiusPx = 10): StrokePoint => ({ x, y, radiusPx });

export function paintDisc(bench: ToolBench, x: number, y: number): void {
  bench.store.getState().setTool('brush');
  bench.click(x, y);
}
