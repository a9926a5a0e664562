/** The notice that a label was deleted, which goes when the label comes back. */
import type { ObjectId } from '../../core/base/ids';
import type { MaskflowStore } from '../../state/store';

/** To be called once the label is deleted. */
export function showDeletionNotice(store: MaskflowStore, objectId: ObjectId, text: string): void {
  store.getState().showNotice(text);
  const id = store.getState().messages.at(-1)?.id;
  const unsubscribe = store.subscribe(({ messages, labels, dismissMessage }) => {
    if (!messages.some((message) => message.id === id)) {
      unsubscribe();
    } else if (labels.some((label) => label.objectId === objectId)) {
      unsubscribe();
      dismissMessage(id ?? 0);
    }
  });
}
