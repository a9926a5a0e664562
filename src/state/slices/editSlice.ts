/** Masks changed by hand. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import { withFrameMasks } from '../../core/track/trackEdits';
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
});
