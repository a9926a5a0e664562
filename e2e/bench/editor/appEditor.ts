/** One repetition in the app: a 1080p clip with eight labels on every frame, painted and scrubbed by mouse. */
import type { Browser, Page } from '@playwright/test';
import { MaskflowPage } from '../../support/maskflowPage';
import { openClip } from '../openClip';
import { installStepLog } from '../stepLog';
import { installInputLog, takeInputLog } from './inputLog';
import { labelClip, untilSaved } from './labelledClip';
import { heldBytes, type HeapBytes } from './memory';
import { drag, longStroke, shortStroke, type PictureBox } from './strokes';
import { scrubPlayhead, type ScrubRate } from './scrub';

export type EditorTask = {
  readonly clip: string;
  readonly strokes: number;
  readonly saves: number;
  readonly edits: number;
  readonly scrubMs: number;
};

export type AppEditorFigures = {
  /** For each pointer move of a stroke: event to painted. */
  readonly strokeMs: readonly number[];
  /** For each stroke: pointer-up to the new masks painted. */
  readonly commitMs: readonly number[];
  /** For each edit: pointer-up until the project is saved, the wait for further changes included. */
  readonly saveMs: readonly number[];
  /** Over frames that were not decoded before, and over the same ones again. */
  readonly scrubFirst: ScrubRate;
  readonly scrubAgain: ScrubRate;
  readonly before: HeapBytes;
  readonly after: HeapBytes;
};

const TIMEOUT_MS = 240_000;
/** Moves between two corners of a long stroke: a fast hand. */
const MOVES = 20;

async function pictureBox(app: MaskflowPage): Promise<PictureBox> {
  const box = await app.frame.boundingBox();
  if (!box) {
    throw new Error('The frame is not on screen.');
  }
  return box;
}

/** Milliseconds from the next pointer-up until everything is saved. */
function nextSave(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let startMs: number | null = null;
        window.addEventListener(
          'pointerup',
          (event) => {
            startMs = event.timeStamp;
          },
          { capture: true, once: true },
        );
        const unsubscribe = window.benchStore.subscribe((state, previous) => {
          if (startMs !== null && state.saveState.kind === 'saved' && previous.saveState.kind === 'saving') {
            unsubscribe();
            resolve(performance.now() - startMs);
          }
        });
      }),
  );
}

async function timeSaves(page: Page, box: PictureBox, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const saved = nextSave(page);
    await drag(page, box, shortStroke(index), 4);
    times.push(await saved);
  }
  return times;
}

async function paintEdits(page: Page, box: PictureBox, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await drag(page, box, shortStroke(index), 2);
  }
}

/** Opens the app with nothing in the browser's caches, and measures. */
export async function runAppEditor(
  browser: Browser,
  appUrl: string,
  task: EditorTask,
): Promise<AppEditorFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await installStepLog(page);
    await installInputLog(page);
    const app = new MaskflowPage(page);
    await openClip(app, appUrl, task.clip);
    await labelClip(page);
    await untilSaved(page, TIMEOUT_MS);
    await app.tool('Brush');
    const box = await pictureBox(app);
    // The first stroke compiles what the others run.
    await drag(page, box, longStroke(0), MOVES);
    await untilSaved(page, TIMEOUT_MS);
    await takeInputLog(page);
    for (let index = 0; index < task.strokes; index += 1) {
      await drag(page, box, longStroke(index), MOVES);
      await untilSaved(page, TIMEOUT_MS);
    }
    const { strokeMs, commitMs } = await takeInputLog(page);
    const saveMs = await timeSaves(page, box, task.saves);
    const scrubFirst = await scrubPlayhead(page, task.scrubMs);
    const scrubAgain = await scrubPlayhead(page, task.scrubMs);
    const before = await heldBytes(page);
    await paintEdits(page, box, task.edits);
    await untilSaved(page, TIMEOUT_MS);
    const after = await heldBytes(page);
    return { strokeMs, commitMs, saveMs, scrubFirst, scrubAgain, before, after };
  } finally {
    await context.close();
  }
}
