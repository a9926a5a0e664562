/** The onnxruntime-web build: CPU only. */
import * as ort from 'onnxruntime-web/wasm';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { OrtRuntime } from './ortRuntime';

export const runtime: OrtRuntime = ort;
export const wasmUrl: string = wasm;
export const glueUrl: string = glue;
