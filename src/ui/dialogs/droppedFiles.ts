/** Turns what was dropped, folders included, into files with paths. */
import type { InputFile } from '../../app/maskflowApp';

/** What was found; `unreadable` holds the paths of entries the browser would not read. */
export type DroppedFiles = { readonly files: InputFile[]; readonly unreadable: string[] };

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** All entries of a directory; one call of `readEntries` gives at most 100 of them. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) {
      return children;
    }
    children.push(...batch);
  }
}

async function collect(entry: FileSystemEntry, found: DroppedFiles): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => {
        entry.file(resolve, reject);
      });
      found.files.push({ file, path });
    } else if (isDirectory(entry)) {
      for (const child of await childrenOf(entry)) {
        await collect(child, found);
      }
    }
  } catch {
    found.unreadable.push(path || entry.name);
  }
}

/** Walks the entries in depth. Hidden files (`.DS_Store`) are left out. */
export async function filesOfEntries(entries: readonly FileSystemEntry[]): Promise<DroppedFiles> {
  const found: DroppedFiles = { files: [], unreadable: [] };
  for (const entry of entries) {
    await collect(entry, found);
  }
  return { ...found, files: found.files.filter(({ file }) => !file.name.startsWith('.')) };
}

/** Reads a drop. Entries must be taken during the event itself, so call this before anything is awaited. */
export function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry ? [entry] : [];
  });
  if (entries.length > 0) {
    return filesOfEntries(entries);
  }
  const files = [...transfer.files].map((file) => ({ file, path: file.name }));
  return Promise.resolve({ files, unreadable: [] });
}
