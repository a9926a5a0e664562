/** Packs a project into a ZIP on the disk while its entries are made. */
import { makeZip } from 'client-zip';
import { writeTemporaryFile } from './temporaryFile';

export type ProjectEntry = { readonly name: string; readonly input: Blob | AsyncIterable<Uint8Array> };

/** A stored (not compressed) ZIP, with Zip64 where needed; see writeTemporaryFile for where it lies. */
export function writeProjectZip(entries: AsyncIterable<ProjectEntry>, userName: string): Promise<Blob> {
  return writeTemporaryFile(zipOf(entries), userName, 'application/zip');
}

/** The same in memory, for when the disk is full. */
export async function packProjectZip(entries: AsyncIterable<ProjectEntry>): Promise<Blob> {
  return await new Response(zipOf(entries)).blob();
}

function zipOf(entries: AsyncIterable<ProjectEntry>): ReadableStream<Uint8Array> {
  const lastModified = new Date();
  async function* zipEntries() {
    for await (const { name, input } of entries) {
      yield { name, lastModified, input: input instanceof Blob ? input.stream() : input };
    }
  }
  return makeZip(zipEntries());
}
