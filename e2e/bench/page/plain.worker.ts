/** The two graphs by plain onnxruntime-web, in a worker as in the app: the time of `session.run` and nothing else. */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { PlainAnswer, PlainFigures, PlainTask } from './plainTask';

const SIDE = 1024;
const MEAN = [123.675, 116.28, 103.53] as const;
const STD = [58.395, 57.12, 57.375] as const;

async function createSession(url: string): Promise<ort.InferenceSession> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: HTTP ${response.status}`);
  }
  const graph = new Uint8Array(await response.arrayBuffer());
  return ort.InferenceSession.create(graph, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
}

function encoderInput(picture: ImageBitmap): ort.Tensor {
  const scale = SIDE / Math.max(picture.width, picture.height);
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) {
    throw new Error('no 2d context');
  }
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const values = new Float32Array(3 * SIDE * SIDE);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        const value = data[4 * (y * width + x) + channel] ?? 0;
        values[channel * SIDE * SIDE + y * SIDE + x] = (value - MEAN[channel]!) / STD[channel]!;
      }
    }
  }
  return new ort.Tensor('float32', values, [1, 3, SIDE, SIDE]);
}

function decoderFeeds(
  embedding: ort.Tensor,
  { picture, click }: PlainTask,
  maskSize: readonly [height: number, width: number],
): ort.InferenceSession.FeedsType {
  const scale = SIDE / Math.max(picture.width, picture.height);
  return {
    image_embeddings: embedding,
    point_coords: new ort.Tensor('float32', [click[0] * scale, click[1] * scale, 0, 0], [1, 2, 2]),
    point_labels: new ort.Tensor('float32', [1, -1], [1, 2]),
    mask_input: new ort.Tensor('float32', new Float32Array(256 * 256), [1, 1, 256, 256]),
    has_mask_input: new ort.Tensor('float32', [0], [1]),
    orig_im_size: new ort.Tensor('float32', [...maskSize], [2]),
  };
}

/** The times of `runs` runs, and what the last one gave. */
async function timedRuns(
  session: ort.InferenceSession,
  feeds: ort.InferenceSession.FeedsType,
  runs: number,
): Promise<{ timesMs: number[]; outputs: ort.InferenceSession.ReturnType }> {
  const timesMs: number[] = [];
  let outputs: ort.InferenceSession.ReturnType = {};
  for (let run = 0; run < runs; run += 1) {
    const startMs = performance.now();
    outputs = await session.run(feeds);
    timesMs.push(performance.now() - startMs);
  }
  return { timesMs, outputs };
}

async function measure(task: PlainTask): Promise<PlainFigures> {
  ort.env.wasm.wasmPaths = {
    wasm: new URL(wasm, location.href).href,
    mjs: new URL(glue, location.href).href,
  };
  ort.env.wasm.numThreads = task.threads;
  ort.env.logLevel = 'error';
  const startMs = performance.now();
  const encoder = await createSession(task.encoderUrl);
  const decoder = await createSession(task.decoderUrl);
  const loadMs = performance.now() - startMs;

  const input = { [encoder.inputNames[0]!]: encoderInput(task.picture) };
  const encoded = await timedRuns(encoder, input, task.runs + 1);
  const embedding = encoded.outputs[encoder.outputNames[0]!]!;
  const { width, height } = task.picture;
  const full = await timedRuns(decoder, decoderFeeds(embedding, task, [height, width]), task.runs + 1);
  const low = await timedRuns(decoder, decoderFeeds(embedding, task, [1, 1]), task.runs + 1);
  return {
    loadMs,
    firstEncodeMs: encoded.timesMs[0]!,
    encodeMs: encoded.timesMs.slice(1),
    decodeFullMs: full.timesMs.slice(1),
    decodeMs: low.timesMs.slice(1),
    predictedIou: (low.outputs['iou_predictions']!.data as Float32Array)[0] ?? 0,
  };
}

function answer(message: PlainAnswer): void {
  self.postMessage(message);
}

self.addEventListener('message', (event: MessageEvent<PlainTask>) => {
  measure(event.data).then(
    (figures) => answer({ figures }),
    (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
  );
});
