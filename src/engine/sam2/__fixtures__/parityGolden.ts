/** What transformers made of the parity clip on seeded weights, as tools/export/sam2_goldens.py writes it. */
import type { TensorEntry } from '../../../core/checkpoint/checkpointIndex';
import { bytesSource } from '../../checkpoint/byteSource';
import { readFloats, readIntegers } from '../../checkpoint/__fixtures__/readTensors';
import { openCheckpoint } from '../../checkpoint/openCheckpoint';
import type { ParityObject } from '../../__fixtures__/parityClip';
import type { ParityResult, ParityStep } from './parityRun';
import type { ReadFile, SeedRule } from './seededSam2';

type GoldenJson = {
  readonly frames: number;
  readonly maskSize: number;
  readonly logitsStride: number;
  readonly seedRules: readonly SeedRule[];
  readonly steps: readonly ParityStep[];
  /** One for each frame of each step, given ones included. */
  readonly rows: readonly {
    readonly step: number;
    readonly object: ParityObject;
    readonly frame: number;
  }[];
};

export type ParityGolden = {
  readonly json: GoldenJson;
  /** Eight pixels of the square to a byte, lowest bit first; one row after the other. */
  readonly bits: Uint8Array;
  /** Every `logitsStride`-th row and column. */
  readonly logits: Float32Array;
  readonly scores: Float32Array;
  readonly pointers: Float32Array;
};

/** How far one computed frame is from the golden. */
export type ParityError = {
  /** 1 for a given mask, and where both see nothing. */
  readonly iou: number;
  /** Largest differences. Logits: 0 where the object is given, or hidden in both. */
  readonly logits: number;
  readonly score: number;
  readonly pointer: number;
  /** By the golden; `isOtherwise`: the one hides the object and the other shows it. */
  readonly isHidden: boolean;
  readonly isOtherwise: boolean;
};

export async function readParityGolden(
  read: ReadFile,
  file: 'golden' | 'corrected' = 'golden',
): Promise<ParityGolden> {
  const json = JSON.parse(new TextDecoder().decode(await read(`${file}.json`))) as GoldenJson;
  const checkpoint = await openCheckpoint(bytesSource(await read(`${file}.safetensors`)));
  const entry = (name: string): TensorEntry => checkpoint.groups.get('')!.get(name)!;
  return {
    json,
    bits: Uint8Array.from(await readIntegers(checkpoint, entry('bits'))),
    logits: await readFloats(checkpoint, entry('logits')),
    scores: await readFloats(checkpoint, entry('scores')),
    pointers: await readFloats(checkpoint, entry('pointers')),
  };
}

/** Null: the reference computes no such frame (it answers for given frames on the way). */
export function parityError(golden: ParityGolden, result: ParityResult): ParityError | null {
  const { rows } = golden.json;
  const row = rows.findIndex(({ step, frame }) => step === result.step && frame === result.frame);
  if (row < 0) {
    return null;
  }
  const wantedScore = golden.scores[row]!;
  const pointer = worst(
    result.pointer,
    golden.pointers.subarray(row * result.pointer.length, (row + 1) * result.pointer.length),
  );
  if (!result.drawn) {
    return { iou: 1, logits: 0, score: 0, pointer, isHidden: wantedScore <= 0, isOtherwise: false };
  }
  const { logits, objectScore } = result.drawn;
  return {
    iou: iouWith(golden, row, logits),
    logits: logitsError(golden, row, logits),
    score: Math.abs(objectScore - wantedScore),
    pointer,
    isHidden: wantedScore <= 0,
    isOtherwise: objectScore <= 0 !== wantedScore <= 0,
  };
}

function iouWith({ bits }: ParityGolden, row: number, logits: Float32Array): number {
  const first = (row * logits.length) / 8;
  let both = 0;
  let either = 0;
  logits.forEach((logit, pixel) => {
    const wanted = (bits[first + (pixel >> 3)]! >> (pixel & 7)) & 1;
    const found = logit > 0 ? 1 : 0;
    both += wanted & found;
    either += wanted | found;
  });
  return either === 0 ? 1 : both / either;
}

function logitsError({ json, logits }: ParityGolden, row: number, found: Float32Array): number {
  const { maskSize, logitsStride } = json;
  const side = maskSize / logitsStride;
  const sampled = Float32Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    return found[y * logitsStride * maskSize + x * logitsStride]!;
  });
  return worst(sampled, logits.subarray(row * side * side, (row + 1) * side * side));
}

function worst(found: Float32Array, wanted: Float32Array): number {
  return found.reduce((most, value, index) => Math.max(most, Math.abs(value - wanted[index]!)), 0);
}
