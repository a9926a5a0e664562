/** Checkpoints as PyTorch 2.13, safetensors and ONNX write them are read to the bit, and code in them is refused. */
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runStart, viewOfTensor } from '../../core/checkpoint/tensorView';
import { nodeFileSource } from './__fixtures__/nodeFileSource';
import values from './__fixtures__/torch/values.json';
import { readFloats, readIntegers } from './__fixtures__/readTensors';
import { writePickle, type Pickled } from './__fixtures__/writePickle';
import {
  floatTensor,
  pickledStorage,
  pickledView,
  writePytorchZip,
  writeTorchEntries,
} from './__fixtures__/writePytorchZip';
import { float32Tensor, withHeader, writeSafetensors } from './__fixtures__/writeSafetensors';
import { writeZip } from './__fixtures__/writeZip';
import { bytesSource } from './byteSource';
import { openCheckpoint } from './openCheckpoint';

const folder = new URL('./__fixtures__/torch/', import.meta.url);

async function openFixture(name: string) {
  return await openCheckpoint(bytesSource(await readFile(new URL(name, folder)), name));
}

function textEntry(name: string, words = 'x') {
  return { name, bytes: new TextEncoder().encode(words) };
}

function open(bytes: Uint8Array) {
  return openCheckpoint(bytesSource(bytes, 'made.pth'));
}

describe('files that PyTorch and safetensors wrote', () => {
  it.each([
    ['flat.pt', '', 'pytorch'],
    ['nested.pth', 'model', 'pytorch'],
    ['legacy.pth', '', 'pytorch'],
    ['protocol4.pt', '', 'pytorch'],
    ['flat.safetensors', '', 'safetensors'],
  ])('%s: every tensor has its type, shape and numbers', async (name, root, container) => {
    const checkpoint = await openFixture(name);
    expect(checkpoint.container).toBe(container);
    const group = checkpoint.groups.get(root)!;
    expect([...group.keys()].toSorted()).toEqual(Object.keys(values).toSorted());
    for (const [tensor, expected] of Object.entries(values)) {
      const entry = group.get(tensor)!;
      expect([tensor, entry.dtype, entry.shape]).toEqual([tensor, expected.dtype, expected.shape]);
      const read = ['int64', 'bool'].includes(entry.dtype)
        ? await readIntegers(checkpoint, entry)
        : await readFloats(checkpoint, entry);
      expect([tensor, [...read]]).toEqual([tensor, expected.values.map(Math.fround)]);
    }
  });

  it('have views that are runs, and views that are not', async () => {
    const group = (await openFixture('flat.pt')).groups.get('')!;
    const starts = ['row', 'column', 'turned'].map((name) => runStart(viewOfTensor(group.get(name)!, [])));
    expect(starts).toEqual([6, null, null]);
  });

  it('have the state of modules left out', async () => {
    const { groups } = await openFixture('module.pth');
    expect([...groups.get('')!.keys()]).toContain('1.num_batches_tracked');
  });

  it('are refused by the name of the code when they hold a whole module', async () => {
    await expect(openFixture('wholeModule.pth')).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      what: expect.stringContaining('"torch.nn.modules.container.Sequential"'),
    });
  });

  it('are read from the disk as well', async () => {
    await using source = await nodeFileSource(new URL('flat.pt', folder).pathname);
    const checkpoint = await openCheckpoint(source);
    expect(await readFloats(checkpoint, checkpoint.groups.get('')!.get('row')!)).toHaveLength(6);
  });
});

it('are refused when a storage of the old format has another count of numbers than it says', async () => {
  const bytes = new Uint8Array(await readFile(new URL('legacy.pth', folder)));
  const { groups } = await open(bytes);
  const parts = [...groups.get('')!.values()].flatMap(({ dtype, part }) =>
    dtype === 'float32' && part.kind === 'stretch' && part.sizeBytes > 4 ? [part] : [],
  );
  // Each divides the bytes.
  for (const count of [1n, 2n]) {
    const changed = bytes.slice();
    new DataView(changed.buffer).setBigUint64(parts[0]!.offset - 8, count, true);
    await expect(open(changed)).rejects.toThrow(/not as many as it says/);
  }
});

it('are refused in another version of the old format', async () => {
  const bytes = new Uint8Array(await readFile(new URL('legacy.pth', folder)));
  // 1001 in two bytes.
  const at = Buffer.from(bytes).indexOf(Uint8Array.of(0x4d, 0xe9, 0x03, 0x2e));
  await expect(open(bytes.with(at + 1, 0xea))).rejects.toThrow(/unknown version/);
});

/** An ONNX file with one initialiser of two numbers: `type` as TensorProto says it, the numbers in `field`. */
function onnxWith(type: number, field: number, data: Uint8Array): Uint8Array {
  const tensor = [0x08, 2, 0x10, type, field * 8 + 2, data.length, ...data, 0x42, 1, 0x77];
  const graph = [0x2a, tensor.length, ...tensor];
  return Uint8Array.from([0x08, 7, 0x3a, graph.length, ...graph]);
}

describe('files that ONNX wrote', () => {
  it.each([
    ['float32 in double_data', 1, 10],
    ['float64 in float_data', 11, 4],
    ['float16 in float_data', 10, 4],
  ])('are refused with %s', async (_, type, field) => {
    const sizes: Record<number, number> = { 1: 8, 10: 4, 11: 16 };
    await expect(open(onnxWith(type, field, new Uint8Array(sizes[type]!)))).rejects.toThrow(
      /written as those of another type/,
    );
  });

  it('are read with the numbers in the fields of their types', async () => {
    const floats = new Float32Array([0.5, -3]);
    const doubles = new Float64Array([0.5, -3]);
    for (const bytes of [
      onnxWith(1, 9, new Uint8Array(floats.buffer)),
      onnxWith(1, 4, new Uint8Array(floats.buffer)),
      onnxWith(11, 10, new Uint8Array(doubles.buffer)),
    ]) {
      const checkpoint = await open(bytes);
      expect([...(await readFloats(checkpoint, checkpoint.groups.get('')!.get('w')!))]).toEqual([0.5, -3]);
    }
  });

  it('give the initialisers that are numbers as they are', async () => {
    const checkpoint = await openFixture('small.onnx');
    const group = checkpoint.groups.get('')!;
    expect([...group.keys()]).toEqual(['plain', 'floats', 'half']);
    expect([...(await readFloats(checkpoint, group.get('floats')!))]).toEqual([0.5, 1.5, -2]);
    expect([...(await readFloats(checkpoint, group.get('plain')!))]).toEqual(values.plain.values);
    expect(group.get('half')).toMatchObject({ dtype: 'float16', shape: [2, 3] });
  });

  it('give large constants under the names of their outputs', async () => {
    const checkpoint = await openFixture('constants.onnx');
    const group = checkpoint.groups.get('')!;
    expect([...group.keys()]).toEqual(['w', 'big_out']);
    expect((await readFloats(checkpoint, group.get('big_out')!))[79]).toBe(79 / 8);
  });

  it('are refused when the numbers lie elsewhere', async () => {
    await expect(openFixture('external.onnx')).rejects.toThrow(/another file/);
  });
});

describe('files as these tests write them', () => {
  const numbers = Float32Array.from({ length: 5000 }, (_, index) => index / 7);
  const tensors = { a: floatTensor([50, 100], numbers), b: floatTensor([2], new Float32Array([1, -2])) };

  it.each([
    ['stored', {}],
    ['deflated', { deflate: deflateRawSync }],
    ['with 64-bit fields', { zip64: true }],
    ['with a comment', { comment: 'PK\x05\x06 is no end' }],
    ['under keys', { root: ['state', 'model'] }],
  ])('are read: %s', async (_, options) => {
    const checkpoint = await open(writePytorchZip(tensors, options));
    const group = checkpoint.groups.get('root' in options ? 'state/model' : '')!;
    expect(await readFloats(checkpoint, group.get('a')!)).toEqual(numbers);
    expect([...(await readFloats(checkpoint, group.get('b')!))]).toEqual([1, -2]);
  });

  it('are read: safetensors', async () => {
    const bytes = writeSafetensors({ a: float32Tensor([5000], numbers) }, { format: 'pt' });
    const checkpoint = await open(bytes);
    expect(await readFloats(checkpoint, checkpoint.groups.get('')!.get('a')!)).toEqual(numbers);
  });
});

describe('pickles', () => {
  const storage = pickledStorage('FloatStorage', '0', 4);
  const view = (offset: number, shape: number[], strides: number[]): Pickled =>
    pickledView(storage, offset, shape, strides);
  const file = (value: Pickled, floats = 4): Uint8Array =>
    writeTorchEntries(writePickle(value), [{ name: 'archive/data/0', bytes: new Uint8Array(floats * 4) }]);
  const dict = (value: Pickled): Pickled => ({ dict: [['w', value]] });

  it('are read when they hold plain tensors', async () => {
    const { groups } = await open(file(dict(view(0, [2, 2], [2, 1]))));
    expect(groups.get('')!.get('w')!.shape).toEqual([2, 2]);
  });

  it.each<[string, Pickled, RegExp]>([
    ['a command', { call: 'os.system', args: ['true'] }, /"os\.system"/],
    ['evaluation', { call: 'builtins.eval', args: ['1'] }, /"builtins\.eval"/],
    ['a nested load', { call: 'torch.storage._load_from_bytes', args: [] }, /_load_from_bytes/],
    ['a name that objects have', { global: 'toString.constructor' }, /"toString\.constructor"/],
    ['a called type', { call: 'torch.Tensor', args: [] }, /calls "torch\.Tensor"/],
    ['INST', { raw: new TextEncoder().encode('(ios\nsystem\n') }, /INST/],
    ['OBJ', { raw: Uint8Array.from([0x28, 0x6f]) }, /OBJ/],
    ['NEWOBJ', { raw: Uint8Array.from([0x81]) }, /NEWOBJ/],
    ['an extension', { raw: Uint8Array.from([0x82, 1]) }, /EXT1/],
    ['persistent text', { raw: Uint8Array.from([0x50, 0x31, 0x0a]) }, /PERSID/],
    ['an unknown instruction', { raw: Uint8Array.from([0xff]) }, /0xff/],
    ['a forgotten value', { raw: Uint8Array.from([0x68, 9]) }, /not there/],
    ['a storage out of the file', view(0, [4], [1_000_000]), /end of its storage/],
    ['a view behind the end', view(1, [4], [1]), /end of its storage/],
    ['a huge shape', view(0, [2 ** 30, 2 ** 30], [0, 0]), /elements/],
    ['sizes that are none', pickledView(storage, -1, [4], [1]), /values that are not known/],
    ['strides that are none', view(3, [4], [-1]), /values that are not known/],
    [
      'a tensor that is made by no maker of tensors',
      {
        call: 'torch._tensor._rebuild_from_type_v2',
        args: [{ global: 'torch.FloatStorage' }, null, { tuple: [] }, null],
      },
      /_rebuild_from_type_v2 with values/,
    ],
    [
      'a missing storage',
      pickledView(pickledStorage('FloatStorage', '7', 4), 0, [4], [1]),
      /"7" are missing/,
    ],
    ['a long storage', pickledView(pickledStorage('FloatStorage', '0', 3), 0, [3], [1]), /instead of 12/],
    ['a short storage', pickledView(pickledStorage('FloatStorage', '0', 9), 0, [4], [1]), /instead of 36/],
    ['an unknown type', pickledView(pickledStorage('QInt8Storage', '0', 4), 0, [4], [1]), /QInt8Storage/],
  ])('are refused with %s', async (_, value, reason) => {
    await expect(open(file(dict(value)))).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      what: expect.stringMatching(reason),
      safe: expect.stringContaining('Nothing'),
    });
  });

  it('are read when tensors have no elements', async () => {
    const none = pickledView(pickledStorage('FloatStorage', '1', 0), 0, [3, 0], [1, 1]);
    const bytes = writeTorchEntries(writePickle(dict(none)), [
      { name: 'archive/data/1', bytes: new Uint8Array(0) },
    ]);
    expect((await open(bytes)).groups.get('')!.get('w')!.shape).toEqual([3, 0]);
  });

  it('are refused when a bit of them is another, though they can be read', async () => {
    for (const deflate of [undefined, (bytes: Uint8Array) => deflateRawSync(bytes.map(turned))]) {
      const pickle = writePickle({ dict: [['Aw', view(0, [4], [1])]] });
      const entries = [{ name: 'archive/data/0', bytes: new Uint8Array(16) }];
      const bytes = writeTorchEntries(pickle, entries, deflate);
      const at = Buffer.from(bytes).indexOf('Aw');
      await expect(open(deflate ? bytes : bytes.with(at, 0x42))).rejects.toThrow(/CRC-32/);
    }
    // The name alone becomes another one.
    function turned(byte: number): number {
      return byte === 0x41 ? 0x42 : byte;
    }
  });

  it('are refused with something behind their end', async () => {
    const longer = Uint8Array.from([...writePickle(dict(view(0, [4], [1]))), 0x4e]);
    const bytes = writeTorchEntries(longer, [{ name: 'archive/data/0', bytes: new Uint8Array(16) }]);
    await expect(open(bytes)).rejects.toThrow(/bytes behind the end/);
  });

  it('are refused with a name that stands twice', async () => {
    const tensor = view(0, [4], [1]);
    const twice = {
      dict: [
        ['w', tensor],
        ['w', tensor],
      ],
    } as const;
    await expect(open(file(twice))).rejects.toThrow(/"w" stands twice/);
  });

  it('are read in time when they hold the same dictionary again and again', async () => {
    let value: Pickled = dict(view(0, [4], [1]));
    // Each level is two references to the one below: 2^40 ways lead to the tensor.
    const memo = (index: number, inner: Pickled): Pickled => ({
      dict: [
        ['a', { raw: bytesOf(inner, [0x71, index]) }],
        ['b', { raw: Uint8Array.from([0x68, index]) }],
      ],
    });
    for (let index = 0; index < 40; index += 1) {
      value = memo(index, value);
    }
    const { groups } = await open(file(value));
    expect(groups.size).toBe(1);
  });

  function bytesOf(value: Pickled, more: number[]): Uint8Array {
    return Uint8Array.from([...writePickle(value).slice(2, -1), ...more]);
  }
});

describe('ZIP files', () => {
  const pickle = { name: 'archive/data.pkl', bytes: writePickle({ dict: [] }) };

  it.each<[string, Uint8Array, RegExp]>([
    ['of something else', writeZip([textEntry('readme.txt')]), /no checkpoint of PyTorch/],
    ['of a program', writeZip([pickle, textEntry('archive/constants.pkl')]), /TorchScript/],
    ['of another byte order', writeZip([pickle, textEntry('archive/byteorder', 'big')]), /"big"/],
    ['with a name that leads out', writeZip([pickle, textEntry('archive/../../x')]), /leads out/],
    ['with a name twice', writeZip([pickle, pickle]), /twice/],
    ['with nothing in it', writeZip([pickle]), /no tensor/],
    ['cut off', writeZip([pickle]).slice(0, -30), /end is missing/],
  ])('are refused: %s', async (_, bytes, reason) => {
    await expect(open(bytes)).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      what: expect.stringMatching(reason),
    });
  });

  it('are refused as bombs', async () => {
    const deflated = deflateRawSync(new Uint8Array(1_000_000));
    const bomb = { name: 'archive/data.pkl', bytes: new Uint8Array(0), deflated, claimedBytes: 1e12 };
    await expect(open(writeZip([bomb]))).rejects.toThrow(/says it grows/);
    const grows = { ...bomb, claimedBytes: 5000 };
    await expect(open(writeZip([grows]))).rejects.toThrow(/larger than it says|pickle instruction/);
    const large = { ...bomb, deflated: deflateRawSync(new Uint8Array(5_000_000)), claimedBytes: 5_000_000 };
    await expect(open(writeZip([large]))).rejects.toThrow(/would have 5000000 bytes/);
  });
});

describe('safetensors', () => {
  const floats = new Uint8Array(8);
  const entry = (start: number, end: number, shape = [(end - start) / 4]): object => ({
    dtype: 'F32',
    shape,
    data_offsets: [start, end],
  });
  it.each<[string, string, RegExp]>([
    ['no JSON', '{"a": ', /no JSON/],
    ['a number for a tensor', '{"a": 1}', /which type/],
    ['a tensor over another', JSON.stringify({ a: entry(0, 8), b: entry(4, 8) }), /lies over/],
    ['a hole', JSON.stringify({ a: entry(0, 4) }), /behind its last/],
    ['a hole before a tensor', JSON.stringify({ a: entry(4, 8) }), /hole before it/],
    ['a tensor behind the end', JSON.stringify({ a: entry(0, 16) }), /cut off/],
    ['a wrong size', JSON.stringify({ a: entry(0, 8, [3]) }), /shape needs/],
    ['a huge shape', JSON.stringify({ a: entry(0, 8, [2 ** 52, 2 ** 52]) }), /elements/],
    [
      'a huge shape behind a zero',
      JSON.stringify({ a: entry(0, 8), b: entry(8, 8, [0, 2 ** 52, 2 ** 52]) }),
      /elements/,
    ],
    ['a negative size', JSON.stringify({ a: entry(0, 8, [-2]) }), /list of sizes/],
    ['an unknown type', JSON.stringify({ a: { ...entry(0, 8), dtype: 'F8_E4M3' } }), /"F8_E4M3"/],
    [
      'a name twice',
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"\\u0061":1}',
      /"a" stands twice/,
    ],
    [
      'a whole tensor twice',
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}',
      /"a" stands twice/,
    ],
  ])('are refused: %s', async (_, header, reason) => {
    await expect(open(withHeader(header, [floats]))).rejects.toMatchObject({
      code: 'checkpoint-unreadable',
      what: expect.stringMatching(reason),
    });
  });

  it('are refused with a header longer than they are', async () => {
    const bytes = withHeader('{}', []);
    new DataView(bytes.buffer).setBigUint64(0, 1_000_000n, true);
    await expect(open(bytes)).rejects.toThrow(/cut off/);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    await expect(open(bytes)).rejects.toThrow(/would have/);
  });
});

describe('other files', () => {
  it.each([
    ['', /empty/],
    ['<!DOCTYPE html><html>', /web page/],
    ['version https://git-lfs.github.com/spec/v1', /pointer/],
    ['hello', /neither/],
  ])('%j is refused with what it may be', async (text, reason) => {
    await expect(open(new TextEncoder().encode(text))).rejects.toThrow(reason);
  });

  it('say that they were cancelled', async () => {
    const source = bytesSource(new Uint8Array(9), 'x');
    await expect(openCheckpoint(source, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
