/** Where images come from: files of a folder or entries of a ZIP, behind one lazy reading interface. */
import { BlobReader, BlobWriter, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import { messageOf, UserFacingError } from '../../core/base/errors';
import { fileChanged, isFileGone, unreadableImage, unreadableZip } from '../footageErrors';
import type { NamedFile } from '../frameSource';

/** One file that may be an image. Nothing is read before it is asked for. */
export type ImageEntry = {
  readonly path: string;
  readonly sizeBytes: number;
  /** At least the first `length` bytes, or all of a shorter file. */
  readHead(length: number): Promise<Uint8Array>;
  readBlob(): Promise<Blob>;
  /** Whether reading it whole costs no more than reading its head, because it must be unpacked anyway. */
  readonly isPacked: boolean;
};

// This code already runs in a worker, and the browser's own inflate needs no further one.
configure({ useWebWorkers: false });

export function entriesOfFiles(files: readonly NamedFile[]): ImageEntry[] {
  return files.map(({ file, path }) => ({
    path,
    sizeBytes: file.size,
    isPacked: false,
    readHead: (length) => readSlice(file, path, 0, length),
    readBlob: () => Promise.resolve(file),
  }));
}

/** Reads bytes [start, end) of a file; a file that vanished since becomes a message for the user. */
export async function readSlice(file: File, path: string, start: number, end: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(start, end).arrayBuffer());
  } catch (error) {
    throw isFileGone(error) ? fileChanged(path, error) : error;
  }
}

export type ZipEntries = { readonly entries: ImageEntry[]; readonly close: () => Promise<void> };

/** Lists a ZIP by its directory at the end; the entries' data are read only when asked for. */
export async function entriesOfZip(file: File): Promise<ZipEntries> {
  const reader = new ZipReader(new BlobReader(file));
  try {
    const listed = await reader.getEntries();
    const files = listed.filter((entry): entry is FileEntry => !entry.directory);
    const locked = files.find((entry) => entry.encrypted);
    if (locked) {
      throw unreadableZip(file.name, 'it is protected by a password');
    }
    return { entries: files.map(zipEntry), close: () => reader.close() };
  } catch (error) {
    await reader.close();
    throw error instanceof UserFacingError ? error : unreadableZip(file.name, messageOf(error), error);
  }
}

function zipEntry(entry: FileEntry): ImageEntry {
  return {
    path: entry.filename,
    sizeBytes: entry.uncompressedSize,
    isPacked: true,
    readHead: (length) => readZipHead(entry, length),
    readBlob: async () => {
      try {
        return await entry.getData(new BlobWriter(), { checkSignature: true });
      } catch (error) {
        throw entryError(entry, error);
      }
    },
  };
}

/** Unpacks only until `length` bytes have come out. */
async function readZipHead(entry: FileEntry, length: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  const stop = new AbortController();
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      chunks.push(chunk.slice());
      received += chunk.length;
      if (received >= length) {
        stop.abort();
      }
    },
  });
  try {
    await entry.getData(sink, { signal: stop.signal });
  } catch (error) {
    if (!stop.signal.aborted) {
      throw entryError(entry, error);
    }
  }
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

function entryError(entry: FileEntry, error: unknown): UserFacingError {
  return isFileGone(error)
    ? fileChanged(entry.filename, error)
    : unreadableImage(entry.filename, `the ZIP entry is damaged (${messageOf(error)})`, error);
}

/** Files that systems leave in folders and ZIPs without the user's knowledge. */
export function isLitter(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return parts.includes('__MACOSX') || name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}
