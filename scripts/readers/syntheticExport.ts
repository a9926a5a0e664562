/** An export of made-up masks, written to a folder with the truth beside it for readBack.py. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FormatChoice } from '../../src/core/export/exportFormats';
import { npyHeader } from '../../src/core/export/npyHeader';
import type { ExportPicture, ExportRequest, NumberedMask } from '../../src/core/export/maskSequence';
import { encodeRle } from '../../src/core/mask/rle';
import { agreeingLogit } from '../../src/core/mask/softAgreement';
import { encodeSoftMask } from '../../src/core/mask/softMask';
import { forEachSoftRow } from '../../src/core/mask/softThreshold';
import { exportFiles } from '../../src/export/exportFiles';

export const size = { width: 61, height: 43 };
export const FIRST_FRAME = 7;
export const FRAMES = 5;
const PIXELS = size.width * size.height;

type Shape = (x: number, y: number, frame: number) => boolean;

/** A ring with specks in its hole, two pieces that touch at a corner, and stripes up to every edge. */
const shapes: readonly Shape[] = [
  (x, y, frame) => {
    const radius = Math.hypot(x - 22 - frame, y - 20);
    return (radius < 15 && radius > 7) || (x + y) % 9 === 4;
  },
  (x, y, frame) => (x >= 40 && x < 50 && y < 20 + frame) || (x >= 50 && y >= 20 + frame) || y === 0,
];

function maskOf(shape: Shape, frame: number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, pixel) =>
    shape(pixel % size.width, Math.floor(pixel / size.width), frame) ? 1 : 0,
  );
}

/** Frame 3 is empty; on frame 2 the second label has no probabilities, as if it had been painted. */
function masksAt(numbers: readonly number[], frame: number): NumberedMask[] {
  return frame === 3
    ? []
    : numbers.map((number, place) => {
        const data = maskOf(shapes[place]!, frame);
        const logits = Float32Array.from(data, (inside, pixel) => (inside ? 1 : -1) * (0.2 + (pixel % 5)));
        const soft = frame === 2 && place === 1 ? undefined : encodeSoftMask(logits, size.width, size.height);
        return { number, rle: encodeRle({ ...size, data }), ...(soft ? { soft } : {}) };
      });
}

function pictureAt(frame: number): ExportPicture {
  const data = new Uint8ClampedArray(PIXELS * 4);
  for (let pixel = 0; pixel < PIXELS; pixel += 1) {
    data.set([(pixel * 7 + frame * 31) % 256, (pixel * 3) % 256, (pixel >> 3) % 256, 255], pixel * 4);
  }
  return { ...size, data };
}

/** `00007`, as frames of videos are named. */
function paddedName(frameIndex: number): string {
  return String(frameIndex).padStart(5, '0');
}

function numberedRequest(
  numbers: readonly number[],
  formats: readonly FormatChoice[],
  nameOf: (frameIndex: number) => string,
): ExportRequest {
  return {
    ...size,
    footageName: 'two dyes.mp4',
    labels: [
      { number: numbers[0]!, name: 'upper dye', colour: '#e69f00', role: 'object' },
      { number: numbers[1]!, name: 'größe/“x”', colour: '#56b4e9', role: 'object' },
      { number: null, name: 'floor', colour: '#009e73', role: 'competitor' },
    ],
    frames: Array.from({ length: FRAMES }, (_, frame) => ({
      frameIndex: FIRST_FRAME + frame,
      timestampSec: (FIRST_FRAME + frame) / 25,
      durationSec: 0.04,
      fileName: `${nameOf(FIRST_FRAME + frame)}.png`,
    })),
    softSequences: numbers.map((number, place) => ({ number, binaryFrames: place === 1 ? [9] : [] })),
    formats,
  };
}

function writeNpy(path: string, descr: string, shape: readonly number[], values: ArrayBufferView): void {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  writeFileSync(path, Buffer.concat([npyHeader(descr, shape), bytes]));
}

function writeTruth(folder: string, numbers: readonly number[]): void {
  const truth = new Uint16Array(FRAMES * PIXELS);
  const pictures = new Uint8Array(FRAMES * PIXELS * 3);
  const softs = numbers.map(() => new Float32Array(FRAMES * PIXELS));
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const masks = masksAt(numbers, frame);
    masks.forEach(({ number }, place) => {
      maskOf(shapes[place]!, frame).forEach((inside, pixel) => {
        if (inside) {
          truth[frame * PIXELS + pixel] = number;
        }
      });
    });
    masks.forEach(({ soft, number }, place) => {
      const to = softs[place]!;
      if (!soft) {
        for (let at = frame * PIXELS; at < (frame + 1) * PIXELS; at += 1) {
          to[at] = truth[at] === number ? 1 : 0;
        }
        return;
      }
      forEachSoftRow(soft, size, (y, logits) => {
        logits.forEach((logit, x) => {
          const at = frame * PIXELS + y * size.width + x;
          to[at] = 1 / (1 + Math.exp(-agreeingLogit(logit, truth[at] === number)));
        });
      });
    });
    const { data } = pictureAt(frame);
    for (let pixel = 0; pixel < PIXELS; pixel += 1) {
      pictures.set(data.subarray(pixel * 4, pixel * 4 + 3), (frame * PIXELS + pixel) * 3);
    }
  }
  const shape = [FRAMES, size.height, size.width];
  writeNpy(join(folder, 'truth.npy'), '<u2', shape, truth);
  writeNpy(join(folder, 'pictures.npy'), '|u1', [...shape, 3], pictures);
  softs.forEach((soft, place) => writeNpy(join(folder, `soft${numbers[place]}.npy`), '<f4', shape, soft));
}

/** Writes the chosen formats of two labels with these numbers, and the truth. */
export async function writeSynthetic(
  folder: string,
  numbers: readonly number[],
  formats: readonly FormatChoice[],
  nameOf = paddedName,
): Promise<void> {
  const files = exportFiles(numberedRequest(numbers, formats, nameOf), {
    getMasks: async (frameIndex) => masksAt(numbers, frameIndex - FIRST_FRAME),
    getPicture: async (frameIndex) => pictureAt(frameIndex - FIRST_FRAME),
  });
  for await (const { name, bytes } of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      pieces.push(piece);
    }
    writeFileSync(path, Buffer.concat(pieces));
  }
  writeTruth(folder, numbers);
}
