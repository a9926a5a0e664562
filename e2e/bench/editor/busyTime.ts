/** How long a page's own thread is busy: scripts, layout, painting, and drawing on canvases; no workers, no compositor. */
import type { Page } from '@playwright/test';

/** Returns what tells the milliseconds since this call, and ends. */
export async function startBusyTime(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busyMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const task = metrics.find(({ name }) => name === 'TaskDuration');
    if (!task) {
      throw new Error('This Chromium does not say how long its threads were busy.');
    }
    return task.value * 1000;
  };
  const startMs = await busyMs();
  return async () => {
    const took = (await busyMs()) - startMs;
    await session.detach();
    return took;
  };
}
