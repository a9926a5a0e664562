/** Whatever bytes a file has, reading it ends in tensors or in a message for the user, in bounded time and memory. */
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import { readPickle } from '../../core/checkpoint/pickleReader';
import { torchMeaning } from '../../core/checkpoint/torchPickle';
import { memorySink, smallManifest, smallTensors, smallValues } from '../models/__fixtures__/smallModel';
import { hydrate } from '../models/hydrate';
import { float32Tensor, withHeader, writeSafetensors } from './__fixtures__/writeSafetensors';
import { writePytorchZip, writeTorchEntries } from './__fixtures__/writePytorchZip';
import { bytesSource, type ByteSource } from './byteSource';
import { openCheckpoint } from './openCheckpoint';

const folder = new URL('./__fixtures__/torch/', import.meta.url);
const seed = 20260;

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

/** No file here is larger than 200 kB, so that more than this is out of proportion. */
const MOST_BYTES_AT_ONCE = 4e6;

function watched(bytes: Uint8Array): ByteSource & { readonly most: () => number } {
  const source = bytesSource(bytes, 'fuzzed');
  let most = 0;
  return {
    ...source,
    most: () => most,
    read: (offset, lengthBytes) => {
      most = Math.max(most, lengthBytes);
      return source.read(offset, lengthBytes);
    },
  };
}

/** Opens the file, and fills weights from it where its tensors fit. */
async function readAll(bytes: Uint8Array): Promise<'read' | 'refused'> {
  const source = watched(bytes);
  let outcome: 'read' | 'refused' = 'read';
  try {
    const checkpoint = await openCheckpoint(source);
    await hydrate({
      manifest: smallManifest,
      variant: 'fp16',
      checkpoint,
      sink: memorySink(smallManifest, 'fp16'),
    });
  } catch (error) {
    if (!(error instanceof UserFacingError)) {
      throw error;
    }
    expect([error.what, error.safe, error.todo].every((text) => text.length > 10)).toBe(true);
    expect(error.what).not.toMatch(/undefined|\[object|DataView|Invalid typed array/);
    outcome = 'refused';
  }
  expect(source.most()).toBeLessThan(MOST_BYTES_AT_ONCE);
  return outcome;
}

const values = smallValues();
const seeds: readonly (readonly [string, Uint8Array])[] = [
  ['flat.pt', fixture('flat.pt')],
  ['legacy.pth', fixture('legacy.pth')],
  ['protocol4.pt', fixture('protocol4.pt')],
  ['constants.onnx', fixture('constants.onnx')],
  ['a stored ZIP that fits', writePytorchZip(smallTensors())],
  ['a deflated ZIP that fits', writePytorchZip(smallTensors(), { deflate: deflateRawSync, align: 1 })],
  ['a ZIP with 64-bit fields', writePytorchZip(smallTensors(), { zip64: true, root: ['model'], align: 1 })],
  [
    'safetensors that fit',
    writeSafetensors({
      'conv.weight': float32Tensor([4, 3], values['conv.weight']!),
      'qkv.weight': float32Tensor([6, 3], values['qkv.weight']!),
      bias: float32Tensor([6], values['bias']!),
    }),
  ],
];

type Change = {
  readonly at: number;
  readonly kind: 'set' | 'flip' | 'cut' | 'insert' | 'repeat';
  readonly value: number;
};

/** `at` is a share of the length. */
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('set', 'flip', 'cut', 'insert', 'repeat'),
  // Values at which counts and offsets turn over come more often.
  value: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat({ max: 255 })),
});

function applied(bytes: Uint8Array, { at, kind, value }: Change): Uint8Array {
  const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
  switch (kind) {
    case 'set':
      return bytes.with(place, value);
    case 'flip':
      return bytes.with(place, bytes[place]! ^ (1 << (value % 8)));
    case 'cut':
      return Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + value)]);
    case 'insert':
      return Uint8Array.from([...bytes.subarray(0, place), value, ...bytes.subarray(place)]);
    case 'repeat':
      return Uint8Array.from([...bytes.subarray(0, place + value), ...bytes.subarray(place)]);
    default:
      return bytes;
  }
}

describe('fuzzed checkpoints', () => {
  it('are read when nothing is changed', async () => {
    const outcomes = await Promise.all(seeds.slice(4).map(([, bytes]) => readAll(bytes)));
    expect(outcomes).toEqual(outcomes.map(() => 'read'));
  });

  it.each(seeds)('end well: changes of %s', async (_, bytes) => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const changed = changes.reduce(
          (before, next) => (before.length > 0 ? applied(before, next) : before),
          bytes,
        );
        outcomes.add(await readAll(changed));
      }),
      { seed, numRuns: 400 },
    );
    expect(outcomes).toContain('refused');
  });

  it.each(seeds)('end well: %s cut off anywhere', async (_, bytes) => {
    for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 150)) {
      expect(await readAll(bytes.subarray(0, length))).toBe('refused');
    }
  });

  const start = fc.constantFrom('', 'PK\x03\x04', '\x80\x02\x8a', '\x08\x07:', '\x02\0\0\0\0\0\0\0{');

  it('end well: random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 300 }), async (head, bytes) => {
        await readAll(Uint8Array.from([...Buffer.from(head, 'latin1'), ...bytes]));
      }),
      { seed, numRuns: 1500 },
    );
  });

  it('end well: random headers of safetensors', async () => {
    const entry = fc.record(
      {
        dtype: fc.constantFrom('F32', 'F16', 'I64', 'U8', '__proto__', 'constructor'),
        shape: fc.oneof(fc.array(fc.integer({ min: -1, max: 5 }), { maxLength: 4 }), fc.anything()),
        data_offsets: fc.oneof(fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 3 }), fc.anything()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ maxLength: 4 }), fc.oneof(entry, fc.anything())),
        async (header) => {
          const text = JSON.stringify(header, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value));
          await readAll(withHeader(text, [new Uint8Array(16)]));
        },
      ),
      { seed, numRuns: 600 },
    );
  });

  it('end well: random programs for the pickle machine', async () => {
    // Known instructions come often enough to get deep.
    const instruction = fc.oneof(
      fc
        .constantFrom(0x28, 0x29, 0x4e, 0x51, 0x52, 0x5d, 0x61, 0x62, 0x65, 0x73, 0x74, 0x75, 0x7d)
        .map((code) => [code]),
      fc.constantFrom(0x85, 0x86, 0x87, 0x88, 0x8f, 0x90, 0x93, 0x94).map((code) => [code]),
      fc.tuple(fc.constantFrom(0x4b, 0x68, 0x71), fc.nat({ max: 4 })),
      fc.tuple(fc.constant(0x8a), fc.constant(2), fc.nat({ max: 255 }), fc.nat({ max: 255 })),
      fc
        .constantFrom(
          'torch._utils\n_rebuild_tensor_v2\n',
          'torch\nFloatStorage\n',
          'collections\nOrderedDict\n',
        )
        .map((name) => [0x63, ...Buffer.from(name)]),
      fc.constantFrom('storage', '0', 'w').map((text) => [0x58, text.length, 0, 0, 0, ...Buffer.from(text)]),
      fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => [...bytes]),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(instruction, { maxLength: 60 }), async (program) => {
        const pickle = Uint8Array.from([0x80, 2, ...program.flat(), 0x2e]);
        await readAll(writeTorchEntries(pickle, [{ name: 'archive/data/0', bytes: new Uint8Array(16) }]));
      }),
      { seed, numRuns: 1500 },
    );
  });

  const bombs: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
    ['a long list made a dictionary again and again', dictionariesOfOneList, /same values too often/],
    ['a long shape used again and again', tensorsOfOneShape, /values that are not known/],
    ['more dictionaries than any model', manyDictionaries, /too many dictionaries/],
    ['dictionaries in one another', deepDictionaries, /too deep/],
    ['a long name of numbers', longStorageName, /storage in a way/],
  ];

  // Before there were limits, the first took all memory and the others half a minute each.
  it.each(bombs)('end in time: %s', async (_, program, reason) => {
    const bytes = writeTorchEntries(program(), [{ name: 'archive/data/0', bytes: new Uint8Array(16) }]);
    await expect(openCheckpoint(bytesSource(bytes))).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      what: expect.stringMatching(reason),
    });
  });

  it('end in time: as many instructions as fit', () => {
    for (const unit of [[0x28], [0x7d], [0x5d, 0x94], [0x29], [0x28, 0x74], [0x4b, 1, 0x85]]) {
      const program = Uint8Array.from({ length: 4_000_000 }, (_, index) => unit[index % unit.length]!);
      expect(() => readPickle(program, torchMeaning)).toThrow(/too many instructions/);
    }
  });
});

const MARK = 0x28;
const REDUCE = 0x52;

function pickledText(words: string): number[] {
  return [0x58, ...new Uint8Array(new Uint32Array([words.length]).buffer), ...Buffer.from(words)];
}

function repeated(count: number, unit: (index: number) => readonly number[]): number[] {
  return Array.from({ length: count }, (_, index) => unit(index)).flat();
}

function pickled(...parts: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([0x80, 2, ...parts.flatMap((part) => part), 0x2e]);
}

const orderedDict = [0x63, ...Buffer.from('collections\nOrderedDict\n'), 0x71, 0];

/** [[('0', None), …]] is memo 1, and each call of it costs six bytes. */
function dictionariesOfOneList(): Uint8Array {
  const pairs = repeated(10_000, (index) => [...pickledText(String(index)), 0x4e, 0x86]);
  const list = [0x5d, MARK, ...pairs, 0x65, 0x85, 0x71, 1];
  const calls = repeated(60_000, () => [0x68, 0, 0x68, 1, REDUCE]);
  return pickled(orderedDict, list, [MARK], calls, [0x74]);
}

const floatStorage = [0x63, ...Buffer.from('torch\nFloatStorage\n')];

const storage = [
  MARK,
  ...pickledText('storage'),
  ...floatStorage,
  ...pickledText('0'),
  ...pickledText('cpu'),
  0x4b,
  4,
  0x74,
  0x51,
  0x71,
  2,
];

function tensorsOfOneShape(): Uint8Array {
  const shape = [MARK, ...repeated(250_000, () => [0x4b, 1]), 0x74, 0x71, 1];
  const rebuild = [0x63, ...Buffer.from('torch._utils\n_rebuild_tensor_v2\n'), 0x71, 3];
  const call = [0x68, 3, MARK, 0x68, 2, 0x4b, 0, 0x68, 1, 0x68, 1, 0x74, REDUCE];
  return pickled(
    shape,
    storage,
    rebuild,
    [MARK],
    repeated(30_000, () => call),
    [0x74],
  );
}

function manyDictionaries(): Uint8Array {
  const key = (index: number): number[] => [0x4a, ...new Uint8Array(new Uint32Array([index]).buffer)];
  return pickled(
    [0x7d, MARK],
    repeated(140_000, (index) => [...key(index), 0x7d]),
    [0x75],
  );
}

function deepDictionaries(): Uint8Array {
  const depth = 100_000;
  return pickled(
    repeated(depth, () => [0x7d, 0x4b, 1]),
    [0x4e],
    repeated(depth, () => [0x73]),
  );
}

function longStorageName(): Uint8Array {
  const name = pickledText('0'.repeat(60_000));
  return pickled(
    [MARK],
    pickledText('storage'),
    floatStorage,
    name,
    pickledText('cpu'),
    [0x4b, 4, 0x74, 0x51],
  );
}
