/** Each instruction of the pickle machine against what CPython's pickletools.py says of it. */
import { describe, expect, it } from 'vitest';
import { readPickle } from './pickleReader';
import type { PickleMeaning, PickleValue } from './pickleValues';

/** Takes names of code as text, and calls as lists of what was called. */
const asText: PickleMeaning = {
  global: (name) => name,
  persistent: (id) => ({ kind: 'list', items: ['persistent', id] }),
  call: (callee, args) => ({ kind: 'list', items: [callee, ...args] }),
  build: () => undefined,
};

const STOP = 0x2e;

function read(...code: number[]): PickleValue {
  return readPickle(Uint8Array.from([0x80, 2, ...code, STOP]), asText).value;
}

/** The bytes of Latin text are written out: there is no encoder here. */
function text(words: string): number[] {
  return [0x8c, words.length, ...Array.from(words, (character) => character.charCodeAt(0))];
}

describe('the pickle machine', () => {
  it.each<[string, number[], PickleValue]>([
    ['None', [0x4e], null],
    ['true', [0x88], true],
    ['false', [0x89], false],
    ['four bytes', [0x4a, 0xfe, 0xff, 0xff, 0xff], -2],
    ['one byte', [0x4b, 0xff], 255],
    ['two bytes', [0x4d, 0x34, 0x12], 0x1234],
    ['a float', [0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    ['a long of no bytes', [0x8a, 0], 0],
    ['a negative long', [0x8a, 1, 0xff], -1],
    ['a long whose highest bit is set', [0x8a, 2, 0, 0x80], -32768],
    ['a long that is positive all the same', [0x8a, 3, 0, 0x80, 0], 32768],
    ['a long beyond 2^53', [0x8a, 8, 1, 0, 0, 0, 0, 0, 0x20, 0], 2n ** 53n + 1n],
    ['short text', [0x8c, 3, 0xc2, 0xb5, 0x6d], 'µm'],
    ['long text', [0x58, 2, 0, 0, 0, 0x68, 0x69], 'hi'],
  ])('reads %s', (_, code, value) => {
    expect(read(...code)).toBe(value);
  });

  it('keeps the order of what it takes from the stack', () => {
    expect(read(0x4b, 1, 0x4b, 2, 0x4b, 3, 0x87)).toEqual({ kind: 'tuple', items: [1, 2, 3] });
    expect(read(0x28, 0x4b, 1, 0x4b, 2, 0x74)).toEqual({ kind: 'tuple', items: [1, 2] });
    expect(read(0x5d, 0x28, 0x4b, 1, 0x4b, 2, 0x65, 0x4b, 3, 0x61)).toEqual({
      kind: 'list',
      items: [1, 2, 3],
    });
    const dict = read(0x7d, 0x28, ...text('a'), 0x4b, 1, ...text('b'), 0x4b, 2, 0x75);
    expect(dict).toEqual({
      kind: 'dict',
      entries: new Map([
        ['a', 1],
        ['b', 2],
      ]),
    });
    expect(read(...text('os'), ...text('system'), 0x93)).toBe('os.system');
    expect(read(...text('f'), 0x4b, 1, 0x4b, 2, 0x86, 0x52)).toEqual({ kind: 'list', items: ['f', 1, 2] });
  });

  it('numbers what it memoizes in order, and recalls it by either length of number', () => {
    // Memo 0 is a list, 1 the text in it; the last instruction takes the text, not the list.
    expect(read(0x5d, 0x94, ...text('a'), 0x94, 0x61, 0x68, 1)).toBe('a');
    expect(read(0x4b, 7, 0x72, 0, 1, 0, 0, 0x4b, 8, 0x6a, 0, 1, 0, 0)).toBe(7);
  });

  it('says where a pickle ends, for another one may follow', () => {
    const bytes = Uint8Array.from([9, 9, 0x80, 4, 0x4b, 5, STOP, 0x4b, 6, STOP]);
    expect(readPickle(bytes, asText, 2)).toEqual({ value: 5, end: 7 });
    expect(readPickle(bytes, asText, 7)).toEqual({ value: 6, end: 10 });
  });

  it.each<[string, number[], RegExp]>([
    ['protocol 1', [0x80, 1, 0x4e], /protocol 1/],
    ['protocol 6', [0x80, 6, 0x4e], /protocol 6/],
    ['nothing to give', [], /damaged/],
    ['a mark for a value', [0x28], /damaged/],
    ['a tuple over a mark', [0x28, 0x4b, 1, 0x86], /damaged/],
    ['items without a mark', [0x4b, 1, 0x74], /damaged/],
    ['text that is cut off', [0x58, 9, 0, 0, 0, 0x61], /cut off/],
    ['a line without an end', [0x63, 0x61], /damaged/],
    ['a very long line', [0x63, ...Array<number>(1001).fill(0x61), 0x0a, 0x61, 0x0a], /damaged/],
    ['an appending to a number', [0x4b, 1, 0x4b, 2, 0x61], /no list/],
    ['half a pair', [0x7d, 0x28, 0x4b, 1, 0x75], /no dictionary/],
    ['a list for a key', [0x7d, 0x5d, 0x4b, 1, 0x73], /no name or number/],
    ['a call without a list of arguments', [0x4b, 1, 0x4b, 2, 0x52], /without a list/],
  ])('refuses %s', (_, code, reason) => {
    expect(() => read(...code)).toThrow(reason);
  });
});
