/** What became of the masks: frames taken as true, runs, and the versions that runs left behind. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState, ReviewSlice } from '../maskflowState';
import { acceptedMasks, hasAcceptedMask, withoutAccepted } from '../../core/track/acceptedMasks';
import {
  framesText,
  restoredTracks,
  withVersion,
  type MaskVersion,
  type VersionNote,
} from '../../core/track/maskVersions';
import { withFrameMasks } from '../../core/track/trackEdits';

function begunRun({ tracks, labels, versions, propagationRuns }: MaskflowState, note?: VersionNote) {
  const run = propagationRuns + 1;
  return {
    propagationRuns: run,
    versions: note ? withVersion(versions, note, { tracks, labels, run }) : versions,
  };
}

function restoreNote({ fromFrame, toFrame }: MaskVersion): VersionNote {
  const name = `Before restoring ${framesText(fromFrame, toFrame)}`;
  return { kind: 'restore', name, fromFrame, toFrame };
}

export const createReviewSlice: StateCreator<MaskflowState, [], [], ReviewSlice> = (set) => ({
  propagationRuns: 0,
  acceptances: 0,
  comparedVersionId: null,
  compareScope: 'allLabels',
  acceptFrame: (frameIndex) =>
    set(({ tracks, labels, acceptances }) => {
      const masks = acceptedMasks(tracks, labels, frameIndex);
      return masks.length === 0
        ? {}
        : { tracks: withFrameMasks(tracks, 'prompted', frameIndex, masks), acceptances: acceptances + 1 };
    }),
  unacceptFrame: (frameIndex) =>
    set(({ tracks, acceptances }) =>
      hasAcceptedMask(tracks, frameIndex)
        ? { tracks: withoutAccepted(tracks, frameIndex), acceptances: acceptances + 1 }
        : {},
    ),
  beginPropagationRun: (note) => set((state) => begunRun(state, note)),
  restoreVersion: (id) =>
    set((state) => {
      const version = state.versions.find((candidate) => candidate.id === id);
      return version
        ? {
            ...begunRun(state, restoreNote(version)),
            tracks: restoredTracks(state.tracks, state.labels, version),
          }
        : {};
    }),
  setComparedVersion: (comparedVersionId) => set({ comparedVersionId }),
  setCompareScope: (compareScope) => set({ compareScope }),
});
