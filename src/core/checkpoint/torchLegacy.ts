/** A checkpoint in the format of PyTorch before 1.6: pickles one behind the other, then the numbers. */
import { bytesPerElement, type CheckpointIndex, type CheckpointPart } from './checkpointIndex';
import { quoted, refuse } from './checkpointProblem';
import { readPickle } from './pickleReader';
import { isList, type PickleMeaning, type PickleValue } from './pickleValues';
import type { ReadPlan } from './readPlan';
import { torchGroups, torchMeaning, type TorchStorage } from './torchPickle';
import { MAX_PICKLE_BYTES } from './torchZip';

/** torch/serialization.py, MAGIC_NUMBER and PROTOCOL_VERSION. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;
const MAX_STORAGES = 50_000;

const noMeaning: PickleMeaning = {
  global: (name) => refuse(`it names ${quoted(name)} where only plain values belong`),
  persistent: () => refuse('it names a storage where only plain values belong'),
  call: () => refuse('it calls a function where only plain values belong'),
  build: () => refuse('it sets the state of an object where only plain values belong'),
};

/** Throws a CheckpointProblem. */
export function* readTorchLegacy(sizeBytes: number): ReadPlan<CheckpointIndex> {
  const head = yield { offset: 0, lengthBytes: Math.min(sizeBytes, MAX_PICKLE_BYTES) };
  const sizes = new Map<string, TorchStorage>();
  const meaning: PickleMeaning = {
    ...torchMeaning,
    persistent(id) {
      const value = torchMeaning.persistent(id);
      const { storage } = (value as { value: { storage: TorchStorage } }).value;
      sizes.set(storage.key, storage);
      return value;
    },
  };
  let at = 0;
  const next = (means: PickleMeaning): PickleValue => {
    const { value, end } = readPickle(head, means, at);
    at = end;
    return value;
  };
  if (next(noMeaning) !== MAGIC) {
    refuse('it is a pickle, but no checkpoint of PyTorch');
  }
  if (next(noMeaning) !== VERSION) {
    refuse('it is written in an unknown version of the old format of PyTorch');
  }
  next(noMeaning);
  const root = next(meaning);
  const keys = next(noMeaning);
  const parts = yield* readParts(isList(keys) ? keys.items : [], sizes, at, sizeBytes);
  const groups = torchGroups(
    root,
    ({ key }) => parts.get(key) ?? refuse(`the numbers ${quoted(key)} are missing`),
  );
  if (groups.size === 0) {
    refuse('no tensor is named in it');
  }
  return { container: 'pytorch', groups };
}

/** Each storage is its count of elements, in 8 bytes, and the elements. */
function* readParts(
  keys: readonly PickleValue[],
  sizes: ReadonlyMap<string, TorchStorage>,
  start: number,
  sizeBytes: number,
): ReadPlan<Map<string, CheckpointPart>> {
  const parts = new Map<string, CheckpointPart>();
  let at = start;
  for (const key of keys) {
    const storage = typeof key === 'string' ? sizes.get(key) : undefined;
    if (!storage || parts.has(storage.key) || parts.size > MAX_STORAGES) {
      refuse('its list of storages is damaged');
    }
    if (at + 8 + storage.sizeBytes > sizeBytes) {
      refuse('its end is cut off: the download may be incomplete');
    }
    const count = yield { offset: at, lengthBytes: 8 };
    const elements = new DataView(count.buffer, count.byteOffset, 8).getBigUint64(0, true);
    const elementBytes = storage.dtype === null ? 1 : bytesPerElement(storage.dtype);
    if (elements * BigInt(elementBytes) !== BigInt(storage.sizeBytes)) {
      refuse(`the numbers ${quoted(storage.key)} are not as many as it says`);
    }
    parts.set(storage.key, { kind: 'stretch', offset: at + 8, sizeBytes: storage.sizeBytes });
    at += 8 + storage.sizeBytes;
  }
  return parts;
}
