/** Which elements of a checkpoint make up a weight after the steps of a manifest, without making copies on the way. */
import { assertNever } from '../base/assert';
import { elementCount, type TensorStep } from '../models/graphManifest';
import { rowMajorStrides } from './checkpointIndex';
import { shapeAfterStep } from './tensorSteps';

/** One way of counting the elements below it: strides as in NumPy, and from `limits` on there are zeros. */
type Layer = {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly limits: readonly number[] | null;
};

/** The first layer counts elements of the part of a checkpoint, each other one those of the layer before. */
export type TensorView = readonly Layer[];

/** Stands for a zero that is no element. */
export const PADDING = -1;

export function viewOfTensor(
  { shape, strides, offset }: Pick<Layer, 'shape' | 'strides' | 'offset'>,
  steps: readonly TensorStep[],
): TensorView {
  let view: TensorView = [{ shape, strides, offset, limits: null }];
  for (const step of steps) {
    view = withStep(view, step);
  }
  return view;
}

function withStep(view: TensorView, step: TensorStep): TensorView {
  const top = view.at(-1)!;
  const shape = shapeAfterStep(top.shape, step);
  switch (step.kind) {
    case 'slice': {
      const { axis, start } = step;
      const offset = top.offset + start * top.strides[axis]!;
      const limits = top.limits && top.limits.with(axis, top.limits[axis]! - start);
      return withTop(view, { shape, strides: top.strides, offset, limits });
    }
    case 'transpose': {
      const reordered = (values: readonly number[]): number[] => step.axes.map((axis) => values[axis]!);
      const limits = top.limits && reordered(top.limits);
      return withTop(view, { shape, strides: reordered(top.strides), offset: top.offset, limits });
    }
    case 'reshape':
      return isRun(top)
        ? withTop(view, { ...top, shape, strides: rowMajorStrides(shape) })
        : [...view, { shape, strides: rowMajorStrides(shape), offset: 0, limits: null }];
    case 'padZeros':
      return [...view, { shape, strides: rowMajorStrides(top.shape), offset: 0, limits: top.shape }];
    default:
      return assertNever(step);
  }
}

function withTop(view: TensorView, layer: Layer): TensorView {
  return [...view.slice(0, -1), layer];
}

/** Whether the elements lie one behind the other in row-major order. */
function isRun({ shape, strides, limits }: Layer): boolean {
  const expected = rowMajorStrides(shape);
  return limits === null && shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/** Where the elements begin when they lie one behind the other in order; null when they do not. */
export function runStart(view: TensorView): number | null {
  const [bottom] = view;
  return view.length === 1 && bottom && isRun(bottom) ? bottom.offset : null;
}

/** The first element that is used, and how many there are from it to the last. */
export function usedSpan(view: TensorView): { readonly start: number; readonly length: number } {
  const { shape, strides, offset } = view[0]!;
  if (shape.includes(0)) {
    return { start: offset, length: 0 };
  }
  return {
    start: offset,
    length: 1 + shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis]!, 0),
  };
}

/** Writes the element numbers of `count` elements, from number `from` in row-major order on, into `into`. */
export function elementIndices(view: TensorView, from: number, count: number, into: Float64Array): void {
  const top = view.at(-1)!;
  const below = view.slice(0, -1).toReversed();
  const { shape, strides, limits } = top;
  const position = coordinates(from, shape);
  for (let index = 0; index < count; index += 1) {
    let element = limits?.some((limit, axis) => position[axis]! >= limit) ? PADDING : top.offset;
    if (element !== PADDING) {
      for (let axis = 0; axis < shape.length; axis += 1) {
        element += position[axis]! * strides[axis]!;
      }
    }
    for (const layer of below) {
      element = element === PADDING ? PADDING : elementOf(layer, element);
    }
    into[index] = element;
    advance(position, shape);
  }
}

export function viewElements(view: TensorView): number {
  return elementCount(view.at(-1)!.shape);
}

function elementOf({ shape, strides, offset, limits }: Layer, index: number): number {
  const position = coordinates(index, shape);
  if (limits?.some((limit, axis) => position[axis]! >= limit)) {
    return PADDING;
  }
  return position.reduce((sum, at, axis) => sum + at * strides[axis]!, offset);
}

function coordinates(index: number, shape: readonly number[]): number[] {
  const position = shape.map(() => 0);
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    position[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return position;
}

function advance(position: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    position[axis] = position[axis]! + 1;
    if (position[axis]! < shape[axis]!) {
      return;
    }
    position[axis] = 0;
  }
}
