/** Turns the annotation into a project document, and back. */
import { objectId, newPromptId, type ObjectId } from '../base/ids';
import type { ReferenceSet } from '../compare/referenceSet';
import type { Label } from '../label/label';
import { plainCalibration, type Calibration } from '../measure/calibration';
import { rleArea, rleBox, type Rle } from '../mask/rle';
import type { Prompt } from '../prompt/prompt';
import { emptyLog, type ProvenanceLog } from '../provenance/log';
import type { FrameMask, MaskTrack, Tracks } from '../track/maskTrack';
import type { MaskVersion } from '../track/maskVersions';
import type {
  MaskId,
  ProjectDocument,
  StoredEdit,
  StoredMaskMap,
  StoredPrompt,
  StoredTrack,
} from './projectDocument';

export type MaskMap = ReadonlyMap<number, FrameMask>;

/** What a document is made of, as it is in memory. */
export type ProjectContent = {
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly tracks: Tracks;
  readonly useSharedPoints: boolean;
  readonly versions: readonly MaskVersion[];
  readonly lastEdit: (Omit<StoredEdit, 'objectIds'> & { readonly objectIds: readonly ObjectId[] }) | null;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
  readonly lastObjectId: number;
  readonly activeObjectId: ObjectId | null;
  readonly propagationRuns: number;
  readonly acceptances: number;
  readonly currentFrame: number;
  readonly calibration: Calibration;
  /** What was done, and the last entry of it that is in force. */
  readonly provenance?: ProvenanceLog;
  readonly provenanceHead?: number | null;
  /** Imported masks to compare with. */
  readonly references: readonly ReferenceSet[];
};

/** By what numbers the document calls masks and maps. */
export type Numbering = {
  readonly ofMap: (map: MaskMap) => number;
  readonly ofPromptMask: (rle: Rle) => MaskId;
};

/** The document's part that the content makes; maps are only named. */
export function storedContent(
  content: ProjectContent,
  { ofMap, ofPromptMask }: Numbering,
): Omit<ProjectDocument, 'format' | 'version' | 'name' | 'footage' | 'settings' | 'maskMaps'> {
  const stored = (tracks: Tracks): StoredTrack[] =>
    [...tracks.values()].map(({ prompted, propagated, ...rest }) => ({
      ...rest,
      prompted: ofMap(prompted),
      propagated: ofMap(propagated),
    }));
  const { lastEdit } = content;
  return {
    labels: content.labels,
    prompts: content.prompts.map((prompt): StoredPrompt => {
      if (prompt.kind !== 'mask') {
        return prompt;
      }
      const { rle, ...rest } = prompt;
      return { ...rest, mask: ofPromptMask(rle) };
    }),
    tracks: stored(content.tracks),
    useSharedPoints: content.useSharedPoints,
    versions: content.versions.map((version) => ({ ...version, tracks: stored(version.tracks) })),
    lastEdit,
    range: content.range,
    lastObjectId: content.lastObjectId,
    activeObjectId: content.activeObjectId,
    propagationRuns: content.propagationRuns,
    acceptances: content.acceptances,
    currentFrame: content.currentFrame,
    calibration: content.calibration,
    provenance: { ...(content.provenance ?? emptyLog), head: content.provenanceHead ?? null },
    references: content.references.map((reference) => ({ ...reference, tracks: stored(reference.tracks) })),
  };
}

/** All maps that the content is made of, each once: those of the tracks first. */
export function mapsOf({
  tracks,
  versions,
  references,
}: Pick<ProjectContent, 'tracks' | 'versions' | 'references'>): Set<MaskMap> {
  const maps = new Set<MaskMap>();
  const others = [...versions, ...references];
  for (const some of [tracks, ...others.map((other) => other.tracks)]) {
    for (const { prompted, propagated } of some.values()) {
      maps.add(prompted).add(propagated);
    }
  }
  return maps;
}

/** A mask prompt's mask in the form that records have. */
export function promptMask(rle: Rle): FrameMask {
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null };
}

export type RestoredContent = {
  readonly content: ProjectContent;
  /** The maps that are as the document has them, by their number there; those without all of their masks are not. */
  readonly maps: ReadonlyMap<number, MaskMap>;
  /** How many masks the document names that were not handed in. */
  readonly missingMasks: number;
};

/**
 * The content of a document. Maps that were shared are shared again. Prompts get new ids, since those of another visit
 * may be given again. Masks that could not be read are left out.
 */
export function restoredContent(
  document: ProjectDocument,
  masks: ReadonlyMap<MaskId, FrameMask>,
): RestoredContent {
  const missing = new Set<MaskId>();
  const maps = new Map(document.maskMaps.map((map) => [map.id, restoredMap(map, masks, missing)]));
  const restoredTracks = (stored: readonly StoredTrack[]): Tracks =>
    new Map(
      stored.map((track): [ObjectId, MaskTrack] => [
        track.objectId,
        {
          ...track,
          prompted: maps.get(track.prompted) ?? new Map(),
          propagated: maps.get(track.propagated) ?? new Map(),
        },
      ]),
    );
  const { lastEdit } = document;
  const content: ProjectContent = {
    labels: document.labels,
    prompts: document.prompts.flatMap((prompt): Prompt[] => {
      if (prompt.kind !== 'mask') {
        return [{ ...prompt, id: newPromptId() }];
      }
      const { mask, ...rest } = prompt;
      const rle = masks.get(mask)?.rle;
      if (!rle) {
        missing.add(mask);
      }
      return rle ? [{ ...rest, rle, id: newPromptId() }] : [];
    }),
    tracks: restoredTracks(document.tracks),
    useSharedPoints: document.useSharedPoints,
    versions: document.versions.map((version) => ({ ...version, tracks: restoredTracks(version.tracks) })),
    lastEdit: lastEdit && { ...lastEdit, objectIds: lastEdit.objectIds.map((id) => objectId(id)) },
    range: document.range,
    lastObjectId: document.lastObjectId,
    activeObjectId: document.activeObjectId === null ? null : objectId(document.activeObjectId),
    propagationRuns: document.propagationRuns,
    acceptances: document.acceptances,
    currentFrame: document.currentFrame,
    calibration: document.calibration ?? plainCalibration,
    references: (document.references ?? []).map((reference) => ({
      ...reference,
      tracks: restoredTracks(reference.tracks),
    })),
    ...restoredProvenance(document),
  };
  const whole = document.maskMaps.flatMap(({ id, frames }) => {
    const map = maps.get(id)!;
    return map.size === frames.length ? [[id, map] as const] : [];
  });
  return { content, maps: new Map(whole), missingMasks: missing.size };
}

function restoredProvenance({
  provenance,
}: Pick<ProjectDocument, 'provenance'>): Pick<ProjectContent, 'provenance' | 'provenanceHead'> {
  const { head, ...log } = provenance ?? { ...emptyLog, head: null };
  return { provenance: log, provenanceHead: head };
}

function restoredMap(
  { frames, masks: ids }: StoredMaskMap,
  masks: ReadonlyMap<MaskId, FrameMask>,
  missing: Set<MaskId>,
): MaskMap {
  const map = new Map<number, FrameMask>();
  frames.forEach((frame, index) => {
    const id = ids[index]!;
    const mask = masks.get(id);
    if (mask) {
      map.set(frame, mask);
    } else {
      missing.add(id);
    }
  });
  return map;
}
