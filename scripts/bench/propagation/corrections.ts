/** The simulated user: which frame to correct, and what is then propagated again. */

export type Doubt = { readonly frameIndex: number; readonly confidence: number };

/** Two frames from a given one there is little left to gain. */
const CLEAR_OF_GIVEN = 2;

/**
 * The frame with the lowest confidence that is not given yet, the earliest of several; frames within two of a given
 * one only when there is no other. Null when nothing is left.
 */
export function frameToCorrect(doubts: readonly Doubt[], given: readonly number[]): number | null {
  const distanceOf = (frameIndex: number): number =>
    Math.min(Infinity, ...given.map((frame) => Math.abs(frame - frameIndex)));
  const open = doubts.filter(({ frameIndex }) => distanceOf(frameIndex) > 0);
  const clear = open.filter(({ frameIndex }) => distanceOf(frameIndex) > CLEAR_OF_GIVEN);
  const [worst] = (clear.length > 0 ? clear : open).toSorted(
    (a, b) => a.confidence - b.confidence || a.frameIndex - b.frameIndex,
  );
  return worst?.frameIndex ?? null;
}

/** The frames around `frameIndex` that bound what changes: given ones, or the last frame. `given` holds frame 0. */
export function bracketAround(
  frameIndex: number,
  given: readonly number[],
  lastFrame: number,
): { readonly startFrame: number; readonly endFrame: number } {
  return {
    startFrame: Math.max(...given.filter((frame) => frame < frameIndex)),
    endFrame: Math.min(lastFrame, ...given.filter((frame) => frame > frameIndex)),
  };
}
