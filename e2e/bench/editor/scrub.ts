/** Drags the playhead over a stretch of the timeline and counts the pictures that come. */
import type { Page } from '@playwright/test';
import { startBusyTime } from './busyTime';
import { takeInputLog } from './inputLog';

export type ScrubRate = {
  /** New pictures, and new pictures of the masks, a second while the playhead was dragged. */
  readonly framesPerSec: number;
  readonly masksPerSec: number;
  /** Pointer moves a second: no program can show more than it is told. */
  readonly movesPerSec: number;
  /** How long the page's own thread was busy for each of them. */
  readonly busyMsPerMove: number;
  /** Frames that a pixel of the timeline stands for. */
  readonly framesPerPx: number;
};

const STRETCH_PX = 300;
/** As often as a screen is refreshed. */
const MOVE_MS = 1000 / 60;

/** Moves the mouse evenly for so long, as often as a screen is refreshed; returns how many moves that were. */
export async function moveEvenly(
  page: Page,
  from: { x: number; y: number },
  durationMs: number,
): Promise<{ moves: number; tookMs: number }> {
  const startMs = performance.now();
  let moves = 0;
  for (let nowMs = 0; nowMs < durationMs; nowMs = performance.now() - startMs) {
    await page.mouse.move(from.x + (nowMs / durationMs) * STRETCH_PX, from.y);
    moves += 1;
    const restMs = moves * MOVE_MS - (performance.now() - startMs);
    if (restMs > 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, restMs);
      });
    }
  }
  return { moves, tookMs: performance.now() - startMs };
}

/** Clear of the handles of in and out point. */
export const FIRST_FRAME = 40;
const PAGE_FRAMES = 10;
/** Longer than a frame has to rest before the engine prepares it. */
const REST_MS = 800;

/** Goes to the first frame of the stretch and waits until the engine has nothing more to do there. */
async function goToStart(page: Page): Promise<void> {
  await page.keyboard.press('Home');
  for (let frame = 0; frame < FIRST_FRAME; frame += PAGE_FRAMES) {
    await page.keyboard.press('PageDown');
  }
  await page.waitForFunction((frame) => window.benchStore.getState().shownFrame === frame, FIRST_FRAME);
  await page.waitForTimeout(REST_MS);
  await page.waitForFunction(() => window.benchStore.getState().encodingFrame === null);
}

export async function scrubPlayhead(page: Page, durationMs: number): Promise<ScrubRate> {
  await goToStart(page);
  const box = await page.getByRole('slider', { name: 'Playhead' }).boundingBox();
  if (!box) {
    throw new Error('The playhead is not on screen.');
  }
  const from = { x: box.x + box.width / 2, y: box.y + 6 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await takeInputLog(page);
  const busyTime = await startBusyTime(page);
  const { moves, tookMs } = await moveEvenly(page, from, durationMs);
  const busyMs = await busyTime();
  const { frames, masks } = await takeInputLog(page);
  await page.mouse.up();
  const reached = await page.evaluate(() => window.benchStore.getState().currentFrame);
  if (reached <= FIRST_FRAME) {
    throw new Error('The playhead did not move.');
  }
  const perSec = (count: number): number => count / (tookMs / 1000);
  return {
    framesPerSec: perSec(frames.length),
    masksPerSec: perSec(masks.length),
    movesPerSec: perSec(moves),
    busyMsPerMove: busyMs / moves,
    framesPerPx: (reached - FIRST_FRAME) / STRETCH_PX,
  };
}
