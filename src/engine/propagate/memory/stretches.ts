/** Cuts a run at its annotated frames: what lies between two of them is drawn from both sides. */

export type Stretch = {
  /** The frame it starts from; not drawn. */
  readonly from: number;
  /** Last frame drawn on the way, included. */
  readonly to: number;
  /** The annotated frame right behind `to`, when the stretch ends at one. */
  readonly end: number | null;
  /** Between two annotated frames: drawn on the way there and on the way back. */
  readonly isBracket: boolean;
};

/** In running order; frames annotated in the middle of the run are `end`s, and belong to no stretch. */
export function stretchesOf(startFrame: number, endFrame: number, annotated: readonly number[]): Stretch[] {
  const direction = endFrame < startFrame ? -1 : 1;
  const isAnnotated = new Set(annotated);
  const stretches: Stretch[] = [];
  let from = startFrame;
  for (let frame = startFrame + direction; (endFrame - frame) * direction >= -1; frame += direction) {
    if (isAnnotated.has(frame)) {
      stretches.push({ from, to: frame - direction, end: frame, isBracket: isAnnotated.has(from) });
      from = frame;
    }
  }
  if ((endFrame - from) * direction > 0) {
    stretches.push({ from, to: endFrame, end: null, isBracket: false });
  }
  return stretches;
}
