/** Copies of footage: all files of a clip, one behind the other in one file. */
import type { KeptPart } from './projectRows';
import type { FootagePart, ProjectId } from './storageProtocol';
import type { FileStore } from './storedFile';

export const FOOTAGE_FILE = 'footage';

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Of the free room, footage may take this share: the rest is for masks, and for other projects. */
const SHARE_OF_FREE = 0.6;

/** Whether a copy of this size leaves room enough for the work itself. */
export async function hasRoomFor(sizeBytes: number): Promise<boolean> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return sizeBytes <= (quota - usage) * SHARE_OF_FREE;
}

/**
 * Writes the copy and returns its table of contents. After an error or an abort nothing is left. Other work of this
 * thread goes on between two pieces.
 */
export async function copyFootage(
  files: FileStore,
  projectId: ProjectId,
  parts: readonly FootagePart[],
  signal: AbortSignal,
): Promise<KeptPart[]> {
  const target = await files.open(projectId, FOOTAGE_FILE);
  try {
    let at = 0;
    target.truncate(0);
    for (const { file } of parts) {
      for (let start = 0; start < file.size; start += CHUNK_BYTES) {
        signal.throwIfAborted();
        const bytes = new Uint8Array(await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
        target.write(at, bytes);
        at += bytes.length;
      }
    }
    target.flush();
    target.close();
  } catch (error) {
    target.close();
    await files.removeFile(projectId, FOOTAGE_FILE);
    throw error;
  }
  return parts.map(({ file, path }) => ({ path, type: file.type, sizeBytes: file.size }));
}

/** The files of a finished copy, read from the disk when they are used; null when the copy is not whole. */
export async function keptFootage(
  files: FileStore,
  projectId: ProjectId,
  contents: readonly KeptPart[],
): Promise<FootagePart[] | null> {
  const copy = await files.snapshot(projectId, FOOTAGE_FILE);
  const sizeBytes = contents.reduce((sum, part) => sum + part.sizeBytes, 0);
  if (!copy || copy.size !== sizeBytes) {
    return null;
  }
  let at = 0;
  return contents.map(({ path, type, sizeBytes: length }) => {
    const name = path.split('/').at(-1) ?? path;
    const file = new File([copy.slice(at, at + length)], name, { type });
    at += length;
    return { file, path };
  });
}
