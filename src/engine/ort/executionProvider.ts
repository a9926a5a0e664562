/** Chooses where the model runs: WebGPU when an adapter really answers, else WASM. */
import type { Provider } from '../../core/engine/engineInfo';

export type Capabilities = {
  /** `navigator.gpu`, where the browser has it. */
  readonly gpu: GPU | null;
  readonly isCrossOriginIsolated: boolean;
  readonly hardwareConcurrency: number;
};

export type ProviderChoice = {
  readonly provider: Provider;
  /** The adapter that answered; null on WASM. */
  readonly gpuAdapter: GPUAdapter | null;
  /** Adapter in words; null on WASM. */
  readonly adapterName: string | null;
  readonly threads: number;
  /** Why the better choice was not made, in the user's words; null when it was. */
  readonly fallbackReason: string | null;
};

/** More threads than this gained nothing in a 1024x1024 vision transformer and cost memory for each. */
const MAX_THREADS = 8;

const SINGLE_THREAD_REASON =
  'This page is not cross-origin isolated, so only one processor core can be used; ask whoever serves it for the COOP and COEP headers.';

/** `forced` skips the choice but keeps the checks: forcing WebGPU without an adapter still ends on WASM. */
export async function chooseProvider(capabilities: Capabilities, forced?: Provider): Promise<ProviderChoice> {
  const threads = capabilities.isCrossOriginIsolated
    ? Math.max(1, Math.min(capabilities.hardwareConcurrency, MAX_THREADS))
    : 1;
  if (forced === 'wasm') {
    return wasmChoice(threads, 'The processor was chosen instead of the graphics card.');
  }
  if (!capabilities.gpu) {
    return wasmChoice(threads, 'This browser has no WebGPU, so the model runs on the processor.');
  }
  const gpuAdapter = await requestAdapter(capabilities.gpu);
  if (!gpuAdapter) {
    return wasmChoice(
      threads,
      'The browser found no graphics adapter for WebGPU, so the model runs on the processor.',
    );
  }
  return { provider: 'webgpu', gpuAdapter, adapterName: nameOf(gpuAdapter), threads, fallbackReason: null };
}

/** The WASM choice, for a given reason; adds what keeps WASM from being fast. */
export function wasmChoice(threads: number, reason: string): ProviderChoice {
  const fallbackReason = threads === 1 ? `${reason} ${SINGLE_THREAD_REASON}` : reason;
  return { provider: 'wasm', gpuAdapter: null, adapterName: null, threads, fallbackReason };
}

/** `navigator.gpu` exists in browsers whose `requestAdapter` then gives null, or throws: only asking tells. */
async function requestAdapter(gpu: GPU): Promise<GPUAdapter | null> {
  try {
    return await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch {
    return null;
  }
}

function nameOf(adapter: GPUAdapter): string {
  const { description, vendor, architecture } = adapter.info;
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed graphics adapter';
}
