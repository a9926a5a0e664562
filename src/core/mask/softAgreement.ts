/** Makes kept probabilities agree with the mask that was drawn at full resolution, which is finer than they are. */

/** Logits may be this far off near an edge, as they are kept on a coarse grid; beyond it the mask and they contradict. */
export const EDGE_LOGIT = 3;

/**
 * The kept logit where it lies on the mask's side of 0. Otherwise 0, which keeps the matte continuous along the edge;
 * and where the two contradict (the mask was filled, cut or covered there) the other way round, less EDGE_LOGIT.
 * Continuous in `logit`.
 */
export function agreeingLogit(logit: number, isInside: boolean): number {
  const inward = isInside ? logit : -logit;
  const agreeing = inward > 0 ? inward : Math.max(0, -inward - EDGE_LOGIT);
  return isInside ? agreeing : -agreeing;
}
