/** A film of coloured boxes, and a model that sees colours: the engine's footage and its eyes, scripted. */
import { cancelledError } from '../../../../core/base/errors';
import { objectId } from '../../../../core/base/ids';
import type { Box } from '../../../../core/geometry/box';
import { LOW_RES_SIDE_PX, imageTransformOf } from '../../../../core/geometry/imageTransform';
import { decodeRle, encodeRle, type Rle } from '../../../../core/mask/rle';
import type { DecoderPrompt, LowResPrediction } from '../../../sam/maskDecoder';
import type { MemoryRead, MemoryReadInput } from '../../../sam/memoryReader';
import type { RgbaPicture } from '../../../sam/preprocess';
import type { Vision, WindowView } from '../vision';
import { windowGridOf } from '../windowGrid';

/** Flat, so that a frame has few cells. */
export const filmWidth = 64;
export const filmHeight = 8;

type Rgb = readonly [number, number, number];

const ground: Rgb = [100, 100, 100];
const KEY_CHANNELS = 256;
/** Channels of a key that are not 0. */
const LIVE_CHANNELS = 4;

/** A box of one colour on every frame; null where it is out of sight. */
export type Actor = { readonly colour: Rgb; readonly at: (frameIndex: number) => Box | null };

export const red: Actor = { colour: [220, 50, 50], at: (frame) => [4 + frame, 2, 14 + frame, 7] };
export const green: Actor = { colour: [40, 200, 60], at: (frame) => [50 - frame, 1, 60 - frame, 6] };
/** Touches the red one on its right side, and moves along. */
export const blue: Actor = { colour: [50, 60, 220], at: (frame) => [14 + frame, 2, 22 + frame, 7] };

export const redId = objectId(1);
export const greenId = objectId(2);
export const blueId = objectId(3);

export function filmOf(actors: readonly Actor[]): (frameIndex: number) => RgbaPicture {
  return (frameIndex) => {
    const data = new Uint8ClampedArray(filmWidth * filmHeight * 4);
    for (let pixel = 0; pixel < filmWidth * filmHeight; pixel += 1) {
      const [x, y] = [pixel % filmWidth, Math.floor(pixel / filmWidth)];
      const actor = actors.find(({ at }) => isIn(at(frameIndex), x, y));
      data.set([...(actor?.colour ?? ground), 255], pixel * 4);
    }
    return { width: filmWidth, height: filmHeight, data };
  };
}

export function maskRle(box: Box | null): Rle {
  const data = new Uint8Array(filmWidth * filmHeight).map((_, pixel) =>
    isIn(box, pixel % filmWidth, Math.floor(pixel / filmWidth)) ? 1 : 0,
  );
  return encodeRle({ width: filmWidth, height: filmHeight, data });
}

/** Intersection over union; 1 when both are empty. */
export function iouWith(rle: Rle, box: Box | null): number {
  const found = decodeRle(rle).data;
  const expected = decodeRle(maskRle(box)).data;
  const both = found.filter((value, pixel) => value === 1 && expected[pixel] === 1).length;
  const either = found.filter((value, pixel) => value === 1 || expected[pixel] === 1).length;
  return either === 0 ? 1 : both / either;
}

function isIn(box: Box | null, x: number, y: number): boolean {
  return box !== null && x >= box[0] && x < box[2] && y >= box[1] && y < box[3];
}

/** Looks at a film. `runs` is how often each look's work runs: twice, as when the device is lost after it. */
export class ScriptedVision implements Vision {
  readonly looks: number[] = [];
  readonly #film: (frameIndex: number) => RgbaPicture;
  readonly #runs: 1 | 2;

  constructor(film: (frameIndex: number) => RgbaPicture, runs: 1 | 2 = 1) {
    this.#film = film;
    this.#runs = runs;
  }

  async picture(frameIndex: number): Promise<RgbaPicture> {
    return this.#film(frameIndex);
  }

  prefetch(): void {}

  async look<T>(
    frameIndex: number,
    box: Box,
    signal: AbortSignal,
    work: (view: WindowView) => Promise<T>,
  ): Promise<T> {
    this.looks.push(frameIndex);
    const picture = this.#film(frameIndex);
    const view: WindowView = {
      box,
      keys: keysOf(picture, box),
      encodeMs: 3,
      decode: async (prompt) => {
        throwIfAborted(signal);
        return draw(picture, box, prompt);
      },
      readMemory: async (input) => {
        throwIfAborted(signal);
        return read(input);
      },
    };
    throwIfAborted(signal);
    if (this.#runs === 2) {
      await work(view);
    }
    return work(view);
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) {
    throw cancelledError();
  }
}

function colourAt({ width, height, data }: RgbaPicture, x: number, y: number): Rgb {
  const column = Math.max(0, Math.min(width - 1, Math.floor(x)));
  const row = Math.max(0, Math.min(height - 1, Math.floor(y)));
  const at = (row * width + column) * 4;
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

/** The colour at each cell's middle, as a direction. */
function keysOf(picture: RgbaPicture, box: Box): Float32Array<ArrayBuffer> {
  const { columns, rows, cellWidth, cellHeight } = windowGridOf(box);
  const keys = new Float32Array(columns * rows * KEY_CHANNELS);
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const x = box[0] + ((cell % columns) + 0.5) * cellWidth;
    const y = box[1] + (Math.floor(cell / columns) + 0.5) * cellHeight;
    const features = [...colourAt(picture, x, y).map((value, channel) => value - ground[channel]!), 60];
    const length = Math.hypot(...features);
    keys.set(
      features.map((value) => value / length),
      cell * KEY_CHANNELS,
    );
  }
  return keys;
}

/** What is in the prompt's box and has the colour of its middle. */
function draw(picture: RgbaPicture, window: Box, { box }: DecoderPrompt): LowResPrediction {
  const { source, resized } = imageTransformOf({
    width: window[2] - window[0],
    height: window[3] - window[1],
  });
  const lowResLogits = new Float32Array(LOW_RES_SIDE_PX ** 2).fill(-8);
  const prompted = box!.map((side, index) => side + window[index % 2]!) as unknown as Box;
  const reach: Box = [prompted[0] - 1, prompted[1] - 1, prompted[2] + 1, prompted[3] + 1];
  const wanted = colourAt(picture, (prompted[0] + prompted[2]) / 2, (prompted[1] + prompted[3]) / 2);
  for (let row = 0; row * 4 < resized.height; row += 1) {
    for (let column = 0; column * 4 < resized.width; column += 1) {
      const x = window[0] + ((column + 0.5) * 4 * source.width) / resized.width;
      const y = window[1] + ((row + 0.5) * 4 * source.height) / resized.height;
      if (isIn(reach, x, y)) {
        const [r, g, b] = colourAt(picture, x, y);
        lowResLogits[row * LOW_RES_SIDE_PX + column] =
          r === wanted[0] && g === wanted[1] && b === wanted[2] ? 8 : -8;
      }
    }
  }
  return { lowResLogits, predictedIou: 0.9, runMs: 2 };
}

/** Softmax at temperature 0.05 over all tokens that are nearly as like as the most like one. */
function read(input: MemoryReadInput): MemoryRead {
  const { queries, keys, values, queryCount, tokenCount, components, channels } = input;
  const answer = new Float32Array(queryCount * channels);
  const similarity = new Float32Array(tokenCount);
  const [small, smallQueries] = [
    compact(keys, tokenCount, components),
    compact(queries, queryCount, components),
  ];
  const width = small.length / tokenCount;
  for (let query = 0; query < queryCount; query += 1) {
    let highest = -Infinity;
    for (let token = 0; token < tokenCount; token += 1) {
      let sum = 0;
      for (let at = 0; at < width; at += 1) {
        sum += smallQueries[query * width + at]! * small[token * width + at]!;
      }
      similarity[token] = sum;
      highest = sum > highest ? sum : highest;
    }
    let total = 0;
    for (let token = 0; token < tokenCount; token += 1) {
      if (similarity[token]! > highest - 0.25) {
        const weight = Math.exp((similarity[token]! - highest) / 0.05);
        total += weight;
        for (let channel = 0; channel < channels; channel += 1) {
          answer[query * channels + channel]! += weight * values[token * channels + channel]!;
        }
      }
    }
    for (let channel = 0; channel < channels; channel += 1) {
      answer[query * channels + channel]! /= total;
    }
  }
  return { read: answer, runMs: 1 };
}

/** Without the channels that are always 0. */
function compact(rows: Float32Array, count: number, components: number): Float32Array {
  const width = LIVE_CHANNELS + components - KEY_CHANNELS;
  const small = new Float32Array(count * width);
  for (let row = 0; row < count; row += 1) {
    const from = row * components;
    small.set(rows.subarray(from, from + LIVE_CHANNELS), row * width);
    small.set(rows.subarray(from + KEY_CHANNELS, from + components), row * width + LIVE_CHANNELS);
  }
  return small;
}
