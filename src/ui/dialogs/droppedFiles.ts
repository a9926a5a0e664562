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

/** A file that was dropped by itself, with where it lies; null for folders, and where the browser does not tell. */
async function handleOf(item: DataTransferItem): Promise<FileSystemFileHandle | null> {
  // Only Chromium has it.
  const handle = await (item as Partial<DataTransferItem>).getAsFileSystemHandle?.().catch(() => null);
  return handle?.kind === 'file' ? (handle as FileSystemFileHandle) : null;
}

/** Files that were dropped by themselves carry their name as path. */
function withHandles(files: readonly InputFile[], handles: readonly (FileSystemFileHandle | null)[]) {
  const byName = new Map(handles.flatMap((handle) => (handle ? [[handle.name, handle] as const] : [])));
  return files.map((file) => {
    const handle = byName.get(file.path);
    return handle ? { ...file, handle } : file;
  });
}

/** Reads a drop. Items must be taken during the event itself, so call this before anything is awaited. */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFiles> {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.flatMap((item) => item.webkitGetAsEntry() ?? []);
  const handles = Promise.all(items.map(handleOf));
  if (entries.length > 0) {
    const found = await filesOfEntries(entries);
    return { ...found, files: withHandles(found.files, await handles) };
  }
  const files = [...transfer.files].map((file) => ({ file, path: file.name }));
  return { files: withHandles(files, await handles), unreadable: [] };
}
