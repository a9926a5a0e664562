/** Brings the segmentation engine up and keeps the state told about it. */
import { toUserMessage } from '../core/base/errors';
import type { Provider } from '../core/engine/engineInfo';
import { BUILT_IN_MODEL, type PromptingModelId } from '../core/models/shelf';
import type { MaskflowStore } from '../state/store';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

const MODEL_FOLDER = 'models/mobilesam/';

/** `?provider=wasm` or `?provider=webgpu` in the address overrides the choice, for a GPU that misbehaves. */
export function providerFromAddress(search: string): Provider | undefined {
  const wanted = new URLSearchParams(search).get('provider');
  return wanted === 'wasm' || wanted === 'webgpu' ? wanted : undefined;
}

/** Loads the model that draws from prompts; false when it could not, which the user is told. */
export async function loadEngine(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'load'>,
  page: { baseUrl: string; search: string },
  model: PromptingModelId = BUILT_IN_MODEL,
): Promise<boolean> {
  const { setEngine, showError } = store.getState();
  setEngine({ kind: 'loading', phase: 'Loading the model', fraction: null });
  const startMs = performance.now();
  try {
    const info = await segment.load(
      {
        modelUrl: new URL(MODEL_FOLDER, page.baseUrl).href,
        ...(model === BUILT_IN_MODEL ? {} : { model }),
        forceProvider: providerFromAddress(page.search),
      },
      { onProgress: (progress) => setEngine({ kind: 'loading', ...progress }) },
    );
    measureStep('load', startMs, info);
    setEngine({ kind: 'ready', info });
    return true;
  } catch (error) {
    setEngine({ kind: 'failed' });
    showError(toUserMessage(error));
    return false;
  }
}
