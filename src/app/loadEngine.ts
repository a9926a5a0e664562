/** Brings the segmentation engine up and keeps the state told about it. */
import { toUserMessage } from '../core/base/errors';
import type { Provider } from '../core/engine/engineInfo';
import type { MaskflowStore } from '../state/store';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

const MODEL_FOLDER = 'models/mobilesam/';

/** `?provider=wasm` or `?provider=webgpu` in the address overrides the choice, for a GPU that misbehaves. */
export function providerFromAddress(search: string): Provider | undefined {
  const wanted = new URLSearchParams(search).get('provider');
  return wanted === 'wasm' || wanted === 'webgpu' ? wanted : undefined;
}

export async function loadEngine(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'load'>,
  page: { baseUrl: string; search: string },
): Promise<void> {
  const { setEngine, showError } = store.getState();
  setEngine({ kind: 'loading', phase: 'Loading the model', fraction: null });
  const startMs = performance.now();
  try {
    const info = await segment.load(
      {
        modelUrl: new URL(MODEL_FOLDER, page.baseUrl).href,
        forceProvider: providerFromAddress(page.search),
      },
      { onProgress: (progress) => setEngine({ kind: 'loading', ...progress }) },
    );
    measureStep('load', startMs, info);
    setEngine({ kind: 'ready', info });
  } catch (error) {
    setEngine({ kind: 'failed' });
    showError(toUserMessage(error));
  }
}
