/** The soft label map: how likely each pixel belongs to the background and to each label, all together. */
import type { Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { sampleGrid } from './sampleGrid';

/**
 * `planes[0]` is the background, `planes[i + 1]` label i; each float32[height * width], row-major. At every pixel the
 * planes add up to 1.
 */
export type SoftLabels = Size & {
  readonly planes: readonly Float32Array<ArrayBuffer>[];
  /** 1 where nothing may be learned from a pixel, whatever the planes say; all may be learned from when left out. */
  readonly ignored?: Uint8Array;
};

/** Longest side of the map on which cues are combined; larger footage is worked on at this size. */
export const WORK_SIDE_PX = 640;

export function workSizeOf({ width, height }: Size): Size {
  const scale = Math.min(1, WORK_SIDE_PX / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The map that logits of competing labels make, the background's logit being 0: a softmax over them. */
export function softmaxLabels(size: Size, logits: readonly Float32Array[]): SoftLabels {
  const count = size.width * size.height;
  const planes = [new Float32Array(count), ...logits.map(() => new Float32Array(count))];
  for (let pixel = 0; pixel < count; pixel += 1) {
    let highest = 0;
    for (const plane of logits) {
      highest = Math.max(highest, plane[pixel]!);
    }
    let sum = Math.exp(-highest);
    planes[0]![pixel] = sum;
    for (let label = 0; label < logits.length; label += 1) {
      const value = Math.exp(logits[label]![pixel]! - highest);
      planes[label + 1]![pixel] = value;
      sum += value;
    }
    for (const plane of planes) {
      plane[pixel] = plane[pixel]! / sum;
    }
  }
  return { ...size, planes };
}

/** log(p / (1 - p)), p kept away from 0 and 1 by `floor`. */
export function logitOf(probability: number, floor: number): number {
  const p = Math.min(1 - floor, Math.max(floor, probability));
  return Math.log(p / (1 - p));
}

/** Masks that do not overlap, as shares of work pixels. */
export function softLabelsOf(masks: readonly BinaryMask[], work: Size): SoftLabels {
  const count = work.width * work.height;
  const background = new Float32Array(count).fill(1);
  const planes = masks.map((mask) => {
    const plane = new Float32Array(count);
    const sx = mask.width / work.width;
    const sy = mask.height / work.height;
    for (let y = 0; y < work.height; y += 1) {
      const y0 = Math.floor(y * sy);
      const y1 = Math.max(y0 + 1, Math.floor((y + 1) * sy));
      for (let x = 0; x < work.width; x += 1) {
        const x0 = Math.floor(x * sx);
        const x1 = Math.max(x0 + 1, Math.floor((x + 1) * sx));
        let sum = 0;
        for (let v = y0; v < y1; v += 1) {
          for (let u = x0; u < x1; u += 1) {
            sum += mask.data[v * mask.width + u]!;
          }
        }
        const share = sum / ((y1 - y0) * (x1 - x0));
        const pixel = y * work.width + x;
        plane[pixel] = share;
        background[pixel] = Math.max(0, background[pixel]! - share);
      }
    }
    return plane;
  });
  return { ...work, planes: [background, ...planes] };
}

/** The work pixels that have an ignored pixel in them. */
export function ignoredAtWork(mask: BinaryMask, work: Size): Uint8Array {
  return Uint8Array.from(softLabelsOf([mask], work).planes[1]!, (share) => (share > 0 ? 1 : 0));
}

/** Label logits at the footage's size: bilinear at pixel centres; the plane itself where the sizes agree. */
export function enlarge(
  plane: Float32Array<ArrayBuffer>,
  work: Size,
  source: Size,
): Float32Array<ArrayBuffer> {
  if (work.width === source.width && work.height === source.height) {
    return plane;
  }
  return sampleGrid(plane, work.width, work.height, {
    work: source,
    outside: 0,
    toColumn: (x) => ((x + 0.5) * work.width) / source.width - 0.5,
    toRow: (y) => ((y + 0.5) * work.height) / source.height - 0.5,
    inside: [0, 0, source.width, source.height],
  });
}
