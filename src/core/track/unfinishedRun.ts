/** A run that has not come to its end: what it was to do, and how far it is. */
export const runDirections = ['forward', 'backward', 'both'] as const;
export const runExtents = ['untilPrompted', 'wholeRange'] as const;
export const refinementPrompts = ['boxAndMask', 'box'] as const;

/** What was asked for. */
export type RunOrder =
  | {
      readonly kind: 'propagate';
      readonly direction: (typeof runDirections)[number];
      readonly extent: (typeof runExtents)[number];
    }
  | { readonly kind: 'refine'; readonly prompt: (typeof refinementPrompts)[number] };

export type UnfinishedRun = {
  readonly order: RunOrder;
  /** When it was begun; tells runs apart. */
  readonly startedAtMs: number;
  /** The frame it was started on. */
  readonly startFrame: number;
  /** The frame drawn last; null before the first. */
  readonly lastFrame: number | null;
  /** Whether frames are drawn again on the way back: then it cannot be gone on with where it ended. */
  readonly hasTwoPasses: boolean;
};

/** A run that brings an unfinished one to its end. */
export type Continuation = { readonly fromFrame: number; readonly order: RunOrder };

/**
 * What is left to do, one run after the other. `prompted` are the frames with masks that were drawn from prompts or by
 * hand: a run until the next of them is over right before it.
 */
export function continuations(
  { order, startFrame, lastFrame, hasTwoPasses }: UnfinishedRun,
  { inFrame, outFrame }: { readonly inFrame: number; readonly outFrame: number },
  prompted: ReadonlySet<number> = new Set(),
): readonly Continuation[] {
  if (order.kind === 'refine' || lastFrame === null || hasTwoPasses) {
    return [{ fromFrame: startFrame, order }];
  }
  const isForward = lastFrame > startFrame;
  const canGoOn = (frame: number, step: 1 | -1): boolean =>
    (step === 1 ? frame < outFrame : frame > inFrame) &&
    !(order.extent === 'untilPrompted' && prompted.has(frame + step));
  const rest: Continuation = {
    fromFrame: lastFrame,
    order: { ...order, direction: isForward ? 'forward' : 'backward' },
  };
  const back: Continuation = { fromFrame: startFrame, order: { ...order, direction: 'backward' } };
  return [
    ...(canGoOn(lastFrame, isForward ? 1 : -1) ? [rest] : []),
    ...(order.direction === 'both' && isForward && canGoOn(startFrame, -1) ? [back] : []),
  ];
}
