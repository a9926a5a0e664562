/** Makes probabilities of objects that were drawn apart compete for every pixel. */

/** Probabilities stay this far from 0 and 1. */
const FLOOR = 1e-7;

/**
 * Soft aggregation (Oh et al., Space-Time Memory Networks, ICCV 2019, eq. 5): background is where no object is, and each
 * class gets its odds over the sum of all odds. `objects[i]` are probabilities 0..1 of object i alone; returns the
 * background's first, then one plane for each object. At every pixel they add up to 1.
 */
export function aggregate(objects: readonly Float32Array[]): Float32Array<ArrayBuffer>[] {
  const count = objects[0]?.length ?? 0;
  const planes = Array.from({ length: objects.length + 1 }, () => new Float32Array(count));
  for (let pixel = 0; pixel < count; pixel += 1) {
    let absent = 1;
    for (const chances of objects) {
      absent *= 1 - chances[pixel]!;
    }
    let sum = oddsOf(absent);
    planes[0]![pixel] = sum;
    for (let index = 0; index < objects.length; index += 1) {
      const odds = oddsOf(objects[index]![pixel]!);
      planes[index + 1]![pixel] = odds;
      sum += odds;
    }
    for (const plane of planes) {
      plane[pixel] = plane[pixel]! / sum;
    }
  }
  return planes;
}

function oddsOf(probability: number): number {
  const bounded = Math.min(1 - FLOOR, Math.max(FLOOR, probability));
  return bounded / (1 - bounded);
}

/** 1 / (1 + exp(-x)) of each value. */
export function sigmoid(logits: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));
}
