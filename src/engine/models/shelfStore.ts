/** The weights of models on this device: one folder for each, and in it a record that is written last. */
import type { GraphVariant } from '../../core/models/graphManifest';
import type { ModelVariant } from '../../core/models/modelStatus';
import type { ModelId } from '../../core/models/shelf';
import {
  foldersOf,
  openForWriting,
  openRoot,
  readFileOf,
  removeEntry,
  writeText,
  type OpfsFolder,
  type WrittenFile,
} from './opfsFolder';
import type { WeightSink } from './hydrate';
import { parseStoredModel, type StoredModel } from './storedModel';

const RECORD = 'record.json';
/** Parts of downloads; no model has this name. */
export const DOWNLOADS = 'downloads';

export type StoredWeights = { readonly folderName: string; readonly record: StoredModel };

/** Weights being written. Either `commit` or `discard` ends it. */
export type WeightsDraft = WeightSink & {
  commit(record: StoredModel): Promise<void>;
  discard(): Promise<void>;
};

/** Held by whoever writes or removes weights of a model. */
export function modelLock(id: ModelId): string {
  return `maskflow-model-${id}`;
}

/** The newest whole weights of each model. Empty where nothing can be stored. */
export async function storedWeights(): Promise<readonly StoredWeights[]> {
  const root = await openRoot();
  const newest = new Map<ModelId, StoredWeights>();
  for (const { name, folder } of root ? await foldersOf(root) : []) {
    const record = name === DOWNLOADS ? null : await recordOf(folder);
    const before = record && newest.get(record.id);
    if (record && (!before || before.record.model.hydratedAtMs < record.model.hydratedAtMs)) {
      newest.set(record.id, { folderName: name, record });
    }
  }
  return [...newest.values()];
}

/** The files of weights, in the manifest's order; null when one is missing or of another size. */
export async function weightFilesOf(
  { folderName }: StoredWeights,
  { weightFiles }: GraphVariant,
): Promise<readonly { path: string; data: File }[] | null> {
  const root = await openRoot();
  const folder = await root?.getDirectoryHandle(folderName);
  const found: { path: string; data: File }[] = [];
  for (const { path, sizeBytes } of weightFiles) {
    const data = folder ? await readFileOf(folder, path) : null;
    if (!data || data.size !== sizeBytes) {
      return null;
    }
    found.push({ path, data });
  }
  return found;
}

/** Begins new weights beside those that are there, which stay until these are committed. */
export async function draftWeights(
  root: OpfsFolder,
  id: ModelId,
  variantName: ModelVariant,
  variant: GraphVariant,
): Promise<WeightsDraft> {
  const folderName = `${id}~${variantName}~${crypto.randomUUID()}`;
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  let current: { file: number; written: WrittenFile } | null = null;
  const close = (): void => {
    current?.written.close();
    current = null;
  };
  return {
    async write(file, offset, bytes) {
      if (current?.file !== file) {
        close();
        current = { file, written: await openForWriting(folder, variant.weightFiles[file]!.path) };
      }
      current.written.write(offset, bytes);
    },
    async commit(record) {
      close();
      await writeText(folder, RECORD, JSON.stringify(record));
      await removeWeights(root, id, folderName);
    },
    async discard() {
      close();
      await removeEntry(root, folderName);
    },
  };
}

/** Removes all weights of a model but those in the folder `except`. */
export async function removeWeights(root: OpfsFolder, id: ModelId, except?: string): Promise<void> {
  for (const { name } of await foldersOf(root)) {
    if (modelOf(name) === id && name !== except) {
      await removeEntry(root, name);
    }
  }
}

/** Removes what interrupted work left behind, unless another tab is at it. */
export async function cleanUpWeights(): Promise<void> {
  const root = await openRoot();
  for (const { name } of root ? await foldersOf(root) : []) {
    if (root && name !== DOWNLOADS && !(await isStored(name))) {
      await navigator.locks.request(
        modelLock(modelOf(name) as ModelId),
        { ifAvailable: true },
        async (lock) => {
          // Another tab may have finished it before the lock came.
          await (lock && !(await isStored(name)) && removeEntry(root, name));
        },
      );
    }
  }
}

async function isStored(name: string): Promise<boolean> {
  return (await storedWeights()).some(({ folderName }) => folderName === name);
}

function modelOf(folderName: string): string {
  return folderName.split('~')[0] ?? '';
}

async function recordOf(folder: OpfsFolder): Promise<StoredModel | null> {
  const file = await readFileOf(folder, RECORD);
  return file && parseStoredModel(await file.text());
}
