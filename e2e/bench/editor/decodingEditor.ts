/** One repetition of the second baseline: the app's decoder and one canvas, without masks and without an app. */
import type { Browser } from '@playwright/test';
import { startBusyTime } from './busyTime';
import { CLIP_FRAMES_PER_SEC } from './clip';
import { FIRST_FRAME, moveEvenly } from './scrub';

export type DecodingFigures = {
  readonly framesPerSec: number;
  readonly busyMsPerMove: number;
};

export async function runDecodingEditor(
  browser: Browser,
  pageUrl: string,
  { clip, scrubMs, framesPerPx }: { clip: string; scrubMs: number; framesPerPx: number },
): Promise<DecodingFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(pageUrl);
    await page.locator('input').setInputFiles(clip);
    await page.evaluate((options) => window.openClip(options), {
      firstFrame: FIRST_FRAME,
      framesPerPx,
      framesPerSec: CLIP_FRAMES_PER_SEC,
    });
    const box = await page.locator('canvas').boundingBox();
    if (!box) {
      throw new Error('The canvas is not on screen.');
    }
    const from = { x: box.x + 100, y: box.y + 100 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    const before = await page.evaluate(() => window.picturesDecoded);
    const busyTime = await startBusyTime(page);
    const { moves, tookMs } = await moveEvenly(page, from, scrubMs);
    const decoded = await page.evaluate(() => window.picturesDecoded);
    const busyMsPerMove = (await busyTime()) / moves;
    await page.mouse.up();
    return { framesPerSec: (decoded - before) / (tookMs / 1000), busyMsPerMove };
  } finally {
    await context.close();
  }
}
