/** The onnxruntime-web build: WebGPU and CPU, for browsers without JavaScript Promise Integration. */
import * as ort from 'onnxruntime-web/webgpu';
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { OrtRuntime } from './ortRuntime';

export const runtime: OrtRuntime = ort;
export const wasmUrl: string = wasm;
export const glueUrl: string = glue;
