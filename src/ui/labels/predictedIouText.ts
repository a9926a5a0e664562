/** SAM's estimate in words. */

/** Two decimals. The estimate comes from a regression that overshoots at times; an IoU cannot be above 1. */
export function predictedIouText(predictedIou: number): string {
  return Math.min(Math.max(predictedIou, 0), 1).toFixed(2);
}
