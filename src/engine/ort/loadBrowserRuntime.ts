/** Loads the build of onnxruntime-web that fits the provider, with its WASM from our own server. */
import type { Provider } from '../../core/engine/engineInfo';
import type { OrtRuntime } from './ortRuntime';

type RuntimeModule = { readonly runtime: OrtRuntime; readonly wasmUrl: string; readonly glueUrl: string };

/**
 * Loads a runtime and sets its options. WASM is started once for each realm, with the options of the first call.
 * Each build is a chunk of its own, so that only one is fetched.
 */
export async function loadBrowserRuntime(provider: Provider, threads: number): Promise<OrtRuntime> {
  const { runtime, wasmUrl, glueUrl } = await importRuntime(provider);
  const base = import.meta.url;
  runtime.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, base).href, mjs: new URL(glueUrl, base).href };
  runtime.env.wasm.numThreads = threads;
  runtime.env.logLevel = 'error';
  return runtime;
}

function importRuntime(provider: Provider): Promise<RuntimeModule> {
  if (provider === 'wasm') {
    return import('./wasmRuntime');
  }
  // JSPI: smaller, and free of two faults of the Asyncify build.
  return 'Suspending' in WebAssembly ? import('./jspiRuntime') : import('./asyncifyRuntime');
}
