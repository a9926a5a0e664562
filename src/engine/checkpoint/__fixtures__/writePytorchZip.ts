/** Writes checkpoints in PyTorch's ZIP format for tests; `torch.load(weights_only=True)` reads them. */
import { writePickle, type Pickled } from './writePickle';
import { writeZip, type WrittenZipEntry, type ZipOptions } from './writeZip';

export type TorchTensor = {
  readonly type: 'FloatStorage' | 'HalfStorage' | 'BFloat16Storage' | 'DoubleStorage' | 'LongStorage';
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly bytes: Uint8Array;
};

const bytesPerElement = {
  FloatStorage: 4,
  HalfStorage: 2,
  BFloat16Storage: 2,
  DoubleStorage: 8,
  LongStorage: 8,
} as const;

export type TorchZipOptions = ZipOptions & {
  /** Keys that lead to the state_dict, outer first. */
  readonly root?: readonly string[];
  /** Makes deflated bytes of an entry; stored when left out. */
  readonly deflate?: (bytes: Uint8Array) => Uint8Array;
};

export function floatTensor(shape: readonly number[], values: Float32Array): TorchTensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { type: 'FloatStorage', shape, bytes };
}

export function writePytorchZip(
  tensors: Readonly<Record<string, TorchTensor>>,
  { root = [], deflate, ...options }: TorchZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const named = Object.entries(tensors);
  const stateDict: Pickled = {
    dict: named.map(([name, tensor], key) => [name, pickledTensor(tensor, String(key))]),
  };
  const value = root.reduceRight<Pickled>((inner, key) => ({ dict: [[key, inner]] }), stateDict);
  const storages = named.map(([, { bytes }], key) => ({ name: `archive/data/${key}`, bytes }));
  return writeTorchEntries(writePickle(value), storages, deflate, options);
}

/** Any pickle before any storages, also what no writer would write. */
export function writeTorchEntries(
  pickle: Uint8Array,
  storages: readonly WrittenZipEntry[],
  deflate?: (bytes: Uint8Array) => Uint8Array,
  options: ZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const entries = [
    { name: 'archive/data.pkl', bytes: pickle },
    textEntry('archive/byteorder', 'little'),
    ...storages,
    textEntry('archive/version', '3\n'),
  ];
  return writeZip(
    entries.map((entry) => (deflate ? { ...entry, deflated: deflate(entry.bytes) } : entry)),
    { align: 64, ...options },
  );
}

function textEntry(name: string, words: string): WrittenZipEntry {
  return { name, bytes: new TextEncoder().encode(words) };
}

export function pickledTensor({ type, shape, bytes }: TorchTensor, key: string): Pickled {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const count = bytes.length / bytesPerElement[type];
  return pickledView(pickledStorage(type, key, count), 0, shape, strides);
}

export function pickledStorage(type: string, key: string, count: number): Pickled {
  return { persistent: { tuple: ['storage', { global: `torch.${type}` }, key, 'cpu', count] } };
}

export function pickledView(
  storage: Pickled,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Pickled {
  const hooks: Pickled = { call: 'collections.OrderedDict', args: [] };
  const args: Pickled[] = [storage, offset, { tuple: shape }, { tuple: strides }, false, hooks];
  return { call: 'torch._utils._rebuild_tensor_v2', args };
}
