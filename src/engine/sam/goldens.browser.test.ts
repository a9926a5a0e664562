/** Compares the engine, on the real model, with ONNX Runtime's Python package (scripts/goldens/README.md). */
import { decode as decodePng } from 'fast-png';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../core/geometry/box';
import { fillHoles } from '../../core/mask/fillHoles';
import { thresholdLogits, upscaleLowResLogits } from '../../core/mask/logits';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import { decodeRle } from '../../core/mask/rle';
import { loadModelFiles, type ModelFiles } from '../models/modelFiles';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { SessionMutex } from '../ort/sessionMutex';
import goldensJson from './__fixtures__/goldens.json';
import pictureUrl from './__fixtures__/dye.png?url';
import type { FrameEmbedding } from './imageEncoder';
import { preprocess, type RgbaPicture } from './preprocess';
import { SamModel } from './samModel';

const Goldens = v.object({
  inputEvery997th: v.array(v.number()),
  embeddingEvery211th: v.array(v.number()),
  maskPromptForeground: v.number(),
  cases: v.array(
    v.object({
      name: v.string(),
      box: v.optional(v.tuple([v.number(), v.number(), v.number(), v.number()])),
      points: v.optional(v.array(v.tuple([v.number(), v.number(), v.picklist([0, 1])]))),
      maskFrom: v.optional(v.string()),
      predictedIou: v.number(),
      lowResEvery16th: v.array(v.number()),
      rle: v.object({ size: v.tuple([v.number(), v.number()]), counts: v.array(v.number()) }),
    }),
  ),
});
const goldens = v.parse(Goldens, goldensJson);

const run = { priority: 'interactive' } as const;
let files: ModelFiles;
let model: SamModel;
let picture: RgbaPicture;
let embedding: FrameEmbedding;

async function loadPicture(): Promise<RgbaPicture> {
  const png = decodePng(await (await fetch(pictureUrl)).arrayBuffer());
  const data = new Uint8ClampedArray(png.width * png.height * 4).fill(255);
  for (let pixel = 0; pixel < png.width * png.height; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      data[pixel * 4 + channel] = png.data[pixel * png.channels + channel]!;
    }
  }
  return { width: png.width, height: png.height, data };
}

function goldenMask(name: string): Uint8Array {
  const { rle } = goldens.cases.find((entry) => entry.name === name)!;
  return decodeRle({ size: rle.size, counts: Uint32Array.from(rle.counts) }).data;
}

function intersectionOverUnion(a: Uint8Array, b: Uint8Array): number {
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

function cosine(a: readonly number[], b: readonly number[]): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

beforeAll(async () => {
  files = await loadModelFiles(new URL('/models/mobilesam/', location.href).href, () => undefined);
  const threads = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  const runtime = await loadBrowserRuntime('wasm', threads);
  const context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
  model = await SamModel.create(context, files, null);
  picture = await loadPicture();
  embedding = (await model.encoder.encode(picture, run)).embedding;
}, 120_000);

describe('the real model on a picture that is not square', () => {
  it('gets the same input as Pillow and numpy make', () => {
    const input = preprocess(picture, files.manifest.normalisation);
    const sampled = goldens.inputEvery997th.map((_, index) => input[index * 997]!);
    // One step of 8 bits is 0.017 after normalisation; Pillow's fixed-point weights round a few pixels the other way.
    const differing = sampled.filter((value, index) => {
      const difference = Math.abs(value - goldens.inputEvery997th[index]!);
      expect(difference).toBeLessThan(0.018);
      return difference > 0.001;
    });
    expect(differing.length / sampled.length).toBeLessThan(0.005);
  });

  it('makes the same embedding', () => {
    const values = embedding.tensor.data as Float32Array;
    const sampled = goldens.embeddingEvery211th.map((_, index) => values[index * 211]!);
    expect(cosine(sampled, goldens.embeddingEvery211th)).toBeGreaterThan(0.999);
  });

  it('makes the same mask prompt', () => {
    const prompt = maskPromptLogits({ ...picture, data: goldenMask('box') });
    const foreground = prompt.filter((value) => value > 0).length;
    expect(Math.abs(foreground - goldens.maskPromptForeground)).toBeLessThan(20);
  });

  it.each(goldens.cases)('draws the same mask from: $name', async (golden) => {
    const mask = golden.maskFrom ? { ...picture, data: goldenMask(golden.maskFrom) } : null;
    const result = await model.decoder.decode(
      embedding,
      {
        box: (golden.box as Box | undefined) ?? null,
        points: (golden.points ?? []).map(([x, y, label]) => ({ x, y, label: label === 1 ? 1 : 0 })),
        maskLogits: mask && maskPromptLogits(mask),
      },
      run,
    );
    expect(result.predictedIou).toBeCloseTo(golden.predictedIou, 2);
    const sampled = Array.from(
      { length: 256 },
      (_, index) => result.lowResLogits[(index >> 4) * 16 * 256 + (index & 15) * 16]!,
    );
    expect(cosine(sampled, golden.lowResEvery16th)).toBeGreaterThan(0.999);
    const logits = upscaleLowResLogits(result.lowResLogits, embedding.transform);
    const drawn = thresholdLogits(logits);
    expect(intersectionOverUnion(drawn.data, goldenMask(golden.name))).toBeGreaterThanOrEqual(0.99);
    fillHoles(logits);
    const filled = thresholdLogits(logits);
    expect(filled.data.every((value, index) => value >= drawn.data[index]!)).toBe(true);
  });
});
