/** The rows of projects: what is small, and decides what counts. In IndexedDB, or in memory where there is none. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ProjectDocument } from '../../core/project/projectDocument';
import type { FootageHandle, ProjectId, StoredMap } from './storageProtocol';

export type KeptPart = { readonly path: string; readonly type: string; readonly sizeBytes: number };

export type ProjectRow = {
  readonly id: ProjectId;
  readonly name: string;
  readonly savedAtMs: number;
  readonly document: Omit<ProjectDocument, 'maskMaps'>;
  /** Name of its mask file; others in its folder are left over. */
  readonly maskFile: string;
  /** The files of which its footage copy is made, one behind the other; null until the copy is finished. */
  readonly footage: readonly KeptPart[] | null;
  /** Where the footage lies when no copy of it is kept; missing in rows of earlier versions. */
  readonly footageHandles?: readonly FootageHandle[] | null;
  readonly thumbnail: Blob | null;
  readonly maskCount: number;
  readonly annotatedFrames: number;
};

export type ProjectRows = {
  all(): Promise<ProjectRow[]>;
  get(id: ProjectId): Promise<ProjectRow | null>;
  maps(id: ProjectId): Promise<StoredMap[]>;
  /** In one transaction: the row, the new maps, and no maps but the live ones. */
  commit(row: ProjectRow, newMaps: readonly StoredMap[], liveMaps: readonly number[]): Promise<void>;
  /** Changes a part of a row that is there; nothing when it is not. */
  change(id: ProjectId, change: Partial<Omit<ProjectRow, 'id'>>): Promise<void>;
  remove(id: ProjectId): Promise<void>;
};

type Schema = DBSchema & {
  projects: { key: string; value: ProjectRow };
  maskMaps: { key: [string, number]; value: StoredMap };
};

const DATABASE = 'maskflow';
const DATABASE_VERSION = 1;

/** Keys of all maps of one project. */
function keysOf(id: ProjectId): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

/** Waits until the rows are on the disk, so that what `commit` promised outlives a power cut. */
const STRICT = { durability: 'strict' } as const;

/** Rejects where the browser gives no IndexedDB. */
export async function idbRows(name = DATABASE): Promise<ProjectRows> {
  const database: IDBPDatabase<Schema> = await openDB<Schema>(name, DATABASE_VERSION, {
    upgrade: (fresh) => {
      fresh.createObjectStore('projects', { keyPath: 'id' });
      fresh.createObjectStore('maskMaps');
    },
    // A newer Maskflow in another tab wants to change the tables: it must not wait for this one.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  return {
    all: () => database.getAll('projects'),
    get: async (id) => (await database.get('projects', id)) ?? null,
    maps: (id) => database.getAll('maskMaps', keysOf(id)),
    commit: async (row, newMaps, liveMaps) => {
      const transaction = database.transaction(['projects', 'maskMaps'], 'readwrite', STRICT);
      const maps = transaction.objectStore('maskMaps');
      const live = new Set(liveMaps);
      const old = await maps.getAllKeys(keysOf(row.id));
      await Promise.all([
        transaction.objectStore('projects').put(row),
        ...newMaps.map((map) => maps.put(map, [row.id, map.id])),
        ...old.filter(([, mapId]) => !live.has(mapId)).map((key) => maps.delete(key)),
        transaction.done,
      ]);
    },
    change: async (id, change) => {
      const transaction = database.transaction('projects', 'readwrite', STRICT);
      const row = await transaction.store.get(id);
      await Promise.all([row ? transaction.store.put({ ...row, ...change }) : null, transaction.done]);
    },
    remove: async (id) => {
      const transaction = database.transaction(['projects', 'maskMaps'], 'readwrite', STRICT);
      await Promise.all([
        transaction.objectStore('projects').delete(id),
        transaction.objectStore('maskMaps').delete(keysOf(id)),
        transaction.done,
      ]);
    },
  };
}

export function memoryRows(): ProjectRows {
  const rows = new Map<ProjectId, ProjectRow>();
  const mapsOf = new Map<ProjectId, Map<number, StoredMap>>();
  return {
    all: async () => [...rows.values()],
    get: async (id) => rows.get(id) ?? null,
    maps: async (id) => [...(mapsOf.get(id)?.values() ?? [])],
    commit: async (row, newMaps, liveMaps) => {
      const all = new Map([...(mapsOf.get(row.id) ?? []), ...newMaps.map((map) => [map.id, map] as const)]);
      const live = new Set(liveMaps);
      mapsOf.set(row.id, new Map([...all].filter(([id]) => live.has(id))));
      rows.set(row.id, row);
    },
    change: async (id, change) => {
      const row = rows.get(id);
      if (row) {
        rows.set(id, { ...row, ...change });
      }
    },
    remove: async (id) => {
      rows.delete(id);
      mapsOf.delete(id);
    },
  };
}
