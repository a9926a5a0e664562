/** The whole benchmark: serves, repeats all that is compared in turns, and returns what was measured. */
import { chromium, type Browser } from '@playwright/test';
import { chromiumArgs } from '../../scripts/findChromium.mjs';
import { runApp, type Accuracy, type AppFigures } from './appRun';
import { runMinisamBaseline, runPlainBaseline } from './baselineRuns';
import { describeMachine, type Machine } from './machine';
import { OtherPrograms, QUIET_CORES } from './otherPrograms';
import type { MinisamFigures } from './page/minisam';
import type { PlainFigures } from './page/plainTask';
import { startServers, type Servers } from './servers';

export type BenchOptions = {
  /** The repository. */
  readonly root: string;
  readonly chromiumPath: string;
  readonly repetitions: number;
  /** Time for waiting for a quiet machine and for repeating what was disturbed, all together. */
  readonly quietLimitMs: number;
};

export type Repetition = {
  readonly app: AppFigures;
  readonly plain: PlainFigures;
  readonly minisam: MinisamFigures;
  /** With the app's threads; the default of the package may be fewer. */
  readonly minisamSameThreads: MinisamFigures;
  /** Mean number of cores that other programs kept busy meanwhile; null when that cannot be known. */
  readonly otherCores: number | null;
};

type Turn = { readonly repetition: Omit<Repetition, 'otherCores'>; readonly accuracy: readonly Accuracy[] };

export type BenchResult = {
  readonly date: string;
  readonly machine: Machine;
  /** Repetitions that did not count, for other programs were busy during them. */
  readonly disturbed: number;
  readonly repetitions: readonly Repetition[];
  readonly accuracy: readonly Accuracy[];
};

async function repeatOnce(browser: Browser, { appUrl, baselinesUrl }: Servers): Promise<Turn> {
  const { figures, accuracy } = await runApp(browser, appUrl);
  const { threads } = figures;
  const repetition = {
    app: figures,
    plain: await runPlainBaseline(browser, baselinesUrl, threads),
    minisam: await runMinisamBaseline(browser, baselinesUrl, null),
    minisamSameThreads: await runMinisamBaseline(browser, baselinesUrl, threads),
  };
  return { repetition, accuracy };
}

/** Repeats until `count` repetitions were undisturbed, or the time for waiting is over: then takes what comes. */
async function repeatAll(
  browser: Browser,
  servers: Servers,
  { repetitions: count, quietLimitMs }: BenchOptions,
): Promise<Pick<BenchResult, 'repetitions' | 'accuracy' | 'disturbed'>> {
  const turns: (Turn & { readonly repetition: Repetition })[] = [];
  let disturbed = 0;
  let patienceMs = quietLimitMs;
  const others = new OtherPrograms();
  try {
    while (turns.length < count) {
      const startMs = Date.now();
      await others.waitForQuiet(startMs + patienceMs);
      patienceMs -= Date.now() - startMs;
      console.log(`Repetition ${turns.length + 1} of ${count} ...`);
      others.takeCores();
      const beganMs = Date.now();
      const turn = await repeatOnce(browser, servers);
      const otherCores = others.takeCores();
      const isDisturbed = otherCores !== null && otherCores > QUIET_CORES;
      if (isDisturbed && patienceMs > 0) {
        console.log(`Other programs kept ${otherCores.toFixed(2)} cores busy; it does not count.`);
        patienceMs -= Date.now() - beganMs;
        disturbed += 1;
      } else {
        turns.push({ ...turn, repetition: { ...turn.repetition, otherCores } });
      }
    }
  } finally {
    others.stop();
  }
  const repetitions = turns.map(({ repetition }) => repetition);
  return { repetitions, accuracy: turns[0]?.accuracy ?? [], disturbed };
}

export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { root, chromiumPath } = options;
  const servers = await startServers(root);
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
    const machine = describeMachine(root, browser.version());
    const measured = await repeatAll(browser, servers, options);
    return { date: new Date().toISOString().slice(0, 10), machine, ...measured };
  } finally {
    await browser?.close();
    await servers.close();
  }
}
