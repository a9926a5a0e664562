/** Deflated parts are unpacked once where they can be, never without end, and stop when they are cancelled. */
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readZipDirectory } from '../../core/checkpoint/zipDirectory';
import { writeZip } from './__fixtures__/writeZip';
import { bytesSource, type ByteSource } from './byteSource';
import { OpenParts } from './openParts';
import { runPlan } from './runPlan';

const MEGABYTE = 2 ** 20;

/** An entry of 16 MB that is 16 kB in the file. */
async function bomb(onRead: () => void = () => undefined) {
  const bytes = new Uint8Array(16 * MEGABYTE);
  const plain = bytesSource(writeZip([{ name: 'zeros', bytes, deflated: deflateRawSync(bytes) }]));
  const source: ByteSource = {
    ...plain,
    read: (offset, lengthBytes) => {
      onRead();
      return plain.read(offset, lengthBytes);
    },
  };
  const entries = await runPlan(source, readZipDirectory(source.sizeBytes));
  return { source, part: { kind: 'zipEntry' as const, entry: entries.get('zeros')! } };
}

it('reads on where the tensor before ended', async () => {
  let reads = 0;
  const { source, part } = await bomb(() => (reads += 1));
  const parts = new OpenParts(source);
  await (await parts.open(part)).read(0, 4);
  reads = 0;
  for (let index = 0; index < 32; index += 1) {
    await (await parts.open(part)).read((index * MEGABYTE) / 2 + 4, 4);
  }
  await parts.finish();
  expect(reads).toBeLessThan(5);
});

it('refuses to unpack the same bytes again and again', async () => {
  const { source, part } = await bomb();
  const parts = new OpenParts(source);
  const backwards = async (): Promise<void> => {
    for (let index = 31; index >= 0; index -= 1) {
      await (await parts.open(part)).read((index * MEGABYTE) / 2 + 4, 4);
    }
  };
  await expect(backwards()).rejects.toThrow(/unpacked again and again/);
  await parts.close();
});

it('stops in the middle of an entry when it is cancelled', async () => {
  const controller = new AbortController();
  let reads = 0;
  const { source, part } = await bomb(() => (reads += 1));
  const parts = new OpenParts(source, controller.signal);
  const reader = await parts.open(part);
  await reader.read(0, 4);
  const before = reads;
  const work = reader.read(15 * MEGABYTE, 4);
  controller.abort();
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(reads - before).toBeLessThanOrEqual(2);
  await parts.close();
});

/** The only entry of a ZIP. */
async function entryOf(zip: Uint8Array<ArrayBuffer>) {
  const source = bytesSource(zip);
  const entries = await runPlan(source, readZipDirectory(source.sizeBytes));
  return { source, part: { kind: 'zipEntry' as const, entry: entries.get('a')! } };
}

it('refuses an entry that grows on where it says it ends, however its pieces fall', async () => {
  const bytes = new Uint8Array(MEGABYTE);
  for (const claimedBytes of [2 ** 16, 2 ** 16 - 1, 5000]) {
    const entry = { name: 'a', bytes, deflated: deflateRawSync(bytes), claimedBytes };
    const { source, part } = await entryOf(writeZip([entry]));
    const reader = await new OpenParts(source).open(part);
    await expect(reader.read(0, claimedBytes)).rejects.toThrow(/larger than it says/);
  }
});

it('refuses an entry that ends before it says', async () => {
  const bytes = new Uint8Array(100);
  const entry = { name: 'a', bytes, deflated: deflateRawSync(bytes), claimedBytes: 101 };
  const { source, part } = await entryOf(writeZip([entry]));
  await expect((await new OpenParts(source).open(part)).read(0, 101)).rejects.toThrow(/ends too early/);
});

it('checks the whole entry after it was begun anew', async () => {
  const bytes = Uint8Array.from({ length: 50_000 }, (_, index) => (index * index) % 251);
  const { source, part } = await entryOf(writeZip([{ name: 'a', bytes, deflated: deflateRawSync(bytes) }]));
  const parts = new OpenParts(source);
  const reader = await parts.open(part);
  expect(await reader.read(40_000, 10)).toEqual(bytes.slice(40_000, 40_010));
  expect(await reader.read(0, 50_000)).toEqual(bytes);
  expect(await reader.read(7, 5)).toEqual(bytes.slice(7, 12));
  await parts.finish();
  await parts.close();
});

it('holds four entries at most while they are unpacked, and none after it was closed', async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  const names = ['a', 'b', 'c', 'd', 'e'];
  const plain = bytesSource(
    writeZip(names.map((name) => ({ name, bytes, deflated: deflateRawSync(bytes) }))),
  );
  const reads: number[] = [];
  const source: ByteSource = {
    ...plain,
    read: (offset, lengthBytes) => {
      reads.push(offset);
      return plain.read(offset, lengthBytes);
    },
  };
  const entries = await runPlan(source, readZipDirectory(source.sizeBytes));
  const parts = new OpenParts(source);
  const next = async (name: string, offset: number): Promise<number> => {
    const reader = await parts.open({ kind: 'zipEntry', entry: entries.get(name)! });
    reads.length = 0;
    expect(await reader.read(offset, 1)).toEqual(bytes.slice(offset, offset + 1));
    return reads.length;
  };
  for (const name of names) {
    expect(await next(name, 0)).toBeGreaterThan(0);
  }
  // The second goes on where it was, the first had to be let go.
  expect([await next('b', 1), (await next('a', 1)) > 0]).toEqual([0, true]);
  expect(await next('a', 2)).toBe(0);
  await parts.close();
  expect(await next('a', 3)).toBeGreaterThan(0);
  await parts.close();
});

it('reads nothing behind the end of a stretch', async () => {
  const parts = new OpenParts(bytesSource(Uint8Array.of(1, 2, 3, 4, 5, 6)));
  const reader = await parts.open({ kind: 'stretch', offset: 1, sizeBytes: 3 });
  expect([...(await reader.read(1, 2))]).toEqual([3, 4]);
  await expect(reader.read(1, 3)).rejects.toThrow(/over the end/);
});
