/** Parts of files are read to the byte, and nothing outside of them. */
import { expect, it } from 'vitest';
import { blobSource, bytesSource, type ByteSource } from './byteSource';

const bytes = Uint8Array.from({ length: 10 }, (_, index) => index);

const sources: readonly (readonly [string, ByteSource])[] = [
  ['a file', blobSource(new File([bytes], 'w.pth'))],
  ['bytes in the middle of others', bytesSource(new Uint8Array([9, 9, ...bytes]).subarray(2), 'w.pth')],
];

it.each(sources)('%s', async (_, source) => {
  expect([source.name, source.sizeBytes]).toEqual(['w.pth', 10]);
  expect([...(await source.read(3, 4))]).toEqual([3, 4, 5, 6]);
  expect([...(await source.read(10, 0))]).toEqual([]);
  const own = await source.read(0, 10);
  expect(own.buffer.byteLength).toBe(10);
  own.fill(0);
  expect([...(await source.read(8, 2))]).toEqual([8, 9]);
  for (const [offset, length] of [
    [8, 3],
    [11, 0],
    [-1, 2],
    [0, -1],
    [0.5, 1],
    [2 ** 53, 1],
  ] as const) {
    await expect(source.read(offset, length)).rejects.toThrow(/w\.pth has no bytes/);
  }
});

it('a blob has the name that it is given', () => {
  expect(blobSource(new Blob([bytes])).name).toBe('the file');
  expect(blobSource(new Blob([bytes]), 'x').name).toBe('x');
});
