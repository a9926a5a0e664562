/**
 * The real decoder on WebGPU against the golden numbers. The embedding comes from the CPU: on software WebGPU the encoder
 * takes minutes.
 */
import { expect, it } from 'vitest';
import { thresholdLogits, upscaleLowResLogits } from '../../core/mask/logits';
import { loadModelFiles } from '../models/modelFiles';
import { requestGpuDevice } from '../ort/gpuDevice';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { GraphSession } from '../ort/graphSession';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { SessionMutex } from '../ort/sessionMutex';
import { goldenMask, goldens, intersectionOverUnion, loadPicture } from './__fixtures__/goldenScene';
import { MaskDecoder } from './maskDecoder';
import { SamModel } from './samModel';

const run = { priority: 'interactive' } as const;

it('draws the golden mask of a box', async () => {
  const files = await loadModelFiles(new URL('/models/mobilesam/', location.href).href, () => undefined);
  const runtime = await loadBrowserRuntime('webgpu', navigator.hardwareConcurrency);
  const context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
  const cpu = await SamModel.create(context, files, null);
  const { embedding } = await cpu.encoder.encode(await loadPicture(), run);
  const device = await requestGpuDevice((await navigator.gpu.requestAdapter())!);
  const session = await GraphSession.create(context, files.decoder, {
    executionProviders: [{ name: 'webgpu', device }],
  });
  const golden = goldens.cases.find(({ name }) => name === 'box')!;
  const prompt = { points: [], box: golden.box!, maskLogits: null };
  const { lowResLogits, predictedIou } = await new MaskDecoder(session, { drawsAll: false }).decode(
    embedding,
    prompt,
    run,
  );
  expect(predictedIou).toBeCloseTo(golden.predictedIou, 2);
  const drawn = thresholdLogits(upscaleLowResLogits(lowResLogits, embedding.transform));
  expect(intersectionOverUnion(drawn.data, goldenMask('box'))).toBeGreaterThanOrEqual(0.99);
  device.destroy();
}, 240_000);
