/** How much memory a page holds on to. */
import type { Page } from '@playwright/test';

export type HeapBytes = {
  /** Objects of JavaScript. */
  readonly heap: number;
  /** Array buffers: the run lengths of masks, among other things. */
  readonly buffers: number;
};

/** After everything unreachable has been collected; the page's own thread alone, without its workers. */
export async function heldBytes(page: Page): Promise<HeapBytes> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    const usage = (await session.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    if (usage.backingStorageSize === undefined) {
      throw new Error('This Chromium does not say how much memory array buffers take.');
    }
    return { heap: usage.usedSize, buffers: usage.backingStorageSize };
  } finally {
    await session.detach();
  }
}
