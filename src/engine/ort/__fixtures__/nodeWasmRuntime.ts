/** The app's ONNX Runtime, onnxruntime-web's WASM build, under Node: for tests and scripts without a browser. */
import * as ort from 'onnxruntime-web';
import { GpuTensorCensus } from '../gpuTensorCensus';
import type { OrtContext } from '../graphSession';
import type { OrtRuntime } from '../ortRuntime';
import { SessionMutex } from '../sessionMutex';

/** Threads of the tests' sessions: as many as small machines have. */
const THREADS = 2;

/** Package `onnxruntime-web` gives its Node build here; its WASM is the one that the browser gets. */
export function nodeWasmRuntime(threads: number = THREADS): OrtRuntime {
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}

/** What sessions are made in, for tests of single graphs. */
export function nodeWasmContext(threads: number = THREADS): OrtContext {
  return {
    runtime: nodeWasmRuntime(threads),
    mutex: new SessionMutex(),
    census: new GpuTensorCensus(),
  };
}
