/** What one tab knows of the project it has open: which masks and maps are stored already, and under what number. */
import { countedMasks } from '../../core/project/countedMasks';
import type { FrameMask } from '../../core/track/maskTrack';
import type { Rle } from '../../core/mask/rle';
import type { FootageReference } from '../../core/project/footageReference';
import {
  mapsOf,
  promptMask,
  storedContent,
  type MaskMap,
  type ProjectContent,
} from '../../core/project/projectContent';
import {
  PROJECT_FORMAT,
  PROJECT_VERSION,
  type MaskId,
  type ProjectSettings,
} from '../../core/project/projectDocument';
import type { Commit, CommitResult, ProjectId, StoredMap } from '../../workers/storage/storageProtocol';

/** A state of the project, ready to be committed once its new masks have been appended. */
export type Snapshot = {
  readonly content: ProjectContent;
  readonly settings: ProjectSettings;
  readonly name: string;
  readonly imageRate: number | null;
};

export class ProjectSession {
  readonly id: ProjectId;
  readonly footage: FootageReference;
  /** Numbers of what has been appended. Masks are immutable, so that each is written once. */
  readonly #maskIds = new WeakMap<FrameMask | Rle, MaskId>();
  readonly #mapIds = new WeakMap<MaskMap, number>();
  /** The maps that the last commit named; others have been forgotten by the storage. */
  #committedMaps = new Set<number>();
  readonly #droppedMasks = new Set<MaskId>();
  #lastMapId = 0;

  constructor(id: ProjectId, footage: FootageReference) {
    this.id = id;
    this.footage = footage;
  }

  /** Takes over what was read from the storage, under the numbers it has there. */
  adopt(masks: ReadonlyMap<MaskId, FrameMask>, maps: ReadonlyMap<number, MaskMap>): void {
    for (const [maskId, mask] of masks) {
      this.#maskIds.set(mask, maskId);
      this.#maskIds.set(mask.rle, maskId);
    }
    for (const [mapId, map] of maps) {
      this.#mapIds.set(map, mapId);
      this.#committedMaps.add(mapId);
      this.#lastMapId = Math.max(this.#lastMapId, mapId);
    }
  }

  /** The masks that have to be appended before a commit; each with what it is known by afterwards. */
  newMasks({ content }: Snapshot): { key: FrameMask | Rle; mask: FrameMask }[] {
    const found = new Map<FrameMask | Rle, FrameMask>();
    for (const map of mapsOf(content)) {
      if (!this.#isCommitted(map)) {
        for (const mask of map.values()) {
          if (!this.#isStored(mask)) {
            found.set(mask, mask);
          }
        }
      }
    }
    for (const prompt of content.prompts) {
      if (prompt.kind === 'mask' && !this.#isStored(prompt.rle)) {
        found.set(prompt.rle, promptMask(prompt.rle));
      }
    }
    return [...found].map(([key, mask]) => ({ key, mask }));
  }

  appended(key: FrameMask | Rle, maskId: MaskId): void {
    this.#maskIds.set(key, maskId);
  }

  /** All new masks must have been appended. */
  commitOf({ content, settings, name, imageRate }: Snapshot): Commit {
    const newMaps: StoredMap[] = [];
    const liveMaps: number[] = [];
    for (const map of mapsOf(content)) {
      if (!this.#isCommitted(map)) {
        this.#lastMapId += 1;
        this.#mapIds.set(map, this.#lastMapId);
        newMaps.push(this.#storedMap(this.#lastMapId, map));
      }
      liveMaps.push(this.#mapId(map));
    }
    const parts = storedContent(content, {
      ofMap: (map) => this.#mapId(map),
      ofPromptMask: (rle) => this.#maskId(rle),
    });
    return {
      newMaps,
      liveMaps,
      ...countedMasks(framesOf(content)),
      document: {
        ...parts,
        format: PROJECT_FORMAT,
        version: PROJECT_VERSION,
        name,
        settings,
        footage: { ...this.footage, imageRate },
      },
    };
  }

  /** Call with the answer to a commit; false means that masks were missing, and that it has to be made again. */
  committed({ liveMaps }: Commit, { missing, dropped }: CommitResult): boolean {
    [...missing, ...dropped].forEach((maskId) => this.#droppedMasks.add(maskId));
    this.#committedMaps = missing.length > 0 ? new Set() : new Set(liveMaps);
    return missing.length === 0;
  }

  #isCommitted(map: MaskMap): boolean {
    const mapId = this.#mapIds.get(map);
    return mapId !== undefined && this.#committedMaps.has(mapId);
  }

  #isStored(key: FrameMask | Rle): boolean {
    const maskId = this.#maskIds.get(key);
    return maskId !== undefined && !this.#droppedMasks.has(maskId);
  }

  #maskId(key: FrameMask | Rle): MaskId {
    const maskId = this.#maskIds.get(key);
    if (maskId === undefined) {
      throw new TypeError('a mask was not appended before the commit');
    }
    return maskId;
  }

  #mapId(map: MaskMap): number {
    return this.#mapIds.get(map) ?? 0;
  }

  #storedMap(id: number, map: MaskMap): StoredMap {
    return {
      id,
      frames: Uint32Array.from(map.keys()),
      masks: Uint32Array.from(map.values(), (mask) => this.#maskId(mask)),
    };
  }
}

function framesOf({ tracks }: Pick<ProjectContent, 'tracks'>) {
  return [...tracks.values()].map(({ prompted, propagated }) => ({
    prompted: prompted.keys(),
    propagated: propagated.keys(),
  }));
}
