/** What deleting a label would take away. */
import { describe, expect, it } from 'vitest';
import { newPromptId, objectId } from '../../core/base/ids';
import type { FrameMask } from '../../core/track/maskTrack';
import { createMaskflowStore } from '../../state/store';
import { labelContents } from './labelContents';

const mask: FrameMask = {
  rle: { size: [1, 1], counts: Uint32Array.of(0, 1) },
  box: [0, 0, 1, 1],
  areaPx: 1,
  predictedIou: null,
};

describe('labelContents', () => {
  it('counts own prompts and frames with masks, each frame once', () => {
    const store = createMaskflowStore();
    const id = objectId(1);
    expect(labelContents(store.getState(), id)).toBeNull();
    store
      .getState()
      .addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'box', objectId: id, box: [0, 0, 1, 1] });
    store
      .getState()
      .addPrompt({ id: newPromptId(), frameIndex: 0, kind: 'sharedPoint', point: { x: 0, y: 0 } });
    expect(labelContents(store.getState(), id)).toBe('1 prompt');
    store.getState().setFrameMasks('prompted', 0, [[id, mask]]);
    store.getState().setFrameMasks('propagated', 0, [[id, mask]]);
    store.getState().setFrameMasks('propagated', 1, [[id, mask]]);
    expect(labelContents(store.getState(), id)).toBe('1 prompt and 2 masks');
  });
});
