/** What transformers' SamModel draws of dye.png (tools/export/sam_frame.py), and how masks are compared with it. */
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { encodeRle, type Rle } from '../../../core/mask/rle';
import type { Size } from '../../../core/geometry/box';

/** Written by tools/export/sam_frame.py. */
export type FrameGolden = {
  readonly embeddingStep: number;
  readonly embedding: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number, label: 0 | 1])[];
    readonly box: readonly [number, number, number, number] | null;
    /** An ellipse: centre and radii. */
    readonly mask: readonly [cx: number, cy: number, rx: number, ry: number] | null;
    readonly predictedIou: number;
    /** Bits of every fourth row and column, lowest first, base64. */
    readonly maskEvery4th: string;
  }[];
};

export type FrameCase = FrameGolden['cases'][number];

/** A mask prompt of a case. */
export function ellipseRle({ width, height }: Size, [cx, cy, rx, ry]: NonNullable<FrameCase['mask']>): Rle {
  const data = Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2 <= (rx * ry) ** 2 ? 1 : 0;
  });
  return encodeRle({ width, height, data });
}

/** Intersection over union of 0 and 1. */
export function overlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index += 1) {
    both += a[index]! & b[index]!;
    either += a[index]! | b[index]!;
  }
  return either === 0 ? 1 : both / either;
}

export function everyFourth({ width, height, data }: BinaryMask): number[] {
  const values: number[] = [];
  for (let y = 0; y < height; y += 4) {
    for (let x = 0; x < width; x += 4) {
      values.push(data[y * width + x]!);
    }
  }
  return values;
}

export function goldenBits({ maskEvery4th }: FrameCase, count: number): number[] {
  const bytes = Buffer.from(maskEvery4th, 'base64');
  return Array.from({ length: count }, (_, index) => (bytes[index >> 3]! >> (index & 7)) & 1);
}
