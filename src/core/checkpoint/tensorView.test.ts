/** Views after steps against steps done one by one on arrays. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementCount, type TensorStep } from '../models/graphManifest';
import { rowMajorStrides } from './checkpointIndex';
import { shapeAfterStep } from './tensorSteps';
import { elementIndices, PADDING, runStart, usedSpan, viewElements, viewOfTensor } from './tensorView';

type Dense = { readonly shape: readonly number[]; readonly values: readonly number[] };

function coordinatesOf(index: number, shape: readonly number[]): number[] {
  return rowMajorStrides(shape).map((stride, axis) => Math.floor(index / stride) % shape[axis]!);
}

function done({ shape, values }: Dense, step: TensorStep): Dense {
  const made = shapeAfterStep(shape, step);
  if (step.kind === 'reshape') {
    return { shape: made, values };
  }
  const strides = rowMajorStrides(shape);
  const result = Array.from({ length: elementCount(made) }, (_, index) => {
    const at = coordinatesOf(index, made);
    const from = shape.map((_size, axis) => {
      if (step.kind === 'transpose') {
        return at[step.axes.indexOf(axis)]!;
      }
      return step.kind === 'slice' && step.axis === axis ? at[axis]! + step.start : at[axis]!;
    });
    const isPadding = from.some((position, axis) => position >= shape[axis]!);
    return isPadding
      ? PADDING
      : values[from.reduce((sum, position, axis) => sum + position * strides[axis]!, 0)]!;
  });
  return { shape: made, values: result };
}

/** Any step that fits the shape. */
function stepFor(shape: readonly number[]): fc.Arbitrary<TensorStep> {
  const axis = fc.nat({ max: shape.length - 1 });
  const count = elementCount(shape);
  const divisors = Array.from({ length: count }, (_, index) => index + 1).filter((n) => count % n === 0);
  return fc.oneof(
    axis.chain((at) =>
      fc
        .tuple(fc.nat({ max: shape[at]! - 1 }), fc.integer({ min: 1, max: shape[at]! }))
        .map(([start, length]) => ({
          kind: 'slice' as const,
          axis: at,
          start,
          end: Math.min(shape[at]!, start + length),
        })),
    ),
    fc
      .shuffledSubarray(
        shape.map((_, index) => index),
        { minLength: shape.length },
      )
      .map((axes) => ({ kind: 'transpose' as const, axes })),
    fc
      .constantFrom(...divisors)
      .map((first) => ({ kind: 'reshape' as const, shape: [first, count / first] })),
    axis.chain((at) =>
      fc.nat({ max: 3 }).map((more) => ({ kind: 'padZeros' as const, axis: at, to: shape[at]! + more })),
    ),
  );
}

function stepsFor(shape: readonly number[], left: number): fc.Arbitrary<TensorStep[]> {
  return left === 0
    ? fc.constant([])
    : stepFor(shape).chain((step) =>
        stepsFor(shapeAfterStep(shape, step), left - 1).map((rest) => [step, ...rest]),
      );
}

describe('viewOfTensor', () => {
  const cases = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.nat({ max: 4 }).chain((count) => stepsFor(shape, count)),
    ),
  );

  it('counts the same elements as steps done one by one', () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: 5 }), ([shape, steps], offset) => {
        const start: Dense = {
          shape,
          values: Array.from({ length: elementCount(shape) }, (_, index) => offset + index),
        };
        const expected = steps.reduce(done, start).values;
        const view = viewOfTensor({ shape, strides: rowMajorStrides(shape), offset }, steps);
        expect(viewElements(view)).toBe(expected.length);
        const found = new Float64Array(expected.length);
        const half = expected.length >> 1;
        elementIndices(view, 0, half, found);
        elementIndices(view, half, expected.length - half, found.subarray(half));
        expect([...found]).toEqual(expected);
        const run = runStart(view);
        if (run !== null) {
          expect(expected).toEqual(expected.map((_, index) => run + index));
        }
        const span = usedSpan(view);
        const used = expected.filter((element) => element !== PADDING);
        expect(used.every((element) => element >= span.start && element < span.start + span.length)).toBe(
          true,
        );
      }),
      { seed: 6, numRuns: 1500 },
    );
  });

  it('takes rows for a run whatever the stride of an axis of one, and nothing for none', () => {
    const one = viewOfTensor({ shape: [1, 3], strides: [99, 1], offset: 5 }, []);
    expect(runStart(one)).toBe(5);
    expect(runStart(viewOfTensor({ shape: [2, 3], strides: [99, 1], offset: 5 }, []))).toBeNull();
    expect(usedSpan(viewOfTensor({ shape: [2, 0], strides: [1, 1], offset: 5 }, []))).toEqual({
      start: 5,
      length: 0,
    });
  });
});
