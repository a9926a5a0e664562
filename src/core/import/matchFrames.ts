/** Which frame of the footage each picture with masks is for. */
import { assertNever } from '../base/assert';

/**
 * `stated`: the files say it (frames.csv, a COCO video). `names`: as exports name the frames. Numbers in names, counted
 * from 0 or from 1. `order`: one after the other from the in point. `current`: the frame on show, for one picture.
 */
export const matchMethods = ['stated', 'names', 'numbersFrom0', 'numbersFrom1', 'order', 'current'] as const;

export type MatchMethod = (typeof matchMethods)[number];

export type MatchTarget = {
  /** Name of each frame's file in exports, without ending (frameStems). */
  readonly frameStems: readonly string[];
  readonly inFrame: number;
  readonly currentFrame: number;
};

type Named = { readonly frameName: string; readonly frameIndex: number | null };

/** Frame of each picture by one method; null where there is none. */
export function framesBy(
  method: MatchMethod,
  pictures: readonly Named[],
  { frameStems, inFrame, currentFrame }: MatchTarget,
): (number | null)[] {
  const inClip = (frame: number | null | undefined): number | null =>
    frame !== null && frame !== undefined && frame >= 0 && frame < frameStems.length ? frame : null;
  switch (method) {
    case 'stated':
      return pictures.map(({ frameIndex }) => inClip(frameIndex));
    case 'names': {
      const byName = new Map(frameStems.map((stem, frame) => [stem.toLowerCase(), frame]));
      return pictures.map(({ frameName }) => byName.get(frameName.toLowerCase()) ?? null);
    }
    case 'numbersFrom0':
      return pictures.map(({ frameName }) => inClip(numberIn(frameName)));
    case 'numbersFrom1':
      return pictures.map(({ frameName }) => inClip((numberIn(frameName) ?? 0) - 1));
    case 'order': {
      const first = pictures.length === frameStems.length ? 0 : inFrame;
      return pictures.map((_, index) => inClip(first + index));
    }
    case 'current':
      return pictures.map((_, index) => (index === 0 ? currentFrame : null));
    default:
      return assertNever(method);
  }
}

/** The last number in a name; null when it has none. */
function numberIn(name: string): number | null {
  const digits = /(\d+)\D*$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The methods that bring at least one picture to a frame, the likeliest first. */
export function possibleMethods(pictures: readonly Named[], target: MatchTarget): MatchMethod[] {
  const matched = (method: MatchMethod): number =>
    framesBy(method, pictures, target).filter((frame) => frame !== null).length;
  const numbers = pictures.map(({ frameName }) => numberIn(frameName));
  // Numbered from 1 to as many as there are frames: nobody counts so from 0.
  const countsFrom1 = !numbers.includes(0) && numbers.includes(target.frameStems.length);
  const named = matched('names');
  const isNamed = named === pictures.length || (named * 2 >= pictures.length && !countsFrom1);
  const inOrder: MatchMethod[] = [
    'stated',
    ...(isNamed ? (['names'] as const) : []),
    ...(countsFrom1
      ? (['numbersFrom1', 'numbersFrom0'] as const)
      : (['numbersFrom0', 'numbersFrom1'] as const)),
    ...(isNamed ? [] : (['names'] as const)),
    ...(pictures.length === 1 ? (['current'] as const) : []),
    'order',
  ];
  return inOrder.filter((method) => matched(method) > 0);
}
