/** The weights in an ONNX file (onnx/onnx.proto): initialisers and large constants, found without reading it whole. */
import { elementCount } from '../models/graphManifest';
import {
  bytesPerElement,
  checkShape,
  isFloat,
  MAX_TENSORS,
  rowMajorStrides,
  type CheckpointDtype,
  type CheckpointIndex,
  type TensorEntry,
} from './checkpointIndex';
import { quoted, refuse } from './checkpointProblem';
import type { ReadPlan } from './readPlan';
import { decodeUtf8 } from './utf8';

/** More fields than this no model has; a file that is none could have one in every two bytes. */
const MAX_FIELDS = 2_000_000;
const MAX_NAME_BYTES = 4096;
/** Up to here constants are the sizes and factors of a graph, not its weights. */
const MIN_CONSTANT_ELEMENTS = 64;

/** TensorProto.DataType. */
const dtypes: Readonly<Record<number, CheckpointDtype>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};

/** Fields that hold numbers as bytes: raw_data of any type, float_data and double_data of their own. */
const RAW_DATA = 9;
const packedTypes: Readonly<Record<number, CheckpointDtype>> = { 4: 'float32', 10: 'float64' };

/** Fields that hold numbers in a way other than bytes as they are: int32_data, string_data, int64_data, uint64_data. */
const codedFields = [5, 6, 7, 11];

type Field = {
  readonly number: number;
  readonly wire: number;
  /** Of a number; for bytes, where they begin. */
  readonly value: number;
  readonly end: number;
};

/** Throws a CheckpointProblem. */
export function* readOnnx(sizeBytes: number): ReadPlan<CheckpointIndex> {
  const group = new Map<string, TensorEntry>();
  const budget = { fields: MAX_FIELDS };
  let hasGraph = false;
  for (let at = 0; at < sizeBytes;) {
    const field = yield* readField(at, sizeBytes, budget);
    if (field.number === 7 && field.wire === 2) {
      hasGraph = true;
      yield* readGraph(field.value, field.end, budget, group);
    }
    at = field.end;
  }
  if (!hasGraph || group.size === 0) {
    refuse(hasGraph ? 'its graph has no weights of its own' : 'it is no ONNX graph');
  }
  return { container: 'onnx', groups: new Map([['', group]]) };
}

function* readGraph(
  start: number,
  end: number,
  budget: { fields: number },
  group: Map<string, TensorEntry>,
): ReadPlan<void> {
  const constants: [string, TensorEntry][] = [];
  for (let at = start; at < end;) {
    const field = yield* readField(at, end, budget);
    if (field.number === 1 && field.wire === 2) {
      const constant = yield* readConstant(field, budget);
      if (constant) {
        constants.push(constant);
      }
    } else if (field.number === 5 && field.wire === 2) {
      const [name, entry] = yield* readTensor(field.value, field.end, budget);
      if (group.has(name)) {
        refuse(`the name ${quoted(name)} stands twice in it`);
      }
      if (entry) {
        group.set(name, entry);
      }
    }
    if (group.size + constants.length > MAX_TENSORS) {
      refuse('it lists too many tensors');
    }
    at = field.end;
  }
  for (const [name, entry] of constants) {
    group.set(name, group.get(name) ?? entry);
  }
}

/** The weight in a node `Constant`, under the name of its output; null for all other nodes and for small constants. */
function* readConstant(node: Field, budget: { fields: number }): ReadPlan<[string, TensorEntry] | null> {
  let output: Field | null = null;
  let attribute: Field | null = null;
  let isConstant = false;
  for (let at = node.value; at < node.end;) {
    const field = yield* readField(at, node.end, budget);
    if (field.wire === 2 && field.number === 2) {
      output = field;
    } else if (field.wire === 2 && field.number === 4) {
      isConstant = field.end - field.value === 8 && (yield* readName(field)) === 'Constant';
    } else if (field.wire === 2 && field.number === 5) {
      attribute = field;
    }
    at = field.end;
  }
  if (!isConstant || !output || !attribute) {
    return null;
  }
  for (let at = attribute.value; at < attribute.end;) {
    const field = yield* readField(at, attribute.end, budget);
    if (field.wire === 2 && field.number === 5) {
      const [, entry] = yield* readTensor(field.value, field.end, budget);
      const isWeight = entry && isFloat(entry.dtype) && elementCount(entry.shape) > MIN_CONSTANT_ELEMENTS;
      return isWeight ? [yield* readName(output), entry] : null;
    }
    at = field.end;
  }
  return null;
}

/** Null for an initialiser of a type that no weight has. */
function* readTensor(
  start: number,
  end: number,
  budget: { fields: number },
): ReadPlan<[string, TensorEntry | null]> {
  const shape: number[] = [];
  let name = '';
  let type = 0;
  let data: RawData | null = null;
  let isCoded = false;
  let isExternal = false;
  for (let at = start; at < end;) {
    const field = yield* readField(at, end, budget);
    const { number, wire, value } = field;
    at = field.end;
    if (number === 1) {
      yield* readDimensions(field, budget, shape);
    } else if (number === 2 && wire === 0) {
      type = value;
    } else if (number === 8 && wire === 2) {
      name = yield* readName(field);
    } else if ((number === RAW_DATA || number in packedTypes) && wire === 2) {
      isCoded ||= data !== null;
      data = { field: number, offset: value, sizeBytes: field.end - value };
    } else if (number === 13 || (number === 14 && value !== 0)) {
      isExternal = true;
    } else if (codedFields.includes(number) || number in packedTypes) {
      isCoded = true;
    }
  }
  checkShape(name, shape);
  return [name, tensorEntry(name, shape, { type, data, isCoded, isExternal })];
}

type RawData = { readonly field: number; readonly offset: number; readonly sizeBytes: number };

type RawTensor = {
  readonly type: number;
  readonly data: RawData | null;
  readonly isCoded: boolean;
  readonly isExternal: boolean;
};

function tensorEntry(name: string, shape: readonly number[], raw: RawTensor): TensorEntry | null {
  if (raw.isExternal) {
    refuse(`the numbers of ${quoted(name)} lie in another file, which is not read here`);
  }
  const dtype = dtypes[raw.type];
  if (!dtype || (raw.isCoded && raw.data === null)) {
    return null;
  }
  const { data } = raw;
  if (data && data.field !== RAW_DATA && packedTypes[data.field] !== dtype) {
    refuse(`${quoted(name)} is ${dtype}, and its numbers are written as those of another type`);
  }
  const isEmpty = elementCount(shape) === 0;
  const sizeBytes = elementCount(shape) * bytesPerElement(dtype);
  if (raw.isCoded || (data?.sizeBytes ?? 0) !== sizeBytes || (!data && !isEmpty)) {
    refuse(`${quoted(name)} has ${data?.sizeBytes ?? 0} bytes, which is not what its shape needs`);
  }
  const part = { kind: 'stretch' as const, offset: data?.offset ?? 0, sizeBytes };
  return { dtype, shape, strides: rowMajorStrides(shape), offset: 0, part };
}

/** One number, or several packed. */
function* readDimensions(field: Field, budget: { fields: number }, shape: number[]): ReadPlan<void> {
  if (field.wire === 0) {
    shape.push(field.value);
    return;
  }
  for (let at = field.value; at < field.end;) {
    const { value, end } = yield* readVarint(at, field.end);
    budget.fields -= 1;
    if (budget.fields < 0 || shape.length > 100) {
      refuse('it has too many fields');
    }
    shape.push(value);
    at = end;
  }
}

function* readName(field: Field): ReadPlan<string> {
  if (field.end - field.value > MAX_NAME_BYTES) {
    refuse('a name in it is too long');
  }
  return decodeUtf8(yield { offset: field.value, lengthBytes: field.end - field.value });
}

function* readField(at: number, limit: number, budget: { fields: number }): ReadPlan<Field> {
  budget.fields -= 1;
  if (budget.fields < 0) {
    refuse('it has too many fields');
  }
  const tag = yield* readVarint(at, limit);
  const number = Math.floor(tag.value / 8);
  const wire = tag.value % 8;
  if (number === 0) {
    refuse('it is no ONNX graph');
  }
  switch (wire) {
    case 0: {
      const { value, end } = yield* readVarint(tag.end, limit);
      return { number, wire, value, end };
    }
    case 1:
    case 5:
      return inside({ number, wire, value: tag.end, end: tag.end + (wire === 1 ? 8 : 4) }, limit);
    case 2: {
      const length = yield* readVarint(tag.end, limit);
      return inside({ number, wire, value: length.end, end: length.end + length.value }, limit);
    }
    default:
      return refuse('it is no ONNX graph');
  }
}

function inside(field: Field, limit: number): Field {
  return field.end <= limit ? field : refuse('its end is cut off: the download may be incomplete');
}

/** Lowest seven bits first. Numbers over 2^53 come out inexact, and no field of use here has them. */
function* readVarint(at: number, limit: number): ReadPlan<{ value: number; end: number }> {
  const bytes = yield { offset: at, lengthBytes: Math.min(10, limit - at) };
  let value = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    value += (bytes[index]! & 0x7f) * 2 ** (7 * index);
    if (bytes[index]! < 0x80) {
      return { value, end: at + index + 1 };
    }
  }
  return refuse('a number in it is cut off');
}
