/** The contents of a `.maskflow` file: what lies in the ZIP under which name. */
import { messageOf } from '../../core/base/errors';
import { unreadableProject } from '../../core/project/migrations';
import { MASK_FILE_HEADER } from '../../core/project/maskFile';
import { maskIdsOf, type ProjectDocument } from '../../core/project/projectDocument';
import type { MaskStore } from './maskStore';
import type { KeptPart, ProjectRow } from './projectRows';
import type { FootagePart, StoredMap } from './storageProtocol';

export const DOCUMENT_ENTRY = 'project.json';
export const MASKS_ENTRY = 'masks.bin';
export const FOOTAGE_ENTRY = 'footage.json';

export function footageEntry(index: number, path: string): string {
  return `footage/${index}-${path.split('/').at(-1) ?? path}`;
}

/** One entry of a ZIP to be written. */
export type WrittenEntry = { readonly name: string; readonly input: Blob | AsyncIterable<Uint8Array> };

/** A ZIP that is open for reading. */
export type ReadableZip = {
  has(name: string): boolean;
  text(name: string): Promise<string>;
  /** Hands the entry's bytes over piece by piece. Throws when they are damaged. */
  read(name: string, take: (bytes: Uint8Array) => void): Promise<void>;
  close(): Promise<void>;
};

export function fullDocument(
  row: Pick<ProjectRow, 'document' | 'name'>,
  maps: readonly StoredMap[],
): ProjectDocument {
  const maskMaps = maps.map(({ id, frames, masks }) => ({ id, frames: [...frames], masks: [...masks] }));
  return { ...row.document, name: row.name, maskMaps };
}

/** The entries of a project's file, made while they are written. */
export async function* projectEntries(
  document: ProjectDocument,
  masks: MaskStore,
  footage: readonly FootagePart[] | null,
): AsyncGenerator<WrittenEntry> {
  yield { name: DOCUMENT_ENTRY, input: new Blob([JSON.stringify(document)]) };
  yield { name: MASKS_ENTRY, input: maskRecords(document, masks) };
  if (footage) {
    const contents: KeptPart[] = footage.map(({ file, path }) => ({
      path,
      type: file.type,
      sizeBytes: file.size,
    }));
    yield { name: FOOTAGE_ENTRY, input: new Blob([JSON.stringify(contents)]) };
    for (const [index, { file, path }] of footage.entries()) {
      yield { name: footageEntry(index, path), input: file };
    }
  }
}

async function* maskRecords(document: ProjectDocument, masks: MaskStore): AsyncGenerator<Uint8Array> {
  yield MASK_FILE_HEADER;
  for (const id of maskIdsOf(document)) {
    const record = masks.readRecord(id);
    if (record) {
      yield record;
    }
  }
}

/** The document of a file, as it stands there. Throws a UserFacingError when there is none. */
export async function documentOf(zip: ReadableZip, name: string): Promise<unknown> {
  if (!zip.has(DOCUMENT_ENTRY) || !zip.has(MASKS_ENTRY)) {
    throw unreadableProject(name, 'it is not a Maskflow project file');
  }
  try {
    return JSON.parse(await zip.text(DOCUMENT_ENTRY)) as unknown;
  } catch (error) {
    throw unreadableProject(name, `its description is damaged (${messageOf(error)})`, error);
  }
}

/** The table of contents of the footage in a file, null when there is none. */
export async function footageContents(zip: ReadableZip, name: string): Promise<KeptPart[] | null> {
  if (!zip.has(FOOTAGE_ENTRY)) {
    return null;
  }
  const contents = JSON.parse(await zip.text(FOOTAGE_ENTRY)) as unknown;
  if (!Array.isArray(contents) || !contents.every(isKeptPart)) {
    throw unreadableProject(name, 'the list of its footage is damaged');
  }
  return contents;
}

function isKeptPart(value: unknown): value is KeptPart {
  const part = value as Partial<KeptPart> | null;
  return (
    typeof part === 'object' &&
    typeof part?.path === 'string' &&
    typeof part.type === 'string' &&
    Number.isSafeInteger(part.sizeBytes)
  );
}
