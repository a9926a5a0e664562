/** Reads single entries of a ZIP by name, without unpacking the rest. */
import { BlobReader, configure, TextWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { messageOf } from '../../core/base/errors';
import { unreadableProject } from '../../core/project/migrations';

// This code already runs in a worker, and the browser's own inflate needs no further one.
configure({ useWebWorkers: false });

export type OpenZip = {
  has(name: string): boolean;
  text(name: string): Promise<string>;
  /** Hands the bytes over piece by piece; throws when they do not have the checksum that the ZIP says. */
  read(name: string, take: (bytes: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
};

/** Throws a UserFacingError naming the file when it is not a ZIP. */
export async function openZip(file: File): Promise<OpenZip> {
  const reader = new ZipReader(new BlobReader(file));
  const damaged = (error: unknown): Error => unreadableProject(file.name, messageOf(error), error);
  let entries: Map<string, FileEntry>;
  try {
    const listed = await reader.getEntries();
    const files = listed.filter((entry): entry is FileEntry => !entry.directory);
    entries = new Map(files.map((entry) => [entry.filename, entry]));
  } catch (error) {
    await reader.close();
    throw damaged(error);
  }
  function entryOf(name: string): FileEntry {
    const entry = entries.get(name);
    if (!entry) {
      throw unreadableProject(file.name, `${name} is missing in it`);
    }
    return entry;
  }
  return {
    has: (name) => entries.has(name),
    text: async (name) => {
      try {
        return await entryOf(name).getData(new TextWriter(), { checkSignature: true });
      } catch (error) {
        throw damaged(error);
      }
    },
    read: async (name, take) => {
      let failure: { error: unknown } | null = null;
      const sink = new WritableStream<Uint8Array>({
        write(bytes) {
          try {
            take(bytes);
          } catch (error) {
            // A full disk is not the ZIP's fault.
            failure = { error };
            throw error;
          }
        },
      });
      try {
        await entryOf(name).getData(sink, { checkSignature: true });
      } catch (error) {
        throw failure ? (failure as { error: unknown }).error : damaged(error);
      }
    },
    close: () => reader.close(),
  };
}
