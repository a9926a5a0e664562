/** A project as it is kept: everything but the masks' bytes, which it names by number. README.md has the format. */
import type { ReferenceSet } from '../compare/referenceSet';
import type { Label } from '../label/label';
import type { Calibration } from '../measure/calibration';
import type { BoxPrompt, MaskPrompt, PointPrompt, SharedPointPrompt } from '../prompt/prompt';
import type { ProvenanceLog } from '../provenance/log';
import type { MaskTrack } from '../track/maskTrack';
import type { MaskVersion } from '../track/maskVersions';
import type { FootageReference } from './footageReference';

/** Goes up when a project written now could not be read by the app of before. */
export const PROJECT_VERSION = 1;

export const PROJECT_FORMAT = 'maskflow-project';

/** Number of a mask's record in the mask file. */
export type MaskId = number;

/** The masks of one map (a track's prompted or propagated ones): frame `frames[i]` has mask `masks[i]`. */
export type StoredMaskMap = {
  readonly id: number;
  readonly frames: readonly number[];
  readonly masks: readonly MaskId[];
};

/** A track with its maps by number; the rest of it (thresholds, rules) as it is. */
export type StoredTrack = Omit<MaskTrack, 'prompted' | 'propagated'> & {
  readonly prompted: number;
  readonly propagated: number;
};

export type StoredMaskPrompt = Omit<MaskPrompt, 'rle'> & { readonly mask: MaskId };

export type StoredPrompt = PointPrompt | SharedPointPrompt | BoxPrompt | StoredMaskPrompt;

export type StoredVersion = Omit<MaskVersion, 'tracks'> & { readonly tracks: readonly StoredTrack[] };

export type StoredReference = Omit<ReferenceSet, 'tracks'> & { readonly tracks: readonly StoredTrack[] };

/** What changed last by hand; see EditNote of the state. */
export type StoredEdit = {
  readonly name: string;
  readonly objectIds: readonly number[];
  readonly fromFrame: number;
  readonly toFrame: number;
};

/** How a project looks and works beside its annotation; read leniently, since none of it can be lost work. */
export type ProjectSettings = { readonly [name: string]: unknown };

export type ProjectDocument = {
  readonly format: typeof PROJECT_FORMAT;
  readonly version: typeof PROJECT_VERSION;
  readonly name: string;
  readonly footage: FootageReference;
  readonly labels: readonly Label[];
  readonly prompts: readonly StoredPrompt[];
  readonly tracks: readonly StoredTrack[];
  readonly useSharedPoints: boolean;
  readonly versions: readonly StoredVersion[];
  readonly lastEdit: StoredEdit | null;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
  readonly lastObjectId: number;
  readonly activeObjectId: number | null;
  readonly propagationRuns: number;
  readonly acceptances: number;
  readonly currentFrame: number;
  /** Left out by versions that kept no log. */
  readonly provenance?: ProvenanceLog & { readonly head: number | null };
  /** Left out by versions that could not measure; then nothing is calibrated. */
  readonly calibration?: Calibration;
  /** Masks to compare with. Left out by versions that could not import any. */
  readonly references?: readonly StoredReference[];
  readonly settings: ProjectSettings;
  /** Each once, however many tracks and versions share it. */
  readonly maskMaps: readonly StoredMaskMap[];
};

/** The numbers of all masks that a project needs, each once, ascending. */
export function maskIdsOf(document: Pick<ProjectDocument, 'maskMaps' | 'prompts'>): MaskId[] {
  const ids = new Set(document.maskMaps.flatMap((map) => map.masks));
  for (const prompt of document.prompts) {
    if (prompt.kind === 'mask') {
      ids.add(prompt.mask);
    }
  }
  return [...ids].toSorted((a, b) => a - b);
}
