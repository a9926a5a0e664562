/** The shelf's lists say the same of every model. */
import { expect, it } from 'vitest';
import { propagationEngines } from '../segment/segmentation';
import {
  BUILT_IN_MODEL,
  canPrompt,
  canPropagate,
  isModelId,
  modelIds,
  models,
  ofVideoModels,
  promptingModels,
  videoModels,
} from './shelf';

it('lists every model once, under its own id and a name of its own', () => {
  expect(new Set(modelIds)).toEqual(new Set([...promptingModels, ...videoModels]));
  expect(new Set(modelIds).size).toBe(modelIds.length);
  expect(Object.keys(models)).toEqual([...modelIds]);
  expect(new Set(modelIds.map((id) => models[id].name)).size).toBe(modelIds.length);
  modelIds.forEach((id) => expect(models[id].id).toBe(id));
});

it('knows what each can do: all SAMs prompt, all others than SAM ViT propagate, and XMem does that alone', () => {
  modelIds.forEach((id) => {
    const { family, propagates, goodFor, heldAgainst } = models[id];
    expect(canPrompt(id)).toBe(family !== 'xmem');
    expect(canPropagate(id)).toBe(family !== 'sam');
    expect(propagates === null).toBe(!canPropagate(id));
    expect(goodFor).toMatch(/^[A-Z].*\.$/);
    expect(heldAgainst).toMatch(/^[A-Z].*\.$/);
  });
  expect(canPrompt(BUILT_IN_MODEL)).toBe(true);
});

it('claims a comparison of the whole network for all but the one whose official weights are here', () => {
  const whole = modelIds.filter((id) => models[id].heldAgainst.startsWith('Its whole network'));
  expect(whole).toEqual(modelIds.filter((id) => id !== 'mobilesam'));
});

it('makes every video model a propagation engine', () => {
  expect(propagationEngines).toEqual(['memory', 'sam', ...videoModels]);
  expect(ofVideoModels(({ id }) => id)).toEqual(Object.fromEntries(videoModels.map((id) => [id, id])));
});

it('recognises ids', () => {
  expect(isModelId('xmem')).toBe(true);
  expect(isModelId('toString')).toBe(false);
});
