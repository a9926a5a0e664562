/** What names of code in a checkpoint of PyTorch mean: tensors and plain containers, and nothing else. */
import {
  bytesPerElement,
  checkShape,
  MAX_RANK,
  MAX_TENSORS,
  type CheckpointDtype,
  type CheckpointPart,
  type TensorEntry,
  type TensorGroup,
} from './checkpointIndex';
import { quoted, refuse } from './checkpointProblem';
import {
  isDict,
  isList,
  isObject,
  isTuple,
  type Charge,
  type PickleKey,
  type PickleMeaning,
  type PickleObject,
  type PickleValue,
} from './pickleValues';

/** A run of numbers that several tensors may share. */
export type TorchStorage = {
  readonly key: string;
  /** Null for bytes whose type the tensor tells. */
  readonly dtype: CheckpointDtype | null;
  readonly sizeBytes: number;
};

/** Where the bytes of a storage lie. Throws a CheckpointProblem when they do not. */
export type PlaceStorage = (storage: TorchStorage) => CheckpointPart;

class Global {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

class Storage {
  readonly storage: TorchStorage;

  constructor(storage: TorchStorage) {
    this.storage = storage;
  }
}

class TorchTensor {
  readonly entry: Omit<TensorEntry, 'part'>;
  readonly storage: TorchStorage;

  constructor(entry: Omit<TensorEntry, 'part'>, storage: TorchStorage) {
    this.entry = entry;
    this.storage = storage;
  }
}

const storageTypes: Readonly<Record<string, CheckpointDtype | null>> = {
  'torch.DoubleStorage': 'float64',
  'torch.FloatStorage': 'float32',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
  'torch.storage.UntypedStorage': null,
  'torch.UntypedStorage': null,
};

const dtypes: Readonly<Record<string, CheckpointDtype>> = {
  'torch.float64': 'float64',
  'torch.float32': 'float32',
  'torch.float16': 'float16',
  'torch.bfloat16': 'bfloat16',
  'torch.int64': 'int64',
  'torch.int32': 'int32',
  'torch.int16': 'int16',
  'torch.int8': 'int8',
  'torch.uint8': 'uint8',
  'torch.bool': 'bool',
};

const functions: Readonly<Record<string, (args: readonly PickleValue[], charge: Charge) => PickleValue>> = {
  'collections.OrderedDict': orderedDict,
  'torch._utils._rebuild_tensor': rebuildTensor,
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
  'torch._utils._rebuild_tensor_v3': rebuildTensor,
  'torch._utils._rebuild_parameter': rebuildParameter,
  'torch._utils._rebuild_parameter_with_state': rebuildParameter,
  'torch._tensor._rebuild_from_type_v2': rebuildFromType,
  'torch.Size': ([sizes]) => (isTuple(sizes) || isList(sizes) ? sizes : unexpected('torch.Size')),
  'torch.device': () => null,
  'torch.serialization._get_layout': () => null,
};

/** More dictionaries, and deeper ones, than any known checkpoint has, also with the state of its optimizer. */
const MAX_DICTIONARIES = 50_000;
const MAX_PATH_LENGTH = 1000;
/** PyTorch's are numbers. */
const MAX_STORAGE_KEY_LENGTH = 100;

/** Types that may be named, never called. */
const types = ['torch.Tensor', 'torch.nn.parameter.Parameter'];

/** The one set of names of code that a checkpoint may use. */
export const torchMeaning: PickleMeaning = {
  global(name) {
    // Python 2 wrote names of its own for the same module.
    const isKnown =
      Object.hasOwn(functions, name) ||
      Object.hasOwn(storageTypes, name) ||
      Object.hasOwn(dtypes, name) ||
      types.includes(name);
    if (!isKnown) {
      refuse(`it names ${quoted(name)}, which could run code and is not needed for weights`);
    }
    return object(new Global(name));
  },
  persistent(id) {
    const [tag, type, key, , count] = isTuple(id) ? id.items : [];
    const name = globalName(type);
    const elements = name !== null && Object.hasOwn(storageTypes, name) ? storageTypes[name] : undefined;
    const isKey = typeof key === 'string' && key.length <= MAX_STORAGE_KEY_LENGTH;
    if (tag !== 'storage' || elements === undefined || !isKey || !isCount(count)) {
      refuse('it names a storage in a way that is not known');
    }
    const sizeBytes = count * (elements === null ? 1 : bytesPerElement(elements));
    return object(new Storage({ key, dtype: elements, sizeBytes }));
  },
  call(callee, args, charge) {
    const name = globalName(callee);
    const call = name !== null && Object.hasOwn(functions, name) ? functions[name] : undefined;
    return call
      ? call(args, charge)
      : refuse(`it calls ${name === null ? 'what is no function' : quoted(name)}`);
  },
  build(target) {
    // The state of a state_dict is `_metadata`: versions of modules, which weights do not need.
    if (!isDict(target) && !tensorOf(target)) {
      refuse('it sets the state of an object that is neither dictionary nor tensor');
    }
  },
};

/** The tensors of a checkpoint by the dictionaries they lie in. */
export function torchGroups(root: PickleValue, place: PlaceStorage): Map<string, TensorGroup> {
  const groups = new Map<string, TensorGroup>();
  const seen = new Set<PickleValue>();
  const pending: { readonly path: string; readonly value: PickleValue }[] = [{ path: '', value: root }];
  let count = 0;
  // An array that is iterated gives also what is appended meanwhile.
  for (const { path, value } of pending) {
    if (!isDict(value) || seen.has(value)) {
      continue;
    }
    seen.add(value);
    const group = new Map<string, TensorEntry>();
    for (const [key, inner] of value.entries) {
      const tensor = tensorOf(inner);
      if (tensor && typeof key === 'string') {
        group.set(key, placed(key, tensor, place));
        count += 1;
      } else if (isDict(inner)) {
        pending.push({ path: joined(path, key), value: inner });
      }
    }
    if (group.size > 0) {
      groups.set(path, group);
    }
    if (count > MAX_TENSORS) {
      refuse('it lists too many tensors');
    }
    if (pending.length > MAX_DICTIONARIES) {
      refuse('it has too many dictionaries');
    }
  }
  return groups;
}

function joined(path: string, key: PickleKey): string {
  const name = path === '' ? String(key) : `${path}/${String(key)}`;
  return name.length <= MAX_PATH_LENGTH ? name : refuse('its dictionaries lie too deep in one another');
}

function placed(name: string, { entry, storage }: TorchTensor, place: PlaceStorage): TensorEntry {
  const { shape, strides, offset, dtype } = entry;
  checkShape(name, shape);
  const isEmpty = shape.includes(0);
  const last = shape.reduce((index, size, axis) => index + (size - 1) * strides[axis]!, offset);
  if (!isEmpty && (last + 1) * bytesPerElement(dtype) > storage.sizeBytes) {
    refuse(`${quoted(name)} reaches over the end of its storage`);
  }
  return { ...entry, part: place(storage) };
}

function object(value: object): PickleObject {
  return { kind: 'object', value };
}

function globalName(value: PickleValue | undefined): string | null {
  return isObject(value) && value.value instanceof Global ? value.value.name : null;
}

function tensorOf(value: PickleValue | undefined): TorchTensor | null {
  return isObject(value) && value.value instanceof TorchTensor ? value.value : null;
}

function isCount(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function unexpected(name: string): never {
  return refuse(`it calls ${name} with values that are not known`);
}

function orderedDict([pairs]: readonly PickleValue[], charge: Charge): PickleValue {
  const entries = new Map<PickleKey, PickleValue>();
  const items = isList(pairs) ? pairs.items : [];
  charge(items.length);
  for (const pair of items) {
    const [key, value] = isList(pair) || isTuple(pair) ? pair.items : [];
    if (typeof key !== 'string' || value === undefined || entries.has(key)) {
      unexpected('OrderedDict');
    }
    entries.set(key, value);
  }
  return { kind: 'dict', entries };
}

/** (storage, offset, sizes, strides, requires_grad, hooks), and of version 3 also the type. */
function rebuildTensor(args: readonly PickleValue[], charge: Charge): PickleValue {
  const [storage, offset, sizes, strides, , , dtype] = args;
  const shape = isTuple(sizes) ? sizes.items : [null];
  const steps = isTuple(strides) ? strides.items : [];
  charge(Math.min(shape.length, MAX_RANK));
  const isPlace =
    isCount(offset) &&
    shape.length <= MAX_RANK &&
    shape.length === steps.length &&
    shape.every(isCount) &&
    steps.every(isCount);
  if (!isObject(storage) || !(storage.value instanceof Storage) || !isPlace) {
    unexpected('_rebuild_tensor');
  }
  const name = globalName(dtype);
  const type = storage.value.storage.dtype ?? (name !== null ? dtypes[name] : undefined);
  if (type === undefined) {
    refuse(`it has a tensor of the type ${quoted(String(name))}, which is not read here`);
  }
  const entry = { dtype: type, shape: shape as number[], strides: steps as number[], offset };
  return object(new TorchTensor(entry, storage.value.storage));
}

function rebuildParameter([data]: readonly PickleValue[]): PickleValue {
  return tensorOf(data) ? data! : unexpected('_rebuild_parameter');
}

/** (function, type, arguments, state): a tensor of a subclass, which has the numbers of a plain one. */
function rebuildFromType([callee, , args]: readonly PickleValue[], charge: Charge): PickleValue {
  const name = globalName(callee);
  const isRebuild = name?.startsWith('torch._utils._rebuild_') ?? false;
  return isRebuild && isTuple(args)
    ? functions[name!]!(args.items, charge)
    : unexpected('_rebuild_from_type_v2');
}
