/** Plans get the bytes that they ask for, in few reads, and end when they are cancelled or the file ends. */
import { expect, it } from 'vitest';
import type { ReadPlan } from '../../core/checkpoint/readPlan';
import { bytesSource, type ByteSource } from './byteSource';
import { runPlan } from './runPlan';

const bytes = Uint8Array.from({ length: 600 * 1024 }, (_, index) => (index * 7) % 253);

function watched(onRead: (offset: number, length: number) => void = () => undefined): ByteSource {
  const plain = bytesSource(bytes, 'w.pth');
  return {
    ...plain,
    read: (offset, length) => {
      onRead(offset, length);
      return plain.read(offset, length);
    },
  };
}

/** Asks for each stretch, and gives what it got. */
function* asking(stretches: readonly (readonly [number, number])[]): ReadPlan<string[]> {
  const got: string[] = [];
  for (const [offset, lengthBytes] of stretches) {
    got.push(Buffer.from(yield { offset, lengthBytes }).toString('base64'));
  }
  return got;
}

it('gives what lies there, backwards, too, and reads little things together', async () => {
  const stretches = [
    [0, 8],
    [8, 100],
    [400_000, 5],
    [400_005, 5],
    [399_990, 4],
    [600 * 1024 - 3, 3],
    [0, 300 * 1024],
  ] as const;
  const reads: number[] = [];
  const got = await runPlan(
    watched((offset) => reads.push(offset)),
    asking(stretches),
  );
  const wanted = stretches.map(([offset, length]) => bytes.subarray(offset, offset + length));
  expect(got).toEqual(wanted.map((part) => Buffer.from(part).toString('base64')));
  expect(reads).toEqual([0, 400_000, 399_990, 0]);
});

it('refuses what lies behind the end, and asks the file for none of it', async () => {
  const source = watched((offset, length) => expect(offset + length).toBeLessThanOrEqual(bytes.length));
  await expect(runPlan(source, asking([[600 * 1024 - 2, 3]]))).rejects.toThrow(/end is cut off/);
  await expect(runPlan(source, asking([[2 ** 50, 1]]))).rejects.toThrow(/end is cut off/);
});

it('stops between steps when it is cancelled', async () => {
  const controller = new AbortController();
  const reads: number[] = [];
  const source = watched((offset) => {
    reads.push(offset);
    controller.abort();
  });
  const running = runPlan(
    source,
    asking([
      [0, 8],
      [500_000, 8],
    ]),
    controller.signal,
  );
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  expect(reads).toEqual([0]);
});
