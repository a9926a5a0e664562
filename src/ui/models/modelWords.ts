/** Models in words: what can be done with them, and how far they are on this device. */
import type { Provider } from '../../core/engine/engineInfo';
import type { ModelArrival } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL, canPrompt, canPropagate, models, type ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import { modelsText } from '../text/modelsText';

export type ShelfView = Pick<
  MaskflowState,
  'hydratedModels' | 'outdatedModels' | 'modelArrivals' | 'modelOffers'
>;

/** `prompts, video`. */
export function abilityWords(id: ModelId): string {
  return [
    ...(canPrompt(id) ? [modelsText.prompts] : []),
    ...(canPropagate(id) ? [modelsText.video] : []),
  ].join(', ');
}

/** `XMem, SAM 2.1 tiny/small, SAM ViT-H`: names that begin alike are told in one. */
export function modelNames(ids: readonly ModelId[]): string {
  const groups = new Map<string, string[]>();
  for (const { name } of ids.map((id) => models[id])) {
    const start = beginningOf(name);
    groups.set(start, [...(groups.get(start) ?? []), name.slice(start.length)]);
  }
  return [...groups]
    .map(([start, ends]) => (start === '' ? ends.join(', ') : start + ends.join('/')))
    .join(', ');
}

/** All but the last word; '' for a name of one word. */
function beginningOf(name: string): string {
  return /^.*[ -]/.exec(name)?.[0] ?? '';
}

export type Standing = 'builtIn' | 'ready' | 'working' | 'failed' | 'outdated' | 'notInBuild' | 'onShelf';

export function standingOf(
  { hydratedModels, outdatedModels, modelArrivals, modelOffers }: ShelfView,
  id: ModelId,
): Standing {
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
  if (outdatedModels[id]) {
    return 'outdated';
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

/** `23 Nov 2026`, where the device is. */
export function dateText(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function providerWords(provider: Provider): string {
  return provider === 'webgpu' ? 'graphics card, WebGPU' : 'processor, WASM';
}

/** `github.com`; the address itself when it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
