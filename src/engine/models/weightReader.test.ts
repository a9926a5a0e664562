/** Weights come out of tensors element by element, over the borders of pieces, whatever their order and width. */
import { expect, it } from 'vitest';
import {
  rowMajorStrides,
  type CheckpointDtype,
  type TensorEntry,
} from '../../core/checkpoint/checkpointIndex';
import type { TensorStep, WeightDtype } from '../../core/models/graphManifest';
import { readWeight } from './weightReader';

type Numbers = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

/** A tensor that begins at element `offset` of what `numbers` holds. */
function tensorOf(
  dtype: CheckpointDtype,
  shape: readonly number[],
  numbers: Numbers,
  { offset = 0, strides = rowMajorStrides(shape) } = {},
) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const part = { kind: 'stretch', offset: 0, sizeBytes: bytes.length } as const;
  const entry: TensorEntry = { dtype, shape, strides, offset, part };
  const read = async (at: number, length: number) => {
    if (at + length > bytes.length) {
      throw new RangeError('behind the end');
    }
    return bytes.slice(at, at + length);
  };
  return { entry, part: { read } };
}

async function readAll(
  source: ReturnType<typeof tensorOf>,
  steps: readonly TensorStep[],
  dtype: WeightDtype,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; pieces: number }> {
  const parts: Uint8Array[] = [];
  for await (const piece of readWeight(source, steps, dtype)) {
    parts.push(piece);
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), pieces: parts.length };
}

const [ROWS, COLUMNS, BEFORE] = [600, 500, 3];
const many = Float32Array.from({ length: ROWS * COLUMNS + BEFORE }, (_, index) => index);

it('reads more elements than one piece holds, from where the tensor begins', async () => {
  const { bytes, pieces } = await readAll(
    tensorOf('float32', [ROWS, COLUMNS], many, { offset: BEFORE }),
    [],
    'float32',
  );
  expect(pieces).toBe(2);
  // Element by element would take seconds.
  expect(Buffer.compare(bytes, new Uint8Array(many.slice(BEFORE).buffer))).toBe(0);
});

it('reads them in another order over the border of pieces', async () => {
  const turned = { kind: 'transpose', axes: [1, 0] } as const;
  const source = tensorOf('float32', [ROWS, COLUMNS], many, { offset: BEFORE });
  const { bytes, pieces } = await readAll(source, [turned], 'float32');
  expect(pieces).toBe(2);
  const expected = Float32Array.from(
    { length: ROWS * COLUMNS },
    (_, index) => BEFORE + (index % ROWS) * COLUMNS + Math.floor(index / ROWS),
  );
  expect(Buffer.compare(bytes, new Uint8Array(expected.buffer))).toBe(0);
});

it('fills with zeros, also where the numbers before are others', async () => {
  const padded = [{ kind: 'padZeros', axis: 1, to: 3 }] as const;
  const { bytes } = await readAll(
    tensorOf('float32', [2, 2], Float32Array.of(1, 2, 3, 4)),
    padded,
    'float32',
  );
  expect([...new Float32Array(bytes.buffer)]).toEqual([1, 2, 0, 3, 4, 0]);
});

it.each<[CheckpointDtype, WeightDtype, Numbers, (bytes: ArrayBuffer) => Iterable<unknown>, unknown[]]>([
  ['float64', 'float32', Float64Array.of(0.5, -2, 3), (bytes) => new Float32Array(bytes), [3, -2, 0.5]],
  [
    'int64',
    'int64',
    BigInt64Array.of(1n, -2n, 2n ** 40n),
    (bytes) => new BigInt64Array(bytes),
    [2n ** 40n, -2n, 1n],
  ],
  ['int32', 'int32', Int32Array.of(7, -8, 9), (bytes) => new Int32Array(bytes), [9, -8, 7]],
  ['bool', 'uint8', Uint8Array.of(1, 0, 0), (bytes) => new Uint8Array(bytes), [0, 0, 1]],
])('gathers elements of %s', async (from, to, numbers, view, expected) => {
  // One row of three, of which the last comes first.
  const steps: TensorStep[] = [{ kind: 'reshape', shape: [3, 1] }];
  const picked: unknown[] = [];
  for (const start of [2, 1, 0]) {
    const slice = { kind: 'slice', axis: 0, start, end: start + 1 } as const;
    const padded = { kind: 'padZeros', axis: 1, to: 2 } as const;
    const { bytes } = await readAll(tensorOf(from, [1, 3], numbers), [...steps, slice, padded], to);
    picked.push([...view(bytes.buffer)][0]);
  }
  expect(picked).toEqual(expected);
});

it('does not read half a file for a few elements', async () => {
  const far = tensorOf('float32', [2, 2], Float32Array.of(1), { strides: [2 ** 24, 1] });
  await expect(readAll(far, [], 'float32')).rejects.toThrow(/scattered/);
});
