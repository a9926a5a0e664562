/** What is told about a step does not outlive the step. */
import { expect, it } from 'vitest';
import { showStepNotice } from './stepNotice';
import { createMaskflowStore, type MaskflowStore } from './store';
import { travelHistory } from './travelHistory';

function texts(store: MaskflowStore): string[] {
  return store.getState().messages.map((message) => (message.kind === 'notice' ? message.text : ''));
}

it('goes when its step is taken back, and leaves other notices', () => {
  const store = createMaskflowStore();
  const { objectId } = store.getState().addLabel();
  store.getState().deleteLabel(objectId);
  showStepNotice(store, 'Deleted.');
  store.getState().showNotice('Another.');
  store.getState().setTool('pan');
  store.getState().addLabel();
  travelHistory(store, 'undo');
  expect(texts(store)).toEqual(['Deleted.', 'Another.']);
  travelHistory(store, 'undo');
  expect(store.getState().labels.some((label) => label.objectId === objectId)).toBe(true);
  expect(texts(store)).toEqual(['Another.']);
  travelHistory(store, 'redo');
  expect(texts(store)).toEqual(['Another.']);
  expect(store.getState().messageLog).toHaveLength(2);
});

it('goes when the history begins anew', () => {
  const store = createMaskflowStore();
  store.getState().addLabel();
  showStepNotice(store, 'Added.');
  store.temporal.getState().clear();
  expect(texts(store)).toEqual([]);
});

it('takes the reason why nothing was painted away with an undo', () => {
  const store = createMaskflowStore();
  store.getState().addLabel();
  store.getState().setPaintNote('Nothing was erased.');
  travelHistory(store, 'undo');
  expect(store.getState().paintNote).toBeNull();
});
