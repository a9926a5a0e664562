/** One repetition of each baseline, each in a page of its own with nothing in the browser's caches. */
import type { Browser, Page } from '@playwright/test';
import type { MinisamFigures } from './page/minisam';
import type { PlainFigures } from './page/plainTask';
import { clickPoints } from './appRun';

const PLAIN_RUNS = 3;

async function inFreshPage<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => window.baselines !== undefined && window.crossOriginIsolated);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** The plain sessions, with as many threads as the app. */
export function runPlainBaseline(browser: Browser, url: string, threads: number): Promise<PlainFigures> {
  const options = { threads, runs: PLAIN_RUNS, click: clickPoints[0]! };
  return inFreshPage(browser, url, (page) =>
    page.evaluate((task) => window.baselines.runPlain(task), options),
  );
}

/** The minisam package; `threads` null leaves its default. Rejects when its mask is empty. */
export async function runMinisamBaseline(
  browser: Browser,
  url: string,
  threads: number | null,
): Promise<MinisamFigures> {
  const figures = await inFreshPage(browser, url, (page) =>
    page.evaluate((task) => window.baselines.runMinisam(task), { threads, clicks: clickPoints }),
  );
  if (figures.foregroundPixels === 0) {
    throw new Error('minisam drew an empty mask: nothing to compare with.');
  }
  return figures;
}
