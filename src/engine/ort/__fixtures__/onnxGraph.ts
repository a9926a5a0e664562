/** An ONNX file's nodes, types and weights (onnx/onnx.proto), as far as tests of operators ask. */

export type AttributeValue = number | string | readonly number[] | null;

export type OnnxNode = {
  readonly op: string;
  /** '' is ONNX' own. */
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Numbers, texts and lists of whole numbers; null for all others. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
};

type OnnxTensor = {
  readonly name: string;
  /** TensorProto.DataType. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly isExternal: boolean;
};

export type OnnxGraph = {
  /** Domain -> version. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly nodes: readonly OnnxNode[];
  /** Name -> TensorProto.DataType: inputs, weights, and what nodes make of them. */
  readonly types: ReadonlyMap<string, number>;
};

/** Of TensorProto.DataType. */
const typeNames: Readonly<Record<number, string>> = {
  1: 'float32',
  2: 'uint8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
};

const FLOAT32 = 1;
const INT64 = 7;
const BOOL = 9;

export function typeName(type: number | undefined): string {
  return typeNames[type ?? 0] ?? `type ${type}`;
}

export function readOnnxGraph(file: Uint8Array): OnnxGraph {
  const opsets = new Map<string, number>();
  const nodes: OnnxNode[] = [];
  const types = new Map<string, number>();
  for (const field of fieldsOf(file)) {
    if (field.number === 8) {
      const domain = partOf(field.bytes, 1);
      opsets.set(domain ? textOf(domain.bytes) : '', partOf(field.bytes, 2)!.value);
    } else if (field.number === 7) {
      for (const part of fieldsOf(field.bytes)) {
        if (part.number === 1) {
          nodes.push(readNode(part.bytes));
        } else if (part.number === 5) {
          const { name, type } = readTensor(part.bytes);
          types.set(name, type);
        } else if (part.number === 11) {
          const { name, type } = readInput(part.bytes);
          types.set(name, type);
        }
      }
    }
  }
  nodes.forEach((node) => addTypes(node, types));
  return { opsets, nodes, types };
}

/**
 * The same graph with every external weight as an input: where its nodes go can then be asked without weights. What only
 * constants allow (folding, some fusions) does not happen in it.
 */
export function withWeightsAsInputs(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const field of fieldsOf(file)) {
    if (field.number !== 7) {
      parts.push(field.whole);
      continue;
    }
    const graph: Uint8Array[] = [];
    for (const part of fieldsOf(field.bytes)) {
      const weight = part.number === 5 ? readTensor(part.bytes) : null;
      graph.push(weight?.isExternal ? inputOf(weight) : part.whole);
    }
    parts.push(message(7, graph));
  }
  return joined(parts);
}

function readNode(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const texts = { 3: '', 4: '', 7: '' } as Record<number, string>;
  const attributes = new Map<string, AttributeValue>();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) {
      inputs.push(textOf(field.bytes));
    } else if (field.number === 2) {
      outputs.push(textOf(field.bytes));
    } else if (field.number === 5) {
      attributes.set(...readAttribute(field.bytes));
    } else if (field.number in texts) {
      texts[field.number] = textOf(field.bytes);
    }
  }
  return { op: texts[4]!, domain: texts[7]!, name: texts[3]!, inputs, outputs, attributes };
}

function readAttribute(bytes: Uint8Array): [string, AttributeValue] {
  let name = '';
  let value: AttributeValue = null;
  const list: number[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) {
      name = textOf(field.bytes);
    } else if (field.number === 2) {
      value = new DataView(field.bytes.buffer, field.bytes.byteOffset).getFloat32(0, true);
    } else if (field.number === 3) {
      value = field.value;
    } else if (field.number === 4) {
      value = textOf(field.bytes);
    } else if (field.number === 5) {
      // Of a constant, only its type is asked.
      value = readTensor(field.bytes).type;
    } else if (field.number === 8) {
      list.push(...numbersOf(field));
    }
  }
  return [name, list.length > 0 ? list : value];
}

function readTensor(bytes: Uint8Array): OnnxTensor {
  const dims: number[] = [];
  let [name, type, isExternal] = ['', 0, false];
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) {
      dims.push(...numbersOf(field));
    } else if (field.number === 2) {
      type = field.value;
    } else if (field.number === 8) {
      name = textOf(field.bytes);
    } else if (field.number === 14) {
      isExternal = field.value === 1;
    }
  }
  return { name, type, dims, isExternal };
}

function readInput(bytes: Uint8Array): { name: string; type: number } {
  const tensor = partOf(partOf(bytes, 2)!.bytes, 1)!;
  return { name: textOf(partOf(bytes, 1)!.bytes), type: partOf(tensor.bytes, 1)!.value };
}

/** What a node makes of what it is given: most keep the type of their first input. */
function addTypes({ op, inputs, outputs, attributes }: OnnxNode, types: Map<string, number>): void {
  const first = types.get(inputs[0] ?? '');
  const made: Readonly<Record<string, number | undefined>> = {
    Cast: attributes.get('to') as number,
    Constant: attributes.get('value') as number,
    ConstantOfShape: (attributes.get('value') as number | undefined) ?? FLOAT32,
    Where: types.get(inputs[1] ?? ''),
    ...Object.fromEntries(['Shape', 'Size', 'ArgMax', 'ArgMin', 'NonZero'].map((each) => [each, INT64])),
    ...Object.fromEntries(
      ['Equal', 'Less', 'LessOrEqual', 'Greater', 'GreaterOrEqual', 'And', 'Or', 'Not'].map((each) => [
        each,
        BOOL,
      ]),
    ),
  };
  outputs.forEach((output, index) => {
    const type = op === 'TopK' && index === 1 ? INT64 : op in made ? made[op] : first;
    if (type !== undefined) {
      types.set(output, type);
    }
  });
}

type Field = {
  readonly number: number;
  /** Of a number. */
  readonly value: number;
  /** What it holds, of all but numbers; and with its tag. */
  readonly bytes: Uint8Array;
  readonly whole: Uint8Array;
};

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at < bytes.length;) {
    const start = at;
    const tag = varintAt(bytes, at);
    const wire = tag.value % 8;
    const size = wire === 2 ? varintAt(bytes, tag.end) : { value: wire === 1 ? 8 : 4, end: tag.end };
    const number = wire === 0 ? varintAt(bytes, tag.end) : null;
    at = number ? number.end : size.end + size.value;
    yield {
      number: Math.floor(tag.value / 8),
      value: number?.value ?? 0,
      bytes: number ? bytes.subarray(tag.end, at) : bytes.subarray(size.end, at),
      whole: bytes.subarray(start, at),
    };
  }
}

/** Whole numbers, below 0 too, as doubles. */
function varintAt(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0n;
  for (let index = at, shift = 0n; index < bytes.length; index += 1, shift += 7n) {
    value |= BigInt(bytes[index]! & 0x7f) << shift;
    if (bytes[index]! < 0x80) {
      return { value: Number(BigInt.asIntN(64, value)), end: index + 1 };
    }
  }
  throw new RangeError('a number is cut off');
}

/** One number, or several packed. */
function numbersOf({ value, bytes, whole }: Field): number[] {
  if ((whole[0]! & 7) === 0) {
    return [value];
  }
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = varintAt(bytes, at);
    numbers.push(next.value);
    at = next.end;
  }
  return numbers;
}

function partOf(bytes: Uint8Array, number: number): Field | undefined {
  return [...fieldsOf(bytes)].find((field) => field.number === number);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** A GraphProto.input of the weight's type and shape. */
function inputOf({ name, type, dims }: OnnxTensor): Uint8Array {
  const shape = dims.map((size) => message(1, [numberField(1, size)]));
  const tensor = message(1, [numberField(1, type), message(2, shape)]);
  return message(11, [message(1, [new TextEncoder().encode(name)]), message(2, [tensor])]);
}

function message(number: number, parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  return joined([varint(number * 8 + 2), varint(size), ...parts]);
}

function numberField(number: number, value: number): Uint8Array {
  return joined([varint(number * 8), varint(value)]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) {
    bytes.push((rest % 128) | 0x80);
  }
  return Uint8Array.of(...bytes, rest);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Attributes that choose another way of computing; each with what is usual, which is not told. */
const modes: Readonly<Record<string, AttributeValue>> = {
  antialias: 0,
  approximate: 'none',
  auto_pad: 'NOTSET',
  ceil_mode: 0,
  coordinate_transformation_mode: 'half_pixel',
  count_include_pad: 0,
  cubic_coeff_a: -0.75,
  equation: null,
  exclude_outside: 0,
  group: 1,
  keep_aspect_ratio_policy: 'stretch',
  keepdims: 1,
  mode: null,
  noop_with_empty_axes: 0,
  reduction: 'none',
};

/** `Resize cubic`, `Conv group`: the operator, and what it does in an unusual way. */
export function formOf({ op, domain, attributes }: OnnxNode): string {
  const unusual = [...attributes]
    .filter(([name, value]) => name in modes && value !== modes[name])
    .map(([name, value]) => (name === 'group' ? 'group=n' : `${name}=${value}`));
  return [domain ? `${domain}.${op}` : op, ...unusual.toSorted()].join(' ');
}
