/** Masks of shapes whose measures are known, and what they measure. */
import { objectId } from '../../base/ids';
import type { Size } from '../../geometry/box';
import { encodeRle, type Rle } from '../../mask/rle';
import type { FrameMeasurement, FrameToMeasure, LabelValues } from '../frameMeasurement';
import { measureFrame } from '../measureFrame';
import type { MeasureGroup } from '../quantities';

/** The pixels whose centres are inside. */
export function rleWhere({ width, height }: Size, isInside: (x: number, y: number) => boolean): Rle {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data[y * width + x] = isInside(x + 0.5, y + 0.5) ? 1 : 0;
    }
  }
  return encodeRle({ width, height, data });
}

/** A frame of masks of one layer, bottom first, with ids 1, 2, ... */
export function frameOf(size: Size, masks: readonly Rle[], excluded: Rle | null = null): FrameToMeasure {
  return {
    ...size,
    masks: masks.map((rle, index) => ({ objectId: objectId(index + 1), rle, layer: 0 })),
    excluded,
  };
}

export const withoutPictures: ReadonlySet<MeasureGroup> = new Set(['shape', 'bounds', 'flow', 'pairs']);

export function measured(frame: FrameToMeasure): FrameMeasurement {
  return measureFrame(frame, withoutPictures, null).measurement;
}

/** What the only label of a picture measures. */
export function valuesOf(size: Size, rle: Rle): LabelValues {
  return measured(frameOf(size, [rle])).labels[0]!.values;
}
