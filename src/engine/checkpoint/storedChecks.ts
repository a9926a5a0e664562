/** Checks entries of a ZIP that lie in it as they are, while the file goes by from its first byte to its last. */
import { crc32 } from '../../core/base/crc32';
import { quoted, refuse } from '../../core/checkpoint/checkpointProblem';
import type { ZipEntry } from '../../core/checkpoint/zipDirectory';

/** `start` is where the bytes of the entry begin. */
export type StoredPlace = { readonly entry: ZipEntry; readonly start: number };

/** Throws a CheckpointProblem unless `crc` is what the ZIP says; 0 stands for "not counted" in it. */
export function checkCrc({ name, crc32: expected, sizeBytes }: ZipEntry, crc: number): void {
  if (expected !== crc && expected !== 0 && sizeBytes > 0) {
    refuse(`the entry ${quoted(name)} is damaged: its CRC-32 is not the one that the file states`);
  }
}

export class StoredChecks {
  readonly #places: readonly StoredPlace[];
  #next = 0;
  #crc = 0;

  constructor(places: readonly StoredPlace[]) {
    this.#places = places.toSorted((a, b) => a.start - b.start);
  }

  /** Takes the next bytes of the file, which begin at `at`. Throws a CheckpointProblem for a damaged entry. */
  take(at: number, bytes: Uint8Array): void {
    const end = at + bytes.length;
    for (let place = this.#places[this.#next]; place; place = this.#places[this.#next]) {
      const { entry, start } = place;
      const entryEnd = start + entry.sizeBytes;
      const part = bytes.subarray(Math.max(0, start - at), Math.max(0, entryEnd - at));
      this.#crc = crc32(part, this.#crc);
      if (entryEnd > end) {
        return;
      }
      checkCrc(entry, this.#crc);
      this.#crc = 0;
      this.#next += 1;
    }
  }
}
