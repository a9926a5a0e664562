/** The log of what was done. */
import type { StateCreator } from 'zustand/vanilla';
import { emptyLog } from '../../core/provenance/log';
import type { MaskflowState } from '../maskflowState';
import type { ProvenanceSlice } from './provenanceState';

export const createProvenanceSlice: StateCreator<MaskflowState, [], [], ProvenanceSlice> = (set) => ({
  provenance: emptyLog,
  provenanceHead: null,
  setProvenance: (provenance) => set({ provenance }),
  setProvenanceHead: (provenanceHead) => set({ provenanceHead }),
});
