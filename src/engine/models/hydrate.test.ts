/** Weights come out of checkpoints as the manifest says, in bounded memory, or are refused by name. */
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CheckpointSource, GraphManifest } from '../../core/models/graphManifest';
import { float32Tensor, writeSafetensors } from '../checkpoint/__fixtures__/writeSafetensors';
import { writePickle } from '../checkpoint/__fixtures__/writePickle';
import {
  floatTensor,
  pickledStorage,
  pickledView,
  writePytorchZip,
  writeTorchEntries,
  type TorchTensor,
} from '../checkpoint/__fixtures__/writePytorchZip';
import { bytesSource, type ByteSource } from '../checkpoint/byteSource';
import { openCheckpoint } from '../checkpoint/openCheckpoint';
import { memorySink, smallManifest, smallTensors, smallValues } from './__fixtures__/smallModel';
import { hydrate, type HydrationProgress } from './hydrate';

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function run(
  bytes: Uint8Array,
  { manifest = smallManifest, variant = 'fp32', name = 'small.pth' } = {} as {
    manifest?: GraphManifest;
    variant?: 'fp32' | 'fp16';
    name?: string;
  },
) {
  const sink = memorySink(manifest, variant);
  const checkpoint = await openCheckpoint(bytesSource(bytes, name));
  const progress: HydrationProgress[] = [];
  const report = await hydrate({
    manifest,
    variant,
    checkpoint,
    sink,
    onProgress: (told) => progress.push(told),
  });
  return { report, files: sink.files, progress };
}

/** By the definition of each step. */
function expectedFloats() {
  const { 'conv.weight': conv, 'qkv.weight': qkv, bias } = smallValues();
  const query = [2, 3].map((row) => [...qkv!.subarray(row * 3, row * 3 + 3)]);
  return {
    conv: [...conv!],
    query: [0, 1, 2].flatMap((column) => query.map((row) => row[column]!)),
    padded: [...bias!.subarray(0, 3), 0, 0, ...bias!.subarray(3), 0, 0],
  };
}

function floatsAt(file: Uint8Array<ArrayBuffer>, offset: number, count: number): number[] {
  return [...new Float32Array(file.buffer, offset, count)];
}

describe('hydrate', () => {
  it.each([
    ['pytorch', writePytorchZip(smallTensors()), 'torch', ''],
    ['pytorch under a key', writePytorchZip(smallTensors(), { root: ['model'] }), 'torch', 'model'],
    [
      'safetensors',
      writeSafetensors({
        bias: float32Tensor([6], smallValues()['bias']!),
        'qkv.weight': float32Tensor([6, 3], smallValues()['qkv.weight']!),
        'conv.weight': float32Tensor([4, 3], smallValues()['conv.weight']!),
      }),
      'tensors',
      '',
    ],
  ])('writes what the manifest says: %s', async (_, bytes, layout, root) => {
    const { report, files, progress } = await run(bytes);
    const expected = expectedFloats();
    expect(floatsAt(files[0]!, 0, 12)).toEqual(expected.conv);
    expect(floatsAt(files[0]!, 64, 6)).toEqual(expected.query);
    expect(floatsAt(files[1]!, 64, 10)).toEqual(expected.padded);
    const gaps = [
      files[0]!.subarray(48, 64),
      files[0]!.subarray(88),
      files[1]!.subarray(0, 64),
      files[1]!.subarray(104),
    ];
    expect(gaps.every((gap) => gap.every((byte) => byte === 0))).toBe(true);
    expect(report).toMatchObject({
      layout,
      root,
      checkpointName: 'small.pth',
      checkpointBytes: bytes.length,
      checkpointSha256: sha256(bytes),
      isOfficial: null,
      weightsSha256: sha256(Buffer.concat(files)),
      weightBytes: 328,
      usedTensors: 3,
      extraTensors: [],
    });
    expect(progress.at(-1)).toEqual({ phase: 'writing', fraction: 1, doneBytes: 328, totalBytes: 328 });
    const fractions = progress.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it('writes halves', async () => {
    const { files } = await run(writePytorchZip(smallTensors()), { variant: 'fp16' });
    const halves = new Uint16Array(files[0]!.buffer, 0, 12);
    const values = [...halves].map((half) => {
      const size =
        (half & 0x7c00) === 0
          ? (half & 0x3ff) * 2 ** -24
          : (1 + (half & 0x3ff) / 1024) * 2 ** (((half >> 10) & 31) - 15);
      return half & 0x8000 ? -size : size;
    });
    expectedFloats().conv.forEach((value, index) =>
      expect(Math.abs(values[index]! - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -11),
    );
  });

  it('tells of tensors that it did not need', async () => {
    const more = { ...smallTensors(), head: floatTensor([1], Float32Array.of(1)) };
    expect((await run(writePytorchZip(more))).report.extraTensors).toEqual(['head']);
  });
});

describe('hydrate refuses', () => {
  const changed = (name: string, tensor: TorchTensor): Uint8Array =>
    writePytorchZip({ ...smallTensors(), [name]: tensor });

  it('another model, with every tensor', async () => {
    const bytes = writePytorchZip({ other: floatTensor([1], Float32Array.of(1)) });
    await expect(run(bytes)).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      what: expect.stringContaining('small.pth does not fit Small: none of the 3 weights'),
      details: ['missing: "conv.weight"', 'missing: "qkv.weight"', 'missing: "bias"', 'not used: "other"'],
    });
  });

  it('another shape, by name', async () => {
    const bytes = changed('bias', floatTensor([7], new Float32Array(7)));
    await expect(run(bytes)).rejects.toThrow(/"bias" is \[7\] and not \[6\]/);
  });

  it.each([
    [NaN, 'fp32', /bias has a value that is not a number/],
    [Infinity, 'fp32', /bias has an infinite value/],
    [1e6, 'fp16', /bias has a number over 65504/],
  ] as const)('%s in %s, by name', async (value, variant, reason) => {
    const bytes = changed('bias', floatTensor([6], new Float32Array(6).fill(value, 4)));
    await expect(run(bytes, { variant })).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      what: expect.stringMatching(reason),
    });
  });

  it('a kind of file that the model is not read from', async () => {
    const manifest = { ...smallManifest, layouts: smallManifest.layouts.slice(1) };
    await expect(run(writePytorchZip(smallTensors()), { manifest })).rejects.toThrow(
      /not read from that kind/,
    );
  });

  const bytes = writePytorchZip(smallTensors());
  const official = (source: Partial<CheckpointSource>): GraphManifest => ({
    ...smallManifest,
    sources: [
      {
        layout: 'torch',
        kind: 'link',
        url: 'https://example.org/small.pth',
        fileName: 'small.pth',
        sizeBytes: null,
        sha256: null,
        sha256Prefix: null,
        licence: 'MIT',
        ...source,
      },
    ],
  });

  it('a file of the official name with another hash, and knows the official one', async () => {
    const wrong = official({ sha256Prefix: 'abcd1234' });
    const named = run(bytes, { manifest: wrong, name: 'small (2).pth' });
    await expect(named).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
      what: expect.stringContaining('abcd1234'),
    });
    expect((await run(bytes, { manifest: wrong, name: 'mine.pth' })).report.isOfficial).toBe(false);
    const right = official({ sha256Prefix: sha256(bytes).slice(0, 8) });
    expect((await run(bytes, { manifest: right })).report.isOfficial).toBe(true);
  });

  it('a file of the official name with another size', async () => {
    await expect(run(bytes, { manifest: official({ sizeBytes: 5 }) })).rejects.toThrow(
      /official file of that name has 5/,
    );
  });

  it('to go on when it is cancelled, at any point', async () => {
    for (const phase of ['checking', 'writing'] as const) {
      const controller = new AbortController();
      const checkpoint = await openCheckpoint(bytesSource(bytes));
      const sink = memorySink(smallManifest, 'fp32');
      const onProgress = (told: HydrationProgress): void => {
        if (told.phase === phase) {
          controller.abort();
        }
      };
      const { signal } = controller;
      const work = hydrate({
        manifest: smallManifest,
        variant: 'fp32',
        checkpoint,
        sink,
        onProgress,
        signal,
      });
      await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  it('to blame the file for a full disk', async () => {
    const full = new DOMException('full', 'QuotaExceededError');
    const sink = {
      write: () => {
        throw full;
      },
    };
    const checkpoint = await openCheckpoint(bytesSource(bytes));
    await expect(hydrate({ manifest: smallManifest, variant: 'fp32', checkpoint, sink })).rejects.toBe(full);
  });
});

describe('damage', () => {
  it('of a bit is found by the CRC of its entry, stored or deflated', async () => {
    const stored = writePytorchZip(smallTensors());
    const { buffer, byteOffset, byteLength } = smallValues()['bias']!;
    const at = Buffer.from(stored).indexOf(new Uint8Array(buffer, byteOffset, byteLength));
    stored[at + 8]! ^= 1;
    const deflated = writePytorchZip(smallTensors(), {
      // In the middle, so that what is unpacked stays as long as it was.
      deflate: (bytes) => deflateRawSync(bytes.length === 24 ? bytes.with(8, bytes[8]! ^ 1) : bytes),
    });
    for (const bytes of [stored, deflated]) {
      await expect(run(bytes)).rejects.toMatchObject({ what: expect.stringMatching(/damaged: its CRC-32/) });
    }
  });

  it('of what no tensor uses is found as well where tensors share what is packed', async () => {
    const floats = new Float32Array(40);
    const shared = sharedStorage(floats, (bytes) =>
      deflateRawSync(bytes.length === 160 ? bytes.with(158, 1) : bytes),
    );
    await expect(run(shared)).rejects.toThrow(/CRC-32/);
  });

  it('of the disk is not taken for a fault of the file', async () => {
    for (const [error, expected] of [
      [new DOMException('gone', 'NotReadableError'), { code: 'storage-failed' }],
      [new TypeError('of ours'), { name: 'TypeError' }],
    ] as const) {
      for (const deflate of [undefined, deflateRawSync]) {
        const source = bytesSource(writePytorchZip(smallTensors(), { deflate }), 'small.pth');
        let isGone = false;
        const failing: ByteSource = {
          ...source,
          read: (offset, length) => (isGone ? Promise.reject(error) : source.read(offset, length)),
        };
        const checkpoint = await openCheckpoint(failing);
        const sink = memorySink(smallManifest, 'fp32');
        // The first bytes of the writing phase have been read by then.
        const onProgress = ({ phase }: HydrationProgress): void => void (isGone ||= phase === 'writing');
        const work = hydrate({ manifest: smallManifest, variant: 'fp32', checkpoint, sink, onProgress });
        await expect(work).rejects.toMatchObject(expected);
      }
      const broken: ByteSource = { ...bytesSource(new Uint8Array(99)), read: () => Promise.reject(error) };
      await expect(openCheckpoint(broken)).rejects.toMatchObject(expected);
    }
  });
});

/** The tensors of the small model in one storage, which may be longer. */
function sharedStorage(
  floats: Float32Array,
  deflate: (bytes: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const storage = pickledStorage('FloatStorage', '0', floats.length);
  const pickle = writePickle({
    dict: [
      ['conv.weight', pickledView(storage, 0, [4, 3], [3, 1])],
      ['qkv.weight', pickledView(storage, 12, [6, 3], [3, 1])],
      ['bias', pickledView(storage, 30, [6], [1])],
    ],
  });
  return writeTorchEntries(
    pickle,
    [{ name: 'archive/data/0', bytes: new Uint8Array(floats.buffer) }],
    deflate,
  );
}

it('unpacks what tensors share once', async () => {
  const floats = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index));
  const packed = deflateRawSync(new Uint8Array(floats.buffer));
  const source = bytesSource(sharedStorage(floats, deflateRawSync), 'shared.pth');
  let times = 0;
  const counted: ByteSource = {
    ...source,
    read: (offset, length) => {
      times += length === packed.length ? 1 : 0;
      return source.read(offset, length);
    },
  };
  const sink = memorySink(smallManifest, 'fp32');
  const checkpoint = await openCheckpoint(counted);
  await hydrate({ manifest: smallManifest, variant: 'fp32', checkpoint, sink });
  expect(times).toBe(1);
  expect(floatsAt(sink.files[0]!, 0, 12)).toEqual([...floats.subarray(0, 12)]);
});

describe('the memory of hydrate', () => {
  const MEGABYTE = 2 ** 20;
  const LARGEST = 24 * MEGABYTE;

  /** A checkpoint of which only the header exists: one tensor of 24 MB, read as it lies or transposed. */
  function largeCheckpoint(): { source: ByteSource; held: () => number } {
    const rows = LARGEST / 4 / 1024;
    const header = JSON.stringify({ w: { dtype: 'F32', shape: [rows, 1024], data_offsets: [0, LARGEST] } });
    const head = new Uint8Array(8 + header.length);
    new DataView(head.buffer).setUint32(0, header.length, true);
    head.set(new TextEncoder().encode(header), 8);
    let most = 0;
    return {
      source: {
        name: 'large.safetensors',
        sizeBytes: head.length + LARGEST,
        read: async (offset, lengthBytes) => {
          const bytes = new Uint8Array(lengthBytes);
          bytes.set(head.subarray(offset, offset + lengthBytes));
          most = Math.max(most, lengthBytes);
          return bytes;
        },
      },
      held: () => most,
    };
  }

  function largeManifest(isTransposed: boolean): GraphManifest {
    const rows = LARGEST / 4 / 1024;
    const steps = isTransposed ? [{ kind: 'transpose' as const, axes: [1, 0] }] : [];
    const from = { tensors: { name: 'w', shape: [rows, 1024], steps } };
    const shape = isTransposed ? [1024, rows] : [rows, 1024];
    const tensors = [{ name: 'w', dtype: 'float16' as const, shape, file: 0, offset: 0, from }];
    const weightFiles = [{ path: 'w.bin', sizeBytes: LARGEST / 2 }];
    return { ...smallManifest, variants: { fp16: { graphs: {}, weightFiles, tensors } } };
  }

  it.each([
    ['in order: pieces only', false, 4 * MEGABYTE],
    ['out of order: the tensor once', true, LARGEST],
  ])('holds at once what it may, %s', async (_, isTransposed, most) => {
    const { source, held } = largeCheckpoint();
    const manifest = largeManifest(isTransposed);
    let largestWrite = 0;
    const sink = {
      write: (_file: number, _offset: number, bytes: Uint8Array) => {
        largestWrite = Math.max(largestWrite, bytes.length);
      },
    };
    await hydrate({ manifest, variant: 'fp16', checkpoint: await openCheckpoint(source), sink });
    expect(held()).toBeLessThanOrEqual(most);
    expect(largestWrite).toBeLessThanOrEqual(4 * MEGABYTE);
  });
});
