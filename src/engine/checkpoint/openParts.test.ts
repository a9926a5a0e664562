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
