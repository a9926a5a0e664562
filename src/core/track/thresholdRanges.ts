/** Which probability a label's masks are cut at, over ranges of frames. */

/** The probability at which SAM and the engines draw: a mask at it is the drawing itself. */
export const DRAWN_PROBABILITY = 0.5;

/** Both frames included. */
export type ThresholdRange = {
  readonly fromFrame: number;
  readonly toFrame: number;
  /** 0 < p < 1, never DRAWN_PROBABILITY. */
  readonly probability: number;
};

/** Ascending, no two overlapping. */
export type ThresholdRanges = readonly ThresholdRange[];

export function thresholdAt(ranges: ThresholdRanges | undefined, frameIndex: number): number {
  const found = ranges?.find(({ fromFrame, toFrame }) => fromFrame <= frameIndex && frameIndex <= toFrame);
  return found?.probability ?? DRAWN_PROBABILITY;
}

/** The ranges with `change` in place of what was there; DRAWN_PROBABILITY takes the frames out. */
export function withThreshold(ranges: ThresholdRanges, change: ThresholdRange): ThresholdRanges {
  const rest = ranges.flatMap((range) => [
    { ...range, toFrame: Math.min(range.toFrame, change.fromFrame - 1) },
    { ...range, fromFrame: Math.max(range.fromFrame, change.toFrame + 1) },
  ]);
  const all = change.probability === DRAWN_PROBABILITY ? rest : [...rest, change];
  return joined(all.filter(({ fromFrame, toFrame }) => fromFrame <= toFrame));
}

/** In order, neighbours of one probability made one. */
function joined(ranges: ThresholdRanges): ThresholdRanges {
  const result: ThresholdRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromFrame - b.fromFrame)) {
    const last = result.at(-1);
    if (last && last.probability === range.probability && last.toFrame + 1 === range.fromFrame) {
      result[result.length - 1] = { ...last, toFrame: range.toFrame };
    } else {
      result.push(range);
    }
  }
  return result;
}

export function isSameRanges(a: ThresholdRanges, b: ThresholdRanges): boolean {
  return (
    a.length === b.length &&
    a.every(
      (range, index) =>
        range.fromFrame === b[index]?.fromFrame &&
        range.toFrame === b[index]?.toFrame &&
        range.probability === b[index]?.probability,
    )
  );
}
