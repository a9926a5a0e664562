/** A method is marked by the weights that draw for it, and by no others. */
import { expect, it } from 'vitest';
import type { StudyMethod } from '../../core/study/methods';
import { createMaskflowStore } from '../../state/store';
import { hydrated } from '../models/__fixtures__/shelf';
import { unofficialModels } from './unofficialModels';

const info = { provider: 'wasm', adapter: null, threads: 1, fallbackReason: null } as const;

it('names the models whose file is not the official one', () => {
  const store = createMaskflowStore();
  store.getState().setEngine({
    kind: 'ready',
    info: { ...info, modelName: 'SAM ViT-B', modelId: 'sam-vit-b' },
  });
  const of = (method: StudyMethod): string[] => unofficialModels(store.getState(), method);
  const xmem = { kind: 'propagate', engine: 'xmem', sharedPoints: 'asIs' } as const;
  const redrawn = { kind: 'refine', of: 'xmem', prompt: 'box' } as const;
  store.getState().setHydratedModel('xmem', { ...hydrated, isOfficial: null });
  store.getState().setHydratedModel('sam-vit-b', { ...hydrated, isOfficial: true });
  expect([of(xmem), of(redrawn)]).toEqual([[], []]);
  store.getState().setHydratedModel('xmem', { ...hydrated, isOfficial: false });
  expect([of(xmem), of(redrawn), of({ ...xmem, engine: 'memory' })]).toEqual([['XMem'], ['XMem'], []]);
  store.getState().setHydratedModel('sam-vit-b', { ...hydrated, isOfficial: false });
  expect([of(redrawn), of({ ...xmem, engine: 'sam' })]).toEqual([['XMem', 'SAM ViT-B'], ['SAM ViT-B']]);
  store.getState().setHydratedModel('xmem', { ...hydrated, isOfficial: false, statedBy: 'files.test' });
  expect(of(xmem)).toEqual([]);
});
