/** The log of what was done, beside the annotation that it tells of. */
import type { ProvenanceLog } from '../../core/provenance/log';

export type ProvenanceSlice = {
  provenance: ProvenanceLog;
  /** Id of the last entry in force: undo and redo move it, as it is part of every step. Null before the first. */
  provenanceHead: number | null;
  setProvenance(provenance: ProvenanceLog): void;
  setProvenanceHead(head: number | null): void;
};
