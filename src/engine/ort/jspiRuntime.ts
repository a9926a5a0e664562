/** The onnxruntime-web build: WebGPU and CPU, for browsers with JavaScript Promise Integration. */
import * as ort from 'onnxruntime-web/jspi';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import type { OrtRuntime } from './ortRuntime';

export const runtime: OrtRuntime = ort;
export const wasmUrl: string = wasm;
export const glueUrl: string = glue;
