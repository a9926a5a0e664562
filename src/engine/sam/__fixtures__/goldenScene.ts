/** The golden numbers (scripts/goldens/README.md), the picture they belong to, and ways to compare with them. */
import { decode as decodePng } from 'fast-png';
import * as v from 'valibot';
import { decodeRle } from '../../../core/mask/rle';
import type { RgbaPicture } from '../preprocess';
import pictureUrl from './dye.png?url';
import goldensJson from './goldens.json';

const GoldenRle = v.object({ size: v.tuple([v.number(), v.number()]), counts: v.array(v.number()) });

const Goldens = v.object({
  inputEvery997th: v.array(v.number()),
  embeddingEvery211th: v.array(v.number()),
  /** Where the mask prompt made of the case `box` is foreground: 256x256. */
  maskPrompt: GoldenRle,
  cases: v.array(
    v.object({
      name: v.string(),
      box: v.optional(v.tuple([v.number(), v.number(), v.number(), v.number()])),
      points: v.optional(v.array(v.tuple([v.number(), v.number(), v.picklist([0, 1])]))),
      maskFrom: v.optional(v.string()),
      predictedIou: v.number(),
      lowResEvery16th: v.array(v.number()),
      rle: GoldenRle,
    }),
  ),
});
export const goldens = v.parse(Goldens, goldensJson);

/** RGBA, not square. */
export async function loadPicture(): Promise<RgbaPicture> {
  const png = decodePng(await (await fetch(pictureUrl)).arrayBuffer());
  const data = new Uint8ClampedArray(png.width * png.height * 4).fill(255);
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[pixel * 4 + channel] = png.data[pixel * png.channels + channel]!;
    }
  }
  return { width: png.width, height: png.height, data };
}

export function goldenMask(name: string): Uint8Array {
  return dataOf(goldens.cases.find((entry) => entry.name === name)!.rle);
}

/** 0/1, 256x256, row-major. */
export function goldenMaskPrompt(): Uint8Array {
  return dataOf(goldens.maskPrompt);
}

function dataOf({ size, counts }: v.InferOutput<typeof GoldenRle>): Uint8Array {
  return decodeRle({ size, counts: Uint32Array.from(counts) }).data;
}

export function intersectionOverUnion(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  a.forEach((value, index) => {
    both += value & b[index]!;
    either += value | b[index]!;
  });
  return either === 0 ? 1 : both / either;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

export function cosine(a: readonly number[], b: readonly number[]): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
