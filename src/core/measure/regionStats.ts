/** Sums over the pixels of each label: areas, moments, boxes, edges and shares of rows and columns. */
import { excludedOwner, forEachRun, type Partition } from './partition';

/** All arrays have one value for each owner from the background (0) to the last label. Lengths in source pixels. */
export type RegionStats = {
  readonly areas: Float64Array;
  readonly centroidsX: Float64Array;
  readonly centroidsY: Float64Array;
  /** Central second moments of the pixels' centres, divided by the area. */
  readonly varXX: Float64Array;
  readonly varXY: Float64Array;
  readonly varYY: Float64Array;
  /** Tight boxes (x1, y1 exclusive). */
  readonly x0: Float64Array;
  readonly y0: Float64Array;
  readonly x1: Float64Array;
  readonly y1: Float64Array;
  /** Pixels that belong to any owner but "not measured". */
  readonly measuredAreaPx: number;
};

/** Sums for every owner; values of an owner without pixels are NaN but for its area, 0. */
export function regionStats(partition: Partition): RegionStats {
  const count = partition.labelCount + 1;
  const filled = (value: number): Float64Array => new Float64Array(count).fill(value);
  const areas = filled(0);
  const [sumX, sumY] = [filled(0), filled(0)];
  const [sumXX, sumXY, sumYY] = [filled(0), filled(0), filled(0)];
  const [x0, y0, x1, y1] = [
    filled(Infinity),
    filled(Infinity),
    filled(-Infinity),
    filled(-Infinity),
  ] as const;
  // Around the middle of the picture, so that large squares do not eat the digits of small differences.
  const middleX = partition.width / 2;
  const middleY = partition.height / 2;
  forEachRun(partition, (column, from, to, owner) => {
    const n = to - from;
    const x = column + 0.5 - middleX;
    const a = from - middleY;
    const b = to - middleY;
    const columnY = (n * (a + b)) / 2;
    areas[owner]! += n;
    sumX[owner]! += n * x;
    sumY[owner]! += columnY;
    sumXX[owner]! += n * x * x;
    sumXY[owner]! += x * columnY;
    // The sum of (y + 1/2)^2 over the run's rows.
    sumYY[owner]! += (b * b * b - a * a * a) / 3 - n / 12;
    x0[owner] = Math.min(x0[owner]!, column);
    y0[owner] = Math.min(y0[owner]!, from);
    x1[owner] = Math.max(x1[owner]!, column + 1);
    y1[owner] = Math.max(y1[owner]!, to);
  });
  const each = (value: (owner: number, area: number) => number): Float64Array =>
    areas.map((area, owner) => (area > 0 ? value(owner, area) : Number.NaN));
  const central = (sums: Float64Array, first: Float64Array, second: Float64Array): Float64Array =>
    each((owner, area) => sums[owner]! / area - (first[owner]! / area) * (second[owner]! / area));
  return {
    areas,
    centroidsX: each((owner, area) => middleX + sumX[owner]! / area),
    centroidsY: each((owner, area) => middleY + sumY[owner]! / area),
    varXX: central(sumXX, sumX, sumX),
    varXY: central(sumXY, sumX, sumY),
    varYY: central(sumYY, sumY, sumY),
    x0: each((owner) => x0[owner]!),
    y0: each((owner) => y0[owner]!),
    x1: each((owner) => x1[owner]!),
    y1: each((owner) => y1[owner]!),
    measuredAreaPx: areas.reduce((sum, area) => sum + area, 0),
  };
}

/** For each row, how many of its pixels are of each owner, and how many are measured. */
export type RowCounts = { readonly ofOwner: readonly Float64Array[]; readonly measured: Float64Array };

export function rowCounts(partition: Partition): RowCounts {
  const ofOwner = Array.from(
    { length: excludedOwner(partition) },
    () => new Float64Array(partition.height + 1),
  );
  forEachRun(partition, (_, y0, y1, owner) => {
    ofOwner[owner]![y0]! += 1;
    ofOwner[owner]![y1]! -= 1;
  });
  const measured = new Float64Array(partition.height);
  for (const counts of ofOwner) {
    let sum = 0;
    for (let y = 0; y < partition.height; y += 1) {
      sum += counts[y]!;
      counts[y] = sum;
      measured[y]! += sum;
    }
  }
  return { ofOwner: ofOwner.map((counts) => counts.subarray(0, partition.height)), measured };
}
