/** One open mask file: appends masks, finds them by number, and checks what it reads. */
import { decodeMask, encodeMask } from '../../core/project/maskBytes';
import {
  decodeRecord,
  encodeRecord,
  findRecords,
  MASK_FILE_HEADER,
  RECORD_HEADER_BYTES,
  type RecordPlace,
} from '../../core/project/maskFile';
import type { MaskId } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import { ReadAhead } from './readAhead';
import type { StoredFile } from './storedFile';

export class MaskStore {
  readonly #file: StoredFile;
  readonly #ahead: ReadAhead;
  readonly #places: Map<MaskId, RecordPlace>;
  #end: number;
  #nextId: number;

  /**
   * Takes `file` over, and closes it when it throws. What an earlier end of the app left unfinished at its end is cut
   * off.
   */
  constructor(file: StoredFile) {
    this.#file = file;
    this.#ahead = new ReadAhead(file);
    try {
      const { records, end } = preparedFile(file, this.#ahead);
      this.#places = new Map(records.map((place) => [place.id, place]));
      this.#end = end;
      this.#nextId = records.reduce((next, { id }) => Math.max(next, id + 1), 1);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  get sizeBytes(): number {
    return this.#end;
  }

  /** All or none: a full disk leaves the file as it was. */
  append(masks: readonly FrameMask[]): MaskId[] {
    const first = this.#nextId;
    const records = masks.map((mask, index) => encodeRecord(first + index, encodeMask(mask)));
    this.#write(records.map((record, index) => ({ id: first + index, record })));
    return masks.map((_, index) => first + index);
  }

  /** Takes records of another mask file over, as they are. */
  appendRecords(records: readonly { readonly id: MaskId; readonly record: Uint8Array }[]): void {
    this.#write(records);
  }

  has(id: MaskId): boolean {
    return this.#places.has(id);
  }

  /** Null when it is not there, or damaged. */
  read(id: MaskId): FrameMask | null {
    const place = this.#places.get(id);
    const payload = place && decodeRecord(this.#ahead.read(place.at, RECORD_HEADER_BYTES + place.length), id);
    try {
      return payload ? decodeMask(payload) : null;
    } catch {
      return null;
    }
  }

  /** The whole record, checked; null when it is not there, or damaged. */
  readRecord(id: MaskId): Uint8Array | null {
    const place = this.#places.get(id);
    if (!place) {
      return null;
    }
    const record = this.#ahead.read(place.at, RECORD_HEADER_BYTES + place.length);
    return decodeRecord(record, id) ? record.slice() : null;
  }

  /** How much room these masks take in the file. */
  bytesOf(ids: Iterable<MaskId>): number {
    let sum = 0;
    for (const id of ids) {
      const place = this.#places.get(id);
      sum += place ? RECORD_HEADER_BYTES + place.length : 0;
    }
    return sum;
  }

  ids(): MaskId[] {
    return [...this.#places.keys()];
  }

  /** Numbers below this are not given again, so that a number never means two masks. */
  reserveIds(next: MaskId): void {
    this.#nextId = Math.max(this.#nextId, next);
  }

  get nextId(): MaskId {
    return this.#nextId;
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  #write(records: readonly { readonly id: MaskId; readonly record: Uint8Array }[]): void {
    const bytes = new Uint8Array(records.reduce((sum, { record }) => sum + record.length, 0));
    const places: RecordPlace[] = [];
    let at = 0;
    for (const { id, record } of records) {
      bytes.set(record, at);
      places.push({ id, at: this.#end + at, length: record.length - RECORD_HEADER_BYTES });
      at += record.length;
    }
    this.#ahead.forget();
    try {
      this.#file.write(this.#end, bytes);
    } catch (error) {
      this.#file.truncate(this.#end);
      throw error;
    }
    this.#end += bytes.length;
    for (const place of places) {
      this.#places.set(place.id, place);
      this.#nextId = Math.max(this.#nextId, place.id + 1);
    }
  }
}

/** The records of a file that ends where its last whole record does, or has nothing but its header. */
function preparedFile(file: StoredFile, ahead: ReadAhead): { records: RecordPlace[]; end: number } {
  const found = findRecords((at, length) => ahead.read(at, length), file.size());
  ahead.forget();
  if (found.end < MASK_FILE_HEADER.length) {
    file.truncate(0);
    file.write(0, MASK_FILE_HEADER);
    return { records: [], end: MASK_FILE_HEADER.length };
  }
  if (found.end < file.size()) {
    file.truncate(found.end);
  }
  return found;
}
