/** Models in words: what can be done with them, and how far they are on this device. */
import type { Provider } from '../../core/engine/engineInfo';
import type { ModelArrival } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL, canPrompt, canPropagate, type ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import { modelsText } from '../text/modelsText';

export type ShelfView = Pick<MaskflowState, 'hydratedModels' | 'modelArrivals' | 'modelOffers'>;

/** `prompts, video`. */
export function abilityWords(id: ModelId): string {
  return [
    ...(canPrompt(id) ? [modelsText.prompts] : []),
    ...(canPropagate(id) ? [modelsText.video] : []),
  ].join(', ');
}

export type Standing = 'builtIn' | 'ready' | 'working' | 'failed' | 'notInBuild' | 'onShelf';

export function standingOf({ hydratedModels, modelArrivals, modelOffers }: ShelfView, id: ModelId): Standing {
  const arrival = modelArrivals[id];
  if (id === BUILT_IN_MODEL) {
    return 'builtIn';
  }
  if (arrival) {
    return arrival.kind;
  }
  if (hydratedModels[id]) {
    return 'ready';
  }
  return modelOffers && !modelOffers[id] ? 'notInBuild' : 'onShelf';
}

/** `ready`, `43 %`. */
export function standingWords(standing: Standing, arrival: ModelArrival | undefined): string {
  if (standing === 'working') {
    return arrival?.kind === 'working' && arrival.fraction !== null
      ? `${Math.floor(arrival.fraction * 100)} %`
      : '…';
  }
  return modelsText[standing];
}

export function providerWords(provider: Provider): string {
  return provider === 'webgpu' ? 'graphics card, WebGPU' : 'processor, WASM';
}

/** `github.com`; the address itself when it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
