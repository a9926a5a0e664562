/** The editor's benchmark: app and plain canvas in turns, in one browser, on the same strokes. */
import { chromium, type Browser } from '@playwright/test';
import { chromiumArgs } from '../../../scripts/findChromium.mjs';
import { describeMachine, type Machine } from '../machine';
import { OtherPrograms } from '../otherPrograms';
import { startEditorServers } from '../servers';
import { runAppEditor, type AppEditorFigures, type EditorTask } from './appEditor';
import { editorClip } from './clip';
import { runDecodingEditor, type DecodingFigures } from './decodingEditor';
import { runPlainEditor, type PlainEditorFigures } from './plainEditor';

export type EditorBenchOptions = {
  /** The repository. */
  readonly root: string;
  readonly chromiumPath: string;
  readonly repetitions: number;
  /** How long to wait for a quiet machine, all together. */
  readonly quietLimitMs: number;
  /** A short clip and few strokes, to see that everything works. */
  readonly isDry: boolean;
};

export type EditorRepetition = {
  readonly app: AppEditorFigures;
  readonly plain: PlainEditorFigures;
  readonly decoding: DecodingFigures;
  /** Mean number of cores that other programs kept busy meanwhile; null when that cannot be known. */
  readonly otherCores: number | null;
};

export type EditorBenchResult = {
  readonly date: string;
  readonly machine: Machine;
  readonly frames: number;
  readonly task: Omit<EditorTask, 'clip'>;
  readonly repetitions: readonly EditorRepetition[];
};

const FULL = { frames: 3000, strokes: 20, saves: 10, edits: 1000, scrubMs: 4000 };
const DRY = { frames: 75, strokes: 3, saves: 2, edits: 20, scrubMs: 1000 };

async function repeat(
  browser: Browser,
  { appUrl, decodingUrl }: { readonly appUrl: string; readonly decodingUrl: string },
  task: EditorTask,
  { repetitions, quietLimitMs }: EditorBenchOptions,
): Promise<EditorRepetition[]> {
  const turns: EditorRepetition[] = [];
  const others = new OtherPrograms();
  const endMs = Date.now() + quietLimitMs;
  try {
    for (let turn = 1; turn <= repetitions; turn += 1) {
      await others.waitForQuiet(endMs);
      console.log(`Repetition ${turn} of ${repetitions} ...`);
      others.takeCores();
      const app = await runAppEditor(browser, appUrl, task);
      const plain = await runPlainEditor(browser, appUrl, task);
      const decoding = await runDecodingEditor(browser, decodingUrl, {
        clip: task.clip,
        scrubMs: task.scrubMs,
        framesPerPx: app.scrubFirst.framesPerPx,
      });
      turns.push({ app, plain, decoding, otherCores: others.takeCores() });
    }
  } finally {
    others.stop();
  }
  return turns;
}

export async function runEditorBench(options: EditorBenchOptions): Promise<EditorBenchResult> {
  const { root, chromiumPath, isDry } = options;
  const { frames, ...amounts } = isDry ? DRY : FULL;
  const clip = editorClip(root, frames);
  const server = await startEditorServers(root);
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });
    const machine = describeMachine(root, browser.version());
    const repetitions = await repeat(browser, server, { clip, ...amounts }, options);
    return { date: new Date().toISOString().slice(0, 10), machine, frames, task: amounts, repetitions };
  } finally {
    await browser?.close();
    await server.close();
  }
}
