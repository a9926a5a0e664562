/** The files of an import, those inside a ZIP included, behind one reading interface. */
import type { ImportFile } from './importProtocol';

/** One file. Nothing is read before it is asked for. */
export type ImportEntry = {
  readonly path: string;
  readonly sizeBytes: number;
  /** At least the first `length` bytes, or all of a shorter file. */
  readHead(length: number): Promise<Uint8Array>;
  readBlob(): Promise<Blob>;
};

/** How files and ZIPs are opened; the worker's entry brings it. */
export type EntryOpener = {
  entriesOfFiles(files: readonly ImportFile[]): readonly ImportEntry[];
  entriesOfZip(file: File): Promise<{ entries: readonly ImportEntry[]; close: () => Promise<void> }>;
};

/** Runs `work` with all entries in natural order of their paths; a single ZIP stands for what is in it. */
export async function withEntries<T>(
  files: readonly ImportFile[],
  opener: EntryOpener,
  work: (entries: readonly ImportEntry[]) => Promise<T>,
): Promise<T> {
  const [only] = files;
  if (files.length !== 1 || !only || !/\.zip$/i.test(only.path)) {
    return work(inOrder(opener.entriesOfFiles(files)));
  }
  const zip = await opener.entriesOfZip(only.file);
  try {
    return await work(inOrder(zip.entries));
  } finally {
    await zip.close();
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function inOrder(entries: readonly ImportEntry[]): ImportEntry[] {
  return entries
    .filter(({ path }) => !isLitter(path))
    .toSorted((a, b) => collator.compare(a.path, b.path) || (a.path < b.path ? -1 : 1));
}

/** What systems leave in folders and ZIPs without the user's knowledge. */
function isLitter(path: string): boolean {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  return parts.includes('__MACOSX') || name.startsWith('.') || /^(thumbs\.db|desktop\.ini)$/i.test(name);
}
