/** The header of a .safetensors file: https://github.com/huggingface/safetensors#format. */
import { elementCount } from '../models/graphManifest';
import {
  bytesPerElement,
  checkShape,
  MAX_TENSORS,
  rowMajorStrides,
  type CheckpointDtype,
  type CheckpointIndex,
  type TensorEntry,
} from './checkpointIndex';
import { CheckpointProblem, quoted, refuse } from './checkpointProblem';
import { repeatedKey } from './jsonKeys';
import type { ReadPlan } from './readPlan';
import { decodeUtf8 } from './utf8';

/** Thousands of tensors need a few hundred kB. */
const MAX_HEADER_BYTES = 4_000_000;
const LENGTH_BYTES = 8;

const dtypes: Readonly<Record<string, CheckpointDtype>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

/** Throws a CheckpointProblem. */
export function* readSafetensors(sizeBytes: number): ReadPlan<CheckpointIndex> {
  if (sizeBytes < LENGTH_BYTES) {
    refuse('it is too short');
  }
  const lengthBytes = yield { offset: 0, lengthBytes: LENGTH_BYTES };
  const headerBytes = uint64(lengthBytes);
  if (headerBytes > MAX_HEADER_BYTES) {
    refuse(`its header would have ${headerBytes} bytes`);
  }
  const dataStart = LENGTH_BYTES + headerBytes;
  if (dataStart > sizeBytes) {
    refuse('its header is cut off');
  }
  const text = decodeUtf8(yield { offset: LENGTH_BYTES, lengthBytes: headerBytes });
  const group = parseHeader(text, dataStart, sizeBytes - dataStart);
  return { container: 'safetensors', groups: new Map([['', group]]) };
}

function uint64(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
}

function parseHeader(text: string, dataStart: number, dataBytes: number): Map<string, TensorEntry> {
  const header = parseObject(text);
  const repeated = repeatedKey(text);
  if (repeated !== null) {
    refuse(`the name ${quoted(repeated)} stands twice in it`);
  }
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  if (names.length > MAX_TENSORS) {
    refuse(`it lists ${names.length} tensors`);
  }
  const places = names.map((name) => placeOf(name, header[name], dataStart));
  let end = 0;
  for (const { name, entry, start, size } of places.toSorted(
    (a, b) => a.start - b.start || a.size - b.size,
  )) {
    if (start !== end) {
      refuse(`${quoted(name)} ${start < end ? 'lies over another tensor' : 'has a hole before it'}`);
    }
    if (elementCount(entry.shape) * bytesPerElement(entry.dtype) !== size) {
      refuse(`${quoted(name)} has ${size} bytes, which is not what its shape needs`);
    }
    end = start + size;
  }
  if (end !== dataBytes) {
    refuse(end > dataBytes ? 'its end is cut off' : 'there are bytes behind its last tensor');
  }
  return new Map(places.map(({ name, entry }) => [name, entry]));
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let header: unknown = null;
  try {
    header = JSON.parse(text);
  } catch {
    throw new CheckpointProblem('its header is no JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    refuse('its header is no list of tensors');
  }
  return header as Record<string, unknown>;
}

type Place = {
  readonly name: string;
  readonly entry: TensorEntry;
  readonly start: number;
  readonly size: number;
};

function placeOf(name: string, value: unknown, dataStart: number): Place {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof dtype !== 'string') {
    refuse(`${quoted(name)} does not say which type it has`);
  }
  const known = Object.hasOwn(dtypes, dtype) ? dtypes[dtype] : undefined;
  if (!known) {
    refuse(`${quoted(name)} has the type ${quoted(dtype)}, which is not read here`);
  }
  if (!Array.isArray(shape)) {
    refuse(`${quoted(name)} has no shape`);
  }
  checkShape(name, shape);
  const [start, end, ...more] = Array.isArray(offsets) ? (offsets as unknown[]) : [];
  if (!isOffset(start) || !isOffset(end) || end < start || more.length > 0) {
    refuse(`${quoted(name)} does not say where it lies`);
  }
  const part = { kind: 'stretch' as const, offset: dataStart + start, sizeBytes: end - start };
  const entry = { dtype: known, shape, strides: rowMajorStrides(shape), offset: 0, part };
  return { name, entry, start, size: end - start };
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
