/** A hash is cut in the middle, and nothing else of a message is. */
import { expect, it } from 'vitest';
import { hashParts } from './hashParts';

const hash = '342b411502c0870ba34cf001e9556df382d292baa686601c7169a6161be3ca21';

it('cuts each hash in the middle, and leaves the words around it', () => {
  expect(hashParts(`The file w.pth (SHA-256 ${hash}) is missing.`)).toEqual([
    { words: 'The file w.pth (SHA-256 ', short: null },
    { words: hash, short: '342b4115…1be3ca21' },
    { words: ') is missing.', short: null },
  ]);
});

it('leaves text without a hash in one', () => {
  expect(hashParts('a.mp4 is empty.')).toEqual([{ words: 'a.mp4 is empty.', short: null }]);
  expect(hashParts(hash.slice(1))).toEqual([{ words: hash.slice(1), short: null }]);
});
