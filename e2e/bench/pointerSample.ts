/** What one action with the pointer in the app led to, and when. */
import type { MaskflowPage } from '../support/maskflowPage';
import { takeLog, waitForPaint, type Step, type StepLog } from './stepLog';

export type PointerSample = {
  /** From the pointer-up event to new pixels in the mask canvas. */
  readonly toCanvasMs: number;
  /** From the pointer-up event until the frame with the masks had been painted. */
  readonly toPaintedMs: number;
  /** The decoder's `session.run` for it. */
  readonly decodeMs: number;
};

export const STEP_TIMEOUT_MS = 240_000;
/** Long enough for a redraw that an action asked for last to have begun. */
const SETTLE_MS = 300;

export function numberIn(step: Step, key: string): number {
  const value = step.detail[key];
  if (typeof value !== 'number') {
    throw new TypeError(`the app's measure "${step.name}" has no number ${key}`);
  }
  return value;
}

/** The drawings that ran the decoder; others found what they needed. */
export function drawingsIn({ steps }: StepLog): Step[] {
  return steps.filter((step) => step.name === 'predict' && numberIn(step, 'decodeMs') > 0);
}

/**
 * What followed the last pointer-up: the last drawing that ran the decoder, and the first masks on screen after it. A
 * drag with a rest draws before, too, so a drawing may have been under way at its end. Throws when nothing was drawn.
 */
export function pointerSampleOf(log: StepLog): PointerSample {
  const { pointerUps, paints } = log;
  const upMs = pointerUps.at(-1);
  const predict = drawingsIn(log).at(-1);
  const paint = predict && paints.find(({ canvasMs }) => canvasMs >= predict.endMs);
  if (upMs === undefined || !predict || !paint || paint.canvasMs < upMs) {
    throw new Error('A prompt in the app was not followed by a painted mask.');
  }
  return {
    toCanvasMs: paint.canvasMs - upMs,
    toPaintedMs: paint.shownMs - upMs,
    decodeMs: numberIn(predict, 'decodeMs'),
  };
}

/** Waits for the masks that an action with the pointer brings, and returns what was recorded of it. */
export async function watchPointer(app: MaskflowPage, act: () => Promise<void>): Promise<StepLog> {
  await takeLog(app.page);
  await act();
  await waitForPaint(app.page, STEP_TIMEOUT_MS);
  await app.expectIdle();
  await app.page.waitForTimeout(SETTLE_MS);
  return takeLog(app.page);
}

export async function samplePointer(app: MaskflowPage, act: () => Promise<void>): Promise<PointerSample> {
  return pointerSampleOf(await watchPointer(app, act));
}

export async function undo(app: MaskflowPage): Promise<void> {
  await takeLog(app.page);
  await app.page.keyboard.press('Control+z');
  await waitForPaint(app.page, STEP_TIMEOUT_MS);
  await app.expectIdle();
}
