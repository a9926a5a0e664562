/** What shape a tensor has after the steps of a manifest. */
import { assertNever } from '../base/assert';
import { elementCount, type TensorStep } from '../models/graphManifest';

/** Throws an Error that says which step does not fit. */
export function shapeAfterSteps(shape: readonly number[], steps: readonly TensorStep[]): readonly number[] {
  return steps.reduce(shapeAfterStep, shape);
}

export function shapeAfterStep(shape: readonly number[], step: TensorStep): readonly number[] {
  switch (step.kind) {
    case 'slice': {
      const size = sizeOf(shape, step.axis);
      if (step.start < 0 || step.start >= step.end || step.end > size) {
        throw new Error(`slice ${step.start}..${step.end} does not fit in ${shapeText(shape)}`);
      }
      return shape.with(step.axis, step.end - step.start);
    }
    case 'transpose': {
      const isPermutation =
        step.axes.length === shape.length && shape.every((_, axis) => step.axes.includes(axis));
      if (!isPermutation) {
        throw new Error(`transpose [${step.axes.join(', ')}] does not fit ${shapeText(shape)}`);
      }
      return step.axes.map((axis) => shape[axis]!);
    }
    case 'reshape': {
      if (elementCount(step.shape) !== elementCount(shape)) {
        throw new Error(`${shapeText(shape)} cannot be reshaped to ${shapeText(step.shape)}`);
      }
      return step.shape;
    }
    case 'padZeros': {
      if (step.to < sizeOf(shape, step.axis)) {
        throw new Error(`${shapeText(shape)} is longer than ${step.to} along axis ${step.axis} already`);
      }
      return shape.with(step.axis, step.to);
    }
    default:
      return assertNever(step);
  }
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

function sizeOf(shape: readonly number[], axis: number): number {
  const size = shape[axis];
  if (size === undefined) {
    throw new Error(`${shapeText(shape)} has no axis ${axis}`);
  }
  return size;
}
