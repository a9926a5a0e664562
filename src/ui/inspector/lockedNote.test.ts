/** Locked pixels in a prompt are explained. */
import { expect, it } from 'vitest';
import { newPromptId } from '../../core/base/ids';
import { createMaskflowStore } from '../../state/store';
import { lockedNote } from './lockedNote';

it('names the labels whose boxes or foreground points reach locked pixels', () => {
  const store = createMaskflowStore();
  const [first] = store.getState().labels;
  const second = store.getState().addLabel();
  const region = store.getState().addLabel('locked');
  // Rows 0 to 9 of columns 0 and 1 of a picture 10 high and 20 wide.
  const rle = { size: [10, 20] as const, counts: Uint32Array.of(0, 20, 180) };
  const mask = { rle, box: [0, 0, 2, 10] as const, areaPx: 20, predictedIou: null };
  store.getState().setFrameMasks('prompted', 0, [[region.objectId, mask]]);
  const prompted = { id: newPromptId(), frameIndex: 3 } as const;
  const note = (): string | null => lockedNote(store.getState(), 3);
  expect(note()).toBeNull();
  store.getState().addPrompt({ ...prompted, kind: 'box', objectId: first!.objectId, box: [2, 1, 8, 5] });
  expect(note()).toBeNull();
  store.getState().addPrompt({
    ...prompted,
    id: newPromptId(),
    kind: 'point',
    objectId: second.objectId,
    label: 1,
    point: { x: 1.5, y: 4 },
  });
  expect(note()).toContain('for label 2:');
  store.getState().addPrompt({
    ...prompted,
    id: newPromptId(),
    kind: 'box',
    objectId: first!.objectId,
    box: [1, 1, 8, 5],
  });
  expect(note()).toContain('for label 1, label 2:');
  expect(lockedNote(store.getState(), 4)).toBeNull();
});
