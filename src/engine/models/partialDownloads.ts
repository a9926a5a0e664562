/** Downloads that broke and were kept, so that they can go on: which there are, and letting them go. */
import type { PartialDownload } from '../../core/models/hydration';
import { modelIds, type ModelId } from '../../core/models/shelf';
import { forgetDownload, keptDownload } from './downloadCheckpoint';
import { openRoot, removeEntry, type OpfsFolder } from './opfsFolder';
import { DOWNLOADS } from './shelfStore';

/** Also one that is going on. */
export async function partialDownloads(): Promise<PartialDownload[]> {
  const root = await openRoot();
  const folder = root && (await downloadsFolder(root));
  const found: PartialDownload[] = [];
  for (const id of folder ? modelIds : []) {
    const file = folder && (await keptDownload(folder, id));
    if (file) {
      found.push({ id, sizeBytes: file.size });
    }
  }
  return found;
}

/** Removes what was downloaded for a model; its lock is held by the caller. */
export async function forgetParts(root: OpfsFolder, id: ModelId): Promise<void> {
  const folder = await downloadsFolder(root);
  if (!folder) {
    return;
  }
  await forgetDownload(folder, id);
  let isEmpty = true;
  for await (const _ of folder.keys()) {
    isEmpty = false;
  }
  await (isEmpty && removeEntry(root, DOWNLOADS));
}

/** Null where nothing was downloaded. */
async function downloadsFolder(root: OpfsFolder): Promise<OpfsFolder | null> {
  try {
    return await root.getDirectoryHandle(DOWNLOADS);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') {
      return null;
    }
    throw error;
  }
}
