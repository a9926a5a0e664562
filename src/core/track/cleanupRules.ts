/** How a label's masks are cleaned up, over ranges of frames: rules, kept apart from the masks. */

export const keptPieces = ['all', 'largest', 'touching'] as const;

/** Which pieces of a mask stay: all, the largest, or those that touch the cleaned mask of the frame before. */
export type KeptPieces = (typeof keptPieces)[number];

export type CleanupRule = {
  /** Pieces of fewer pixels go; 0 or 1 keeps all. */
  readonly minAreaPx: number;
  /** Holes of at most so many pixels are filled; 0 fills none. */
  readonly maxHolePx: number;
  readonly keep: KeptPieces;
  /** How far the outline moves outward at the end; negative moves it inward. */
  readonly growPx: number;
};

/** The rule that changes nothing. */
export const noCleanup: CleanupRule = { minAreaPx: 0, maxHolePx: 0, keep: 'all', growPx: 0 };

/** Both frames included. */
export type CleanupRange = {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly rule: CleanupRule;
};

/** Ascending, no two overlapping, none with a rule that changes nothing. */
export type CleanupRanges = readonly CleanupRange[];

export function isSameRule(a: CleanupRule, b: CleanupRule): boolean {
  return (
    a.minAreaPx === b.minAreaPx && a.maxHolePx === b.maxHolePx && a.keep === b.keep && a.growPx === b.growPx
  );
}

/** The range that holds on a frame; null where nothing is cleaned. */
export function cleanupRangeAt(ranges: CleanupRanges | undefined, frameIndex: number): CleanupRange | null {
  return ranges?.find(({ fromFrame, toFrame }) => fromFrame <= frameIndex && frameIndex <= toFrame) ?? null;
}

export function cleanupAt(ranges: CleanupRanges | undefined, frameIndex: number): CleanupRule {
  return cleanupRangeAt(ranges, frameIndex)?.rule ?? noCleanup;
}

/** The ranges with `change` in place of what was there; noCleanup takes the frames out. */
export function withCleanup(ranges: CleanupRanges, change: CleanupRange): CleanupRanges {
  const rest = ranges.flatMap((range) => [
    { ...range, toFrame: Math.min(range.toFrame, change.fromFrame - 1) },
    { ...range, fromFrame: Math.max(range.fromFrame, change.toFrame + 1) },
  ]);
  const all = isSameRule(change.rule, noCleanup) ? rest : [...rest, change];
  return joined(all.filter(({ fromFrame, toFrame }) => fromFrame <= toFrame));
}

/** In order, neighbours of one rule made one. */
function joined(ranges: CleanupRanges): CleanupRanges {
  const result: CleanupRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.fromFrame - b.fromFrame)) {
    const last = result.at(-1);
    if (last && isSameRule(last.rule, range.rule) && last.toFrame + 1 === range.fromFrame) {
      result[result.length - 1] = { ...last, toFrame: range.toFrame };
    } else {
      result.push(range);
    }
  }
  return result;
}

export function isSameCleanup(a: CleanupRanges, b: CleanupRanges): boolean {
  return (
    a.length === b.length &&
    a.every(
      (range, index) =>
        range.fromFrame === b[index]?.fromFrame &&
        range.toFrame === b[index].toFrame &&
        isSameRule(range.rule, b[index].rule),
    )
  );
}
