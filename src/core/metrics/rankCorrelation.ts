/** Spearman's rank correlation. */
import { assert } from '../base/assert';

/**
 * -1..1: whether one list rises with the other, whatever the shape; ties share the mean of their ranks (Spearman 1904,
 * as Pearson's correlation of the ranks). Null when a list is constant or has fewer than two values: it has no order.
 */
export function rankCorrelation(first: readonly number[], second: readonly number[]): number | null {
  assert(first.length === second.length, 'both lists have one length');
  const a = ranks(first);
  const b = ranks(second);
  const middle = (first.length + 1) / 2;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const da = a[index]! - middle;
    const db = b[index]! - middle;
    both += da * db;
    ofA += da * da;
    ofB += db * db;
  }
  return ofA === 0 || ofB === 0 ? null : both / Math.sqrt(ofA * ofB);
}

/** 1-based ranks, ascending; equal values get the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).toSorted((a, b) => values[a]! - values[b]!);
  const result = Array.from<number>({ length: values.length });
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) {
      end += 1;
    }
    for (let at = start; at < end; at += 1) {
      result[order[at]!] = (start + 1 + end) / 2;
    }
    start = end;
  }
  return result;
}
