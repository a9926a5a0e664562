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
  setCleanup: (objectId, change) =>
    set(({ tracks }) => {
      const cleaned = withTrackCleanup(tracks, objectId, change);
      const { fromFrame, toFrame } = change;
      const lastEdit = { name: 'Clean-up rule', objectIds: [objectId], fromFrame, toFrame };
      return cleaned === tracks ? {} : { tracks: cleaned, lastEdit };
    }),
});
