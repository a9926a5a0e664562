/** A label's edges in each column of a picture, its share of it, and how far it is mixed with what surrounds it. */
import type { ObjectId } from '../base/ids';
import { forEachRun, type Partition } from './partition';
import type { RowCounts } from './regionStats';

/** In source pixels from the picture's top; arrays have one value for each column, NaN where the label is not. */
export type FlowProfile = {
  readonly objectId: ObjectId;
  /** Upper edge of the uppermost pixel. */
  readonly upperEdge: Float32Array;
  /** Lower edge of the lowermost pixel. */
  readonly lowerEdge: Float32Array;
  /** Share of the column's measured pixels, 0..1; NaN where the whole column is excluded. */
  readonly fraction: Float32Array;
};

/** The profiles of labels 1, 2, ... of a partition, whose ids are `objectIds`. */
export function flowProfiles(partition: Partition, objectIds: readonly ObjectId[]): FlowProfile[] {
  const { width } = partition;
  const profiles = objectIds.map((objectId) => ({
    objectId,
    upperEdge: new Float32Array(width).fill(Number.NaN),
    lowerEdge: new Float32Array(width).fill(Number.NaN),
    fraction: new Float32Array(width),
  }));
  const measured = new Float32Array(width);
  forEachRun(partition, (x, y0, y1, owner) => {
    measured[x]! += y1 - y0;
    const profile = profiles[owner - 1];
    if (profile) {
      if (Number.isNaN(profile.upperEdge[x])) {
        profile.upperEdge[x] = y0;
      }
      profile.lowerEdge[x] = y1;
      profile.fraction[x]! += y1 - y0;
    }
  });
  for (const { fraction } of profiles) {
    for (let x = 0; x < width; x += 1) {
      fraction[x] = measured[x]! > 0 ? fraction[x]! / measured[x]! : Number.NaN;
    }
  }
  return profiles;
}

/** Mean, least and largest of the values that are there; NaN of none. */
export function spread(values: Float32Array): {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
} {
  let [sum, count, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isNaN(value)) {
      sum += value;
      count += 1;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return count === 0
    ? { mean: Number.NaN, min: Number.NaN, max: Number.NaN }
    : { mean: sum / count, min, max };
}

/** Below this share a row counts as free of the label, above 1 less this as full of it. */
const PURE_SHARE = 0.01;

/**
 * With f the share of an owner in each row: the integral of f (1 - f) over height (Andrews and Spalding 1990), and the
 * height of the rows with f between 1 % and 99 %. A layer with two mixed edges has both of them in each. In pixels.
 */
export function mixingWidths(
  { ofOwner, measured }: RowCounts,
  owner: number,
): { readonly integral: number; readonly between99: number } {
  let integral = 0;
  let between99 = 0;
  measured.forEach((pixels, y) => {
    if (pixels > 0) {
      const share = ofOwner[owner]![y]! / pixels;
      integral += share * (1 - share);
      between99 += share >= PURE_SHARE && share <= 1 - PURE_SHARE ? 1 : 0;
    }
  });
  return { integral, between99 };
}
