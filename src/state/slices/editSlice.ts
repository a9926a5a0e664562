/** Masks changed by hand. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import { withFrameMasks, withTrackCleanup } from '../../core/track/trackEdits';
import type { EditSlice } from './editState';

export const createEditSlice: StateCreator<MaskflowState, [], [], EditSlice> = (set) => ({
  commitEdit: (note, changes) =>
    set(({ tracks }) => ({
      tracks: changes.reduce(
        (edited, { frameIndex, masks }) => withFrameMasks(edited, 'prompted', frameIndex, masks),
        tracks,
      ),
      lastEdit: { ...note },
    })),
  clearAnnotatedMask: (objectId, frameIndex) =>
    set(({ tracks, prompts }) => ({
      tracks: withFrameMasks(tracks, 'prompted', frameIndex, [[objectId, null]]),
      prompts: prompts.filter(
        (prompt) =>
          prompt.kind === 'sharedPoint' || prompt.objectId !== objectId || prompt.frameIndex !== frameIndex,
      ),
      selectedPromptId: null,
      lastEdit: { name: 'Clear mask', objectIds: [objectId], fromFrame: frameIndex, toFrame: frameIndex },
    })),
  setCleanup: (objectId, change) =>
    set(({ tracks }) => {
      const cleaned = withTrackCleanup(tracks, objectId, change);
      const { fromFrame, toFrame } = change;
      const lastEdit = { name: 'Clean-up rule', objectIds: [objectId], fromFrame, toFrame };
      return cleaned === tracks ? {} : { tracks: cleaned, lastEdit };
    }),
});
