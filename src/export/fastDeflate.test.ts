/** zlib inflates what was deflated fast to the very same bytes, and pictures become smaller. */
import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fastDeflate } from './fastDeflate';
import { huffmanCodes } from './huffmanCodes';

/** Runs of any length, and wild stretches. */
const bytesOf = fc
  .array(
    fc.oneof(
      fc.record({ value: fc.nat(255), count: fc.integer({ min: 1, max: 900 }) }),
      fc.record({ value: fc.nat(3), count: fc.integer({ min: 1, max: 4 }) }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap(({ value, count }) => Array<number>(count).fill(value))));

describe('fastDeflate', () => {
  it('is undone by zlib', () => {
    fc.assert(
      fc.property(bytesOf, (bytes) => {
        expect(inflateSync(fastDeflate(bytes)).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });

  it('goes on over blocks, with runs through their ends', () => {
    const bytes = new Uint8Array(1_300_000);
    for (let at = 400_000; at < 700_000; at += 1) {
      bytes[at] = (Math.imul(at, 2_654_435_761) >>> 9) % (1 + (at % 97));
    }
    const packed = fastDeflate(bytes);
    expect(inflateSync(packed).equals(Buffer.from(bytes))).toBe(true);
    expect(packed.length).toBeLessThan(300_000);
  });

  it('writes a run in a few bits', () => {
    expect(fastDeflate(new Uint8Array(258 * 1000)).length).toBeLessThan(200 + 1000 / 2);
  });
});

describe('huffmanCodes', () => {
  const countsOf = fc
    .array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(1 << 28)), { minLength: 2, maxLength: 286 })
    .filter((counts) => counts.some((count) => count > 0));

  it('fill the space of codes, none is longer than 15 bits, and the frequent ones are short', () => {
    fc.assert(
      fc.property(countsOf, (counts) => {
        const { lengths } = huffmanCodes(Uint32Array.from(counts));
        const used = [...lengths.keys()].filter((symbol) => counts[symbol]! > 0);
        const space = used.reduce((sum, symbol) => sum + 2 ** -lengths[symbol]!, 0);
        expect(space).toBe(used.length === 1 ? 0.5 : 1);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
        expect([...lengths.keys()].filter((symbol) => lengths[symbol]! > 0)).toEqual(used);
      }),
    );
  });

  it('stay within 15 bits where counts grow like Fibonacci numbers', () => {
    const counts = new Uint32Array(40);
    counts.set([1, 1]);
    for (let symbol = 2; symbol < counts.length; symbol += 1) {
      counts[symbol] = counts[symbol - 1]! + counts[symbol - 2]!;
    }
    const { lengths } = huffmanCodes(counts);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(15);
    expect(lengths.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
  });
});
