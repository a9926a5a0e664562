/** Whether this device can run 16-bit variants of models, which want a graphics card that computes with such numbers. */
import type { MaskflowStore } from '../../state/store';
import { providerFromAddress } from '../loadEngine';

/** False where the engine runs on the processor: 16-bit numbers would only make it slower. */
export async function hasHalfPrecision(store: MaskflowStore, search: string): Promise<boolean> {
  const { engine } = store.getState();
  const isOnProcessor = engine.kind === 'ready' && engine.info.provider === 'wasm';
  if (isOnProcessor || providerFromAddress(search) === 'wasm') {
    return false;
  }
  try {
    const adapter = (await navigator.gpu?.requestAdapter()) ?? null;
    return adapter?.features.has('shader-f16') ?? false;
  } catch {
    return false;
  }
}
