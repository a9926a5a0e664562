/** One file of an export, whole or in pieces. */

/** `name` may lead through folders, with `/` between them. A long file comes as pieces, made while it is written. */
export type ExportedFile = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array<ArrayBuffer>>;
};

export function textFile(name: string, text: string): ExportedFile {
  return { name, bytes: new TextEncoder().encode(text) };
}
