/** XMem's propagation on a small clip, beside the same run written plainly in Python (tools/export/xmem_reference.py). */
import { objectId } from '../../../core/base/ids';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { encodeRle, type Rle } from '../../../core/mask/rle';
import { decodeSoftMask } from '../../../core/mask/softMask';
import type { PropagatedFrame, PropagationRequest } from '../../../core/segment/segmentation';
import { parityFrame, parityMask, type ParityObject } from '../../__fixtures__/parityClip';
import type { RgbaPicture } from '../../sam/preprocess';
import { XMemPropagator } from '../xmemPropagator';
import { absoluteError } from './goldenFile';
import type { SeededXMem } from './goldenRun';
import golden from './miniGolden.json';

/** Every second pixel of the clip, cut so that the network's picture is padded. */
const STEP = 2;

export type MiniFrame = {
  /** Label numbers. */
  readonly drawn: readonly string[];
  readonly wanted: readonly string[];
  /** Largest error of a log-odds margin; the app keeps these in steps of 0.047. */
  readonly marginError: number;
  readonly confidenceError: number;
};

/** Frames 1 to the last. Label 2 is true on frame 5 alone, label 1 on frames 0 and 8. */
export async function followMini({ graphs, config }: SeededXMem): Promise<MiniFrame[]> {
  const model = {
    config: { ...config, ...golden.config },
    use: <T>(work: (g: typeof graphs) => Promise<T>) => work(graphs),
  };
  const frames = { picture: async (frame: number) => miniPicture(frame), prefetch: () => undefined };
  const options = { shortSidePx: null, memoryEvery: null, permanentFrames: 16 };
  const propagator = new XMemPropagator(model, frames, options);
  const results: MiniFrame[] = [];
  const request = miniRequest(golden.frames.length - 1);
  for await (const frame of propagator.propagate(request, new AbortController().signal)) {
    results.push(compared(frame));
  }
  return results;
}

function miniRequest(endFrame: number): PropagationRequest {
  const truth = Object.entries(golden.truth).map(([frame, labels]) => ({
    frameIndex: Number(frame),
    masks: labels.map((label) => ({
      objectId: objectId(label),
      rle: miniMask(label as ParityObject, Number(frame)),
    })),
    guesses: [],
  }));
  return {
    engine: 'xmem',
    startFrame: 0,
    endFrame,
    labels: [1, 2].map((label) => ({ objectId: objectId(label), role: 'object' as const })),
    startMasks: truth[0]!.masks,
    conditioning: truth.slice(1).map(({ frameIndex, masks }) => ({ frameIndex, masks })),
    annotated: truth,
  };
}

function compared({ frameIndex, masks }: PropagatedFrame): MiniFrame {
  const wanted = golden.frames[frameIndex] as Record<string, { confidence: number; margins: number[] }>;
  const errors = masks.map(({ objectId: id, mask }) => {
    const entry = wanted[String(id)] ?? { confidence: Number.NaN, margins: [] };
    return {
      margin: absoluteError(sampled(decodeSoftMask(mask.soft!)), entry.margins),
      confidence: Math.abs(mask.confidence! - entry.confidence),
    };
  });
  return {
    drawn: masks.map(({ objectId: id }) => String(id)),
    wanted: Object.keys(wanted),
    marginError: Math.max(0, ...errors.map(({ margin }) => margin)),
    confidenceError: Math.max(0, ...errors.map(({ confidence }) => confidence)),
  };
}

function sampled(values: Float32Array): number[] {
  return Array.from(values).filter((_, at) => {
    const [x, y] = [at % golden.width, Math.floor(at / golden.width)];
    return x % golden.sample === 0 && y % golden.sample === 0;
  });
}

function miniPicture(frame: number): RgbaPicture {
  const { width, data } = parityFrame(frame);
  const small = new Uint8ClampedArray(golden.width * golden.height * 4);
  forEachPixel((x, y, out) => {
    const at = (y * STEP * width + x * STEP) * 4;
    small.set(data.subarray(at, at + 4), out * 4);
  });
  return { width: golden.width, height: golden.height, data: small };
}

function miniMask(label: ParityObject, frame: number): Rle {
  const { width, data } = parityMask(label, frame);
  const small: BinaryMask = {
    width: golden.width,
    height: golden.height,
    data: new Uint8Array(golden.width * golden.height),
  };
  forEachPixel((x, y, out) => {
    small.data[out] = data[y * STEP * width + x * STEP]!;
  });
  return encodeRle(small);
}

function forEachPixel(visit: (x: number, y: number, out: number) => void): void {
  for (let out = 0; out < golden.width * golden.height; out += 1) {
    visit(out % golden.width, Math.floor(out / golden.width), out);
  }
}
