/** ONNX files field by field: what counts as a weight, and what is refused. */
import { describe, expect, it } from 'vitest';
import type { CheckpointIndex } from './checkpointIndex';
import { readOnnx } from './onnxInitialisers';

function read(bytes: readonly number[]): CheckpointIndex {
  const plan = readOnnx(bytes.length);
  let step = plan.next();
  while (!step.done) {
    const { offset, lengthBytes } = step.value;
    step = plan.next(Uint8Array.from(bytes.slice(offset, offset + lengthBytes)));
  }
  return step.value;
}

/** Lowest seven bits first. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)];
}

/** A field of bytes, or of one number. */
function field(number: number, content: readonly number[] | number): number[] {
  return typeof content === 'number'
    ? [...varint(number * 8), ...varint(content)]
    : [...varint(number * 8 + 2), ...varint(content.length), ...content];
}

function words(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

const FLOAT = 1;

type Written = {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly type?: number;
  readonly more?: readonly number[];
};

/** A TensorProto; its numbers, in raw_data, are as many bytes as `bytes` says. */
function tensor(bytes: number | null, { name = 'w', dims = [2], type = FLOAT, more = [] }: Written = {}) {
  return [
    ...dims.flatMap((dim) => field(1, dim)),
    ...field(2, type),
    ...field(8, words(name)),
    ...(bytes === null ? [] : field(9, Array<number>(bytes).fill(7))),
    ...more,
  ];
}

function file(...graph: readonly (readonly number[])[]): number[] {
  return [...field(1, 7), ...field(7, graph.flat())];
}

const initialiser = (bytes: number | null, written?: Written): number[] => field(5, tensor(bytes, written));

/** A node with a tensor as its attribute. */
function node(kind: string, output: string, value: readonly number[]): number[] {
  return field(1, [
    ...field(2, words(output)),
    ...field(4, words(kind)),
    ...field(5, [...field(1, words('value')), ...field(5, value)]),
  ]);
}

function namesIn(bytes: readonly number[]): string[] {
  return [...read(bytes).groups.get('')!.keys()];
}

describe('weights of an ONNX graph', () => {
  it('lie where their fields say', () => {
    const bytes = file(initialiser(8));
    const entry = read(bytes).groups.get('')!.get('w')!;
    expect(entry).toMatchObject({ dtype: 'float32', shape: [2], strides: [1], offset: 0 });
    expect(entry.part).toEqual({ kind: 'stretch', offset: bytes.length - 8, sizeBytes: 8 });
  });

  it.each([
    [1, 'float32', 4],
    [6, 'int32', 4],
    [7, 'int64', 8],
    [9, 'bool', 1],
    [10, 'float16', 2],
    [11, 'float64', 8],
    [16, 'bfloat16', 2],
  ])('of type %i are %s', (type, dtype, size) => {
    expect(
      read(file(initialiser(2 * size, { type })))
        .groups.get('')!
        .get('w'),
    ).toMatchObject({ dtype });
  });

  it('may have packed dimensions, and numbers of fixed length beside them', () => {
    const packed = [...field(1, [...varint(3), ...varint(200)]), ...tensor(2400, { dims: [] })];
    const fixed = [13 * 8 + 1, 1, 2, 3, 4, 5, 6, 7, 8, 14 * 8 + 5, 1, 2, 3, 4];
    expect(
      read(file(fixed, field(5, packed)))
        .groups.get('')!
        .get('w')!.shape,
    ).toEqual([3, 200]);
  });

  it('are large constants, too, unless an initialiser has the name', () => {
    const large = tensor(4 * 65, { dims: [65] });
    const bytes = file(
      node('Constant', 'c', large),
      node('Constant', 'small', tensor(4 * 64, { dims: [64] })),
      node('Constant', 'w', large),
      node('Identity', 'i', large),
      node('Constant', 'whole', tensor(8 * 65, { dims: [65], type: 7 })),
      initialiser(8),
    );
    expect(namesIn(bytes)).toEqual(['w', 'c']);
    expect(read(bytes).groups.get('')!.get('w')!.shape).toEqual([2]);
  });

  it('are not those whose numbers are coded', () => {
    const coded = initialiser(null, { name: 'coded', type: 7, more: field(7, [1, 2]) });
    expect(namesIn(file(coded, initialiser(8)))).toEqual(['w']);
  });

  it.each<[string, number[], RegExp]>([
    ['a name twice', file(initialiser(8), initialiser(8)), /"w" stands twice/],
    ['too few numbers', file(initialiser(4)), /has 4 bytes/],
    ['too many numbers', file(initialiser(12)), /has 12 bytes/],
    ['no numbers', file(initialiser(null)), /has 0 bytes/],
    ['numbers twice', file(initialiser(8, { more: field(9, Array<number>(8).fill(1)) })), /bytes/],
    ['numbers coded as well', file(initialiser(8, { more: field(5, [1]) })), /bytes/],
    ['numbers in another file', file(initialiser(null, { more: field(14, 1) })), /another file/],
    ['a place in another file', file(initialiser(null, { more: field(13, [1]) })), /another file/],
    ['a name of 5000 letters', file(initialiser(8, { name: 'x'.repeat(5000) })), /too long/],
    ['a field of no number', [...field(1, 7), 0], /no ONNX graph/],
    ['a graph without weights', file(node('Identity', 'i', tensor(8))), /no weights/],
    ['no graph', field(1, 7), /no ONNX graph/],
    ['a graph that is cut off', file(initialiser(8)).slice(0, -1), /cut off/],
    [
      'very many dimensions',
      file(field(5, [...field(1, Array<number>(200).fill(1)), ...tensor(8, { dims: [] })])),
      /too many fields/,
    ],
  ])('are refused with %s', (_, bytes, reason) => {
    expect(() => read(bytes)).toThrow(reason);
  });

  it('are not sought in more fields than any model has', () => {
    // Each a tag before four bytes.
    const plan = readOnnx(2 ** 40);
    const empty = Uint8Array.of(13 * 8 + 5, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(() => {
      for (let step = plan.next(); !step.done;) {
        step = plan.next(empty.subarray(0, step.value.lengthBytes));
      }
    }).toThrow(/too many fields/);
  });
});
