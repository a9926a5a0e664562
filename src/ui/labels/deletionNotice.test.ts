/** The notice of a deletion does not outlive the deletion. */
import { expect, it } from 'vitest';
import { createMaskflowStore } from '../../state/store';
import { showDeletionNotice } from './deletionNotice';

it('goes when undo brings the label back, and leaves other notices', () => {
  const store = createMaskflowStore();
  const { objectId } = store.getState().addLabel();
  store.getState().deleteLabel(objectId);
  showDeletionNotice(store, objectId, 'Deleted.');
  store.getState().showNotice('Another.');
  const texts = (): string[] =>
    store.getState().messages.map((message) => (message.kind === 'notice' ? message.text : ''));
  store.getState().setTool('pan');
  expect(texts()).toEqual(['Deleted.', 'Another.']);
  store.temporal.getState().undo();
  expect(store.getState().labels.some((label) => label.objectId === objectId)).toBe(true);
  expect(texts()).toEqual(['Another.']);
});
