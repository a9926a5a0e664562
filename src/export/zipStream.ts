/** Packs exported files into a ZIP while they are made. */
import { makeZip } from 'client-zip';
import type { ExportedFile } from './exportedFile';

/**
 * A ZIP (stored, with Zip64 where needed) of `files`, pulled one by one: at most about one file is held in memory. An
 * error thrown by `files` is the error of the stream.
 */
export function zipStream(files: AsyncIterable<ExportedFile>): ReadableStream<Uint8Array> {
  const lastModified = new Date();
  async function* entries(): AsyncGenerator<{
    name: string;
    input: ExportedFile['bytes'];
    lastModified: Date;
  }> {
    for await (const { name, bytes } of files) {
      yield { name, input: bytes, lastModified };
    }
  }
  return makeZip(entries());
}
