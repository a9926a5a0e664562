/** What the keys of a slider do to a frame number. */

const pageFrames = 10;

/** The frame a key leads to; null when the key means nothing to a slider. */
export function frameOfKey(key: string, frame: number, lastFrame: number): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: frame - 1,
    ArrowDown: frame - 1,
    ArrowRight: frame + 1,
    ArrowUp: frame + 1,
    // As everywhere in the app: down is onward.
    PageDown: frame + pageFrames,
    PageUp: frame - pageFrames,
    Home: 0,
    End: lastFrame,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(target, 0), lastFrame);
}

/** By how many frames a key moves the window over the whole clip; null when the key means nothing to it. */
export function minimapKeyStep(key: string, framesInView: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -framesInView / 10,
    ArrowRight: framesInView / 10,
    PageUp: -framesInView,
    PageDown: framesInView,
    Home: -count,
    End: count,
  };
  return steps[key] ?? null;
}
