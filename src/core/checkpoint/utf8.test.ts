/** Text is read as RFC 3629 says, and nothing else is taken for text. */
import { expect, it } from 'vitest';
import { decodeUtf8 } from './utf8';

it.each<[string, number[]]>([
  ['', []],
  ['a\u007f', [0x61, 0x7f]],
  ['\u0080\u07ff', [0xc2, 0x80, 0xdf, 0xbf]],
  ['\u0800\ud7ff\ue000\uffff', [0xe0, 0xa0, 0x80, 0xed, 0x9f, 0xbf, 0xee, 0x80, 0x80, 0xef, 0xbf, 0xbf]],
  ['\u{10000}\u{10ffff}', [0xf0, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf]],
])('reads %j', (text, bytes) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
});

it('reads long texts whole', () => {
  const bytes = Uint8Array.from({ length: 3 * 5000 }, (_, index) => [0xe2, 0x82, 0xac][index % 3]!);
  expect(decodeUtf8(bytes)).toBe('€'.repeat(5000));
});

it.each<[string, number[]]>([
  ['a byte that begins nothing', [0x80]],
  ['a sequence that is cut off', [0x61, 0xe2, 0x82]],
  ['a sequence that is broken off', [0xe2, 0x82, 0x61]],
  ['two bytes for what fits in one', [0xc1, 0xbf]],
  ['three bytes for what fits in two', [0xe0, 0x9f, 0xbf]],
  ['four bytes for what fits in three', [0xf0, 0x8f, 0xbf, 0xbf]],
  ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ['the other half', [0xed, 0xbf, 0xbf]],
  ['a number beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]],
])('refuses %s', (_, bytes) => {
  expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow(/no UTF-8/);
});
