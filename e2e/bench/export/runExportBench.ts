/** The benchmark of exports: the app and the browser's plain encoders in one browser, on the same clip. */
import { chromium, type Browser } from '@playwright/test';
import { chromiumArgs } from '../../../scripts/findChromium.mjs';
import { editorClip } from '../editor/clip';
import { describeMachine, type Machine } from '../machine';
import { OtherPrograms } from '../otherPrograms';
import { startAppServer } from '../servers';
import { runAppExport, type AppExportFigures } from './appExport';

export type ExportBenchOptions = {
  /** The repository. */
  readonly root: string;
  readonly chromiumPath: string;
  readonly repetitions: number;
  readonly quietLimitMs: number;
  readonly isDry: boolean;
};

export type ExportBenchResult = {
  readonly date: string;
  readonly machine: Machine;
  readonly frames: number;
  readonly longFrames: number;
  readonly repetitions: readonly (AppExportFigures & { readonly otherCores: number | null })[];
};

const FULL = { frames: 25, longFrames: 2000 };
const DRY = { frames: 8, longFrames: 40 };

export async function runExportBench(options: ExportBenchOptions): Promise<ExportBenchResult> {
  const { root, chromiumPath, isDry, quietLimitMs } = options;
  const { frames, longFrames } = isDry ? DRY : FULL;
  const clip = editorClip(root, longFrames);
  const server = await startAppServer(root);
  const others = new OtherPrograms();
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
    const machine = describeMachine(root, browser.version());
    const repetitions = [];
    const endMs = Date.now() + quietLimitMs;
    for (let turn = 1; turn <= options.repetitions; turn += 1) {
      await others.waitForQuiet(endMs);
      console.log(`Repetition ${turn} of ${options.repetitions} ...`);
      others.takeCores();
      const figures = await runAppExport(browser, server.appUrl, { clip, frames, longFrames });
      repetitions.push({ ...figures, otherCores: others.takeCores() });
    }
    return { date: new Date().toISOString().slice(0, 10), machine, frames, longFrames, repetitions };
  } finally {
    others.stop();
    await browser?.close();
    await server.close();
  }
}
