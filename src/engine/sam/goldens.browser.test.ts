/** Compares the engine, on the real model, with ONNX Runtime's Python package (scripts/goldens/README.md). */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../core/geometry/box';
import { fillHoles } from '../../core/mask/fillHoles';
import { thresholdLogits, upscaleLowResLogits } from '../../core/mask/logits';
import { maskPromptLogits } from '../../core/mask/maskPrompt';
import { loadModelFiles, type ModelFiles } from '../models/modelFiles';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { SessionMutex } from '../ort/sessionMutex';
import { cosine, goldenMask, goldens, intersectionOverUnion, loadPicture } from './__fixtures__/goldenScene';
import type { FrameEmbedding } from './imageEncoder';
import { preprocess, type RgbaPicture } from './preprocess';
import { SamModel } from './samModel';

const run = { priority: 'interactive' } as const;
let files: ModelFiles;
let model: SamModel;
let picture: RgbaPicture;
let embedding: FrameEmbedding;

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
