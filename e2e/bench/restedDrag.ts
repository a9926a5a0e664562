/** Boxes in whose drag the pointer rests, moves on and is released: the drawing of the rest can be in the way then. */
import type { MaskflowPage, SourceBox } from '../support/maskflowPage';
import { drawingsIn, pointerSampleOf, undo, watchPointer, type PointerSample } from './pointerSample';

export type RestedSample = PointerSample & {
  readonly restMs: number;
  /** How long the pointer moved on after the rest, until it was released. */
  readonly movedOnMs: number;
  /** Whether the drawing of the rest was still under way at the release, and so in the way of the one that counts. */
  readonly wasDrawing: boolean;
};

type Rest = readonly [restMs: number, movedOnMs: number];

/** As hands do it: the drawing of the rest is all but done when the pointer moves on. */
export const USUAL_REST_MS = 300;

const RESTS: readonly Rest[] = [
  [USUAL_REST_MS, 100],
  [USUAL_REST_MS, 150],
  [USUAL_REST_MS, 200],
  [USUAL_REST_MS, 250],
  // Near the worst case: the drawing of the rest has just begun.
  [220, 1],
  [220, 1],
];

/**
 * Drags a box in two sweeps with a rest in between. Moves it by `inset` source pixels, so that each drag is one that the
 * app has not drawn before.
 */
async function dragWithRest(
  app: MaskflowPage,
  [x0, y0, x1, y1]: SourceBox,
  inset: number,
  [restMs, movedOnMs]: Rest,
): Promise<void> {
  const { page } = app;
  const from = await app.at([x0 + inset, y0 + inset]);
  const to = await app.at([x1 + inset, y1 + inset]);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(middle.x, middle.y, { steps: 3 });
  await page.waitForTimeout(restMs);
  const movedOnAt = performance.now();
  let share = 0;
  while (share < 1) {
    share = Math.min((performance.now() - movedOnAt) / movedOnMs, 1);
    await page.mouse.move(middle.x + share * (to.x - middle.x), middle.y + share * (to.y - middle.y));
  }
  await page.mouse.up();
}

/** Each takes its box back. */
export async function restedBoxes(app: MaskflowPage, box: SourceBox): Promise<RestedSample[]> {
  const samples: RestedSample[] = [];
  for (const [index, rest] of RESTS.entries()) {
    await app.tool('Box');
    const log = await watchPointer(app, () => dragWithRest(app, box, 4 * (index + 1), rest));
    const [restMs, movedOnMs] = rest;
    const upMs = log.pointerUps.at(-1) ?? 0;
    const wasDrawing = drawingsIn(log)
      .slice(0, -1)
      .some(({ endMs }) => endMs > upMs);
    samples.push({ ...pointerSampleOf(log), restMs, movedOnMs, wasDrawing });
    await undo(app);
  }
  return samples;
}
