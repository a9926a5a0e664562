import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameMask } from '../track/maskTrack';
import { randomMask } from './__fixtures__/randomMasks';
import { crc32 } from '../base/crc32';
import { decodeMask, encodeMask } from './maskBytes';
import { decodeRecord, encodeRecord, findRecords, MASK_FILE_HEADER, type RecordPlace } from './maskFile';

function fileOf(masks: readonly FrameMask[]): Uint8Array {
  const parts = [MASK_FILE_HEADER, ...masks.map((mask, index) => encodeRecord(index + 1, encodeMask(mask)))];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function recordsOf(file: Uint8Array): { records: RecordPlace[]; end: number } {
  return findRecords((at, length) => file.slice(at, at + length), file.length);
}

/** The masks that can be read, by id; null for those that are damaged. */
function readAll(file: Uint8Array): Map<number, FrameMask | null> {
  return new Map(
    recordsOf(file).records.map(({ id, at }) => {
      const payload = decodeRecord(file.subarray(at), id);
      return [id, payload && decodeMask(payload)];
    }),
  );
}

const someMasks = fc.array(randomMask, { minLength: 1, maxLength: 6 });

describe('crc32', () => {
  it('is the CRC-32 of ZIP and PNG', () => {
    // The check value of the CRC catalogue for CRC-32/ISO-HDLC.
    const bytes = new TextEncoder().encode('123456789');
    expect(crc32(bytes)).toBe(0xcbf43926);
    expect(crc32(bytes.subarray(4), crc32(bytes.subarray(0, 4)))).toBe(0xcbf43926);
  });
});

describe('a mask as bytes', () => {
  it('comes back with all its parts', () => {
    fc.assert(
      fc.property(randomMask, (mask) => {
        expect(decodeMask(encodeMask(mask))).toEqual(mask);
      }),
    );
  });

  it('is refused when it breaks off anywhere', () => {
    fc.assert(
      fc.property(randomMask, fc.nat(), (mask, pick) => {
        const bytes = encodeMask(mask);
        expect(() => decodeMask(bytes.subarray(0, pick % bytes.length))).toThrow();
      }),
    );
  });

  it('is refused when it goes on, has another format, or runs that do not fill the picture', () => {
    const mask: FrameMask = {
      rle: { size: [2, 3], counts: Uint32Array.of(2, 3, 1) },
      box: [1, 0, 3, 2],
      areaPx: 3,
      predictedIou: null,
    };
    const bytes = encodeMask(mask);
    expect([...bytes]).toEqual([1, 1, 2, 3, 3, 2, 3, 1, 3, 1, 0, 3, 2]);
    expect(() => decodeMask(Uint8Array.of(...bytes, 0))).toThrow(/belong to nothing/);
    expect(() => decodeMask(bytes.with(0, 9))).toThrow(/unknown format/);
    expect(() => decodeMask(bytes.with(7, 2))).toThrow(/do not fill/);
    expect(() => decodeMask(bytes.with(5, 7))).toThrow(/does not fit/);
  });
});

describe('a mask file', () => {
  it('gives back every mask that was written', () => {
    fc.assert(
      fc.property(someMasks, (masks) => {
        const file = fileOf(masks);
        expect([...readAll(file).values()]).toEqual(masks);
        expect(recordsOf(file).end).toBe(file.length);
      }),
    );
  });

  it('that was cut off keeps every mask before the cut', () => {
    fc.assert(
      fc.property(someMasks, fc.nat(), (masks, pick) => {
        const whole = fileOf(masks);
        const cut = pick % (whole.length + 1);
        const file = whole.subarray(0, cut);
        const kept = recordsOf(whole).records.filter(({ at, length }) => at + 20 + length <= cut);
        expect([...readAll(file).keys()]).toEqual(kept.map(({ id }) => id));
        const last = kept.at(-1);
        expect(recordsOf(file).end).toBe(
          last ? last.at + 20 + last.length : Math.min(cut, MASK_FILE_HEADER.length),
        );
      }),
    );
  });

  it('with a flipped bit loses at most the mask it lies in, and never gives a wrong one', () => {
    fc.assert(
      fc.property(someMasks, fc.nat(), fc.nat({ max: 7 }), (masks, pick, bit) => {
        const whole = fileOf(masks);
        const at = MASK_FILE_HEADER.length + (pick % (whole.length - MASK_FILE_HEADER.length));
        const file = whole.with(at, whole[at]! ^ (1 << bit));
        const hit = recordsOf(whole).records.findLast((place) => place.at <= at)?.id;
        const read = readAll(file);
        masks.forEach((mask, index) => {
          const id = index + 1;
          if (id === hit) {
            expect(read.get(id) ?? null).toBeNull();
          } else {
            expect(read.get(id)).toEqual(mask);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds the records behind a stretch of rubbish longer than one search', () => {
    const mask: FrameMask = {
      rle: { size: [1, 1], counts: Uint32Array.of(0, 1) },
      box: [0, 0, 1, 1],
      areaPx: 1,
      predictedIou: 0.5,
    };
    const whole = fileOf([mask, mask]);
    const second = recordsOf(whole).records[1]!;
    const rubbish = new Uint8Array(3_000_001).fill(0x4d);
    const file = new Uint8Array(whole.length + rubbish.length);
    file.set(whole.subarray(0, second.at));
    file.set(rubbish, second.at);
    file.set(whole.subarray(second.at), second.at + rubbish.length);
    expect([...readAll(file).entries()]).toEqual([
      [1, mask],
      [2, mask],
    ]);
  });

  it('does not take a record for another one', () => {
    const record = encodeRecord(7, Uint8Array.of(1, 2, 3));
    expect(decodeRecord(record, 7)).toEqual(Uint8Array.of(1, 2, 3));
    expect(decodeRecord(record, 8)).toBeNull();
    expect(decodeRecord(record.subarray(0, record.length - 1), 7)).toBeNull();
  });
});
