/** Entries that lie in a file as they are are checked while it goes by, in pieces of any size. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crc32 } from '../../core/base/crc32';
import type { ZipEntry } from '../../core/checkpoint/zipDirectory';
import { StoredChecks, type StoredPlace } from './storedChecks';

const file = Uint8Array.from({ length: 60 }, (_, index) => (index * 37) % 256);

function placeOf(name: string, start: number, sizeBytes: number, crc = crcOf(start, sizeBytes)): StoredPlace {
  const entry: ZipEntry = {
    name,
    method: 'stored',
    packedBytes: sizeBytes,
    sizeBytes,
    crc32: crc,
    headerOffset: start,
    limit: start + sizeBytes,
  };
  return { entry, start };
}

function crcOf(start: number, sizeBytes: number): number {
  return crc32(file.subarray(start, start + sizeBytes));
}

/** In another order than they lie in. */
const places = [
  placeOf('last', 40, 20),
  placeOf('first', 5, 10),
  placeOf('none', 15, 0),
  placeOf('next', 15, 20),
];

function goBy(checks: StoredChecks, bytes: Uint8Array, ends: readonly number[]): void {
  let at = 0;
  for (const end of [...ends, bytes.length]) {
    checks.take(at, bytes.subarray(at, end));
    at = end;
  }
}

const anyEnds = fc
  .uniqueArray(fc.integer({ min: 1, max: file.length - 1 }), { maxLength: 12 })
  .map((ends) => ends.toSorted((a, b) => a - b));

it('finds a changed byte in any entry, and none between them', () => {
  fc.assert(
    fc.property(anyEnds, fc.nat({ max: file.length - 1 }), (ends, at) => {
      expect(() => goBy(new StoredChecks(places), file, ends)).not.toThrow();
      const changed = file.with(at, file[at]! ^ 4);
      const owner = places.find(
        ({ start, entry }) => entry.sizeBytes > 0 && at >= start && at < start + entry.sizeBytes,
      );
      const check = (): void => goBy(new StoredChecks(places), changed, ends);
      if (owner) {
        expect(check).toThrow(`"${owner.entry.name}" is damaged`);
      } else {
        expect(check).not.toThrow();
      }
    }),
  );
});

it('does not look for what nobody counted', () => {
  expect(() => goBy(new StoredChecks([placeOf('a', 5, 10, 0)]), file, [])).not.toThrow();
});
