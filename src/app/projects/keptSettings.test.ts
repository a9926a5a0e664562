/** Settings of a project come back as they were left; what makes no sense is left out. */
import { expect, it } from 'vitest';
import { createMaskflowStore } from '../../state/store';
import { haveSettingsChanged, keptSettings, readSettings } from './keptSettings';

it('come back through JSON, the loop switch among them', () => {
  const store = createMaskflowStore();
  const before = store.getState();
  store.getState().setLooping(true);
  store.getState().setOverlayOpacity(0.7);
  expect(haveSettingsChanged(store.getState(), before)).toBe(true);
  const read = readSettings(JSON.parse(JSON.stringify(keptSettings(store.getState()))));
  expect(read).toMatchObject({ isLooping: true, overlayOpacity: 0.7 });
  expect(readSettings({ isLooping: 'often', overlayOpacity: 7 })).toEqual({});
});

it('keep the engine and the prompting model, and know projects from before there was a choice', () => {
  const store = createMaskflowStore();
  store.getState().setPropagationEngine('xmem');
  store.getState().setPromptingModel('sam-vit-h');
  const kept = JSON.parse(JSON.stringify(keptSettings(store.getState())));
  expect(readSettings(kept)).toMatchObject({ propagationEngine: 'xmem', promptingModel: 'sam-vit-h' });
  expect(readSettings({ propagationEngine: 'sam' })).toEqual({ propagationEngine: 'sam' });
  expect(readSettings({ promptingModel: 'xmem', propagationEngine: 'sam-vit-h' })).toEqual({});
});
