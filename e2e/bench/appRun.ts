/** One repetition on the real app: opened afresh, prompted by mouse, propagated, exported. */
import type { Browser, Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iou, readExport, readLabelMap } from '../support/labelMaps';
import { MaskflowPage, type SourceBox, type SourcePoint } from '../support/maskflowPage';
import { numberIn, samplePointer, STEP_TIMEOUT_MS, undo, type PointerSample } from './pointerSample';
import { restedBoxes, type RestedSample } from './restedDrag';
import { installStepLog, takeLog, waitForEncoding, waitForSteps, type Step } from './stepLog';

export type PropagatedFrameSample = {
  readonly frameIndex: number;
  readonly wallMs: number;
  readonly encodeMs: number;
  readonly decodeMs: number;
};

export type AppFigures = {
  readonly threads: number;
  readonly loadMs: number;
  readonly firstEncode: { readonly wallMs: number; readonly runMs: number };
  readonly firstMask: PointerSample;
  /** Another frame, come to when the model has run before: the call that encodes it, then a click. */
  readonly nextPicture: { readonly encodeWallMs: number; readonly mask: PointerSample };
  /** Clicks on a frame with one label, and with three. */
  readonly clicks: readonly PointerSample[];
  readonly clicksAmongThree: readonly PointerSample[];
  readonly boxes: readonly PointerSample[];
  /** Boxes in whose drag the pointer rested, then moved on and was released so long after the rest. */
  readonly restedBoxes: readonly RestedSample[];
  /** By SAM alone, whose cost is that of its graphs and little else. */
  readonly propagated: readonly PropagatedFrameSample[];
  /** By the default engine, on the frames after those. */
  readonly propagatedByMemory: readonly PropagatedFrameSample[];
};

export type Accuracy = { readonly frameIndex: number; readonly dye: number; readonly iou: number };

export const PROPAGATED_FRAMES = 10;
export const MEMORY_FRAMES = 6;
/** Propagation comes upon it first; its times are not among those that are reported. */
const NEXT_FRAME = 1;
const CHECKED_FRAMES = [0, 8];
const DYES = [1, 2];

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'dye');
const prompts = JSON.parse(readFileSync(join(fixtures, 'prompts.json'), 'utf8')) as {
  boxes: Record<'1' | '2' | 'floor', SourceBox>;
};

/** Places inside the upper dye, as fractions of its box. */
const PLACES: readonly (readonly [x: number, y: number])[] = [
  [0.5, 0.5],
  [0.3, 0.5],
  [0.4, 0.55],
  [0.6, 0.5],
  [0.7, 0.45],
];

/** Clicks into the upper dye, the same for all that are compared. */
export const clickPoints: readonly SourcePoint[] = PLACES.map(([x, y]) => {
  const [x0, y0, x1, y1] = prompts.boxes['1'];
  return [Math.round(x0 + x * (x1 - x0)), Math.round(y0 + y * (y1 - y0))];
});

async function load(page: Page, app: MaskflowPage, appUrl: string): Promise<Step[]> {
  await page.goto(`${appUrl}?provider=wasm`);
  await app.stage.waitFor({ timeout: STEP_TIMEOUT_MS });
  await waitForEncoding(page, 0, STEP_TIMEOUT_MS);
  await app.expectIdle();
  return (await takeLog(page)).steps;
}

async function click(app: MaskflowPage, point: SourcePoint): Promise<PointerSample> {
  await app.tool('Foreground point');
  const { x, y } = await app.at(point);
  return samplePointer(app, () => app.page.mouse.click(x, y));
}

/** A click, taken back, for each point. */
async function clicks(app: MaskflowPage, points: readonly SourcePoint[]): Promise<PointerSample[]> {
  const samples: PointerSample[] = [];
  for (const point of points) {
    samples.push(await click(app, point));
    await undo(app);
  }
  return samples;
}

async function nextPicture(app: MaskflowPage): Promise<AppFigures['nextPicture']> {
  await takeLog(app.page);
  await app.seek(NEXT_FRAME);
  await waitForEncoding(app.page, NEXT_FRAME, STEP_TIMEOUT_MS);
  await app.expectIdle();
  const { steps } = await takeLog(app.page);
  const encoded = encodingOf(steps, NEXT_FRAME);
  const mask = await click(app, clickPoints[0]!);
  await undo(app);
  await app.seek(0);
  return { encodeWallMs: encoded.endMs - encoded.startMs, mask };
}

/** Both dyes and the floor, as in the journey's test. */
async function drawBoxes(app: MaskflowPage): Promise<PointerSample[]> {
  const { '1': upper, '2': lower, floor } = prompts.boxes;
  const addLabel = (name: string): Promise<void> => app.page.getByRole('button', { name }).click();
  const samples = [await samplePointer(app, () => app.drawBox(upper))];
  await addLabel('Add label');
  samples.push(await samplePointer(app, () => app.drawBox(lower)));
  await addLabel('Add competitor');
  samples.push(await samplePointer(app, () => app.drawBox(floor)));
  await app.expectMasks(3);
  return samples;
}

async function chooseEngine({ page }: MaskflowPage, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to propagate' }).click();
  await page.getByRole('menuitem', { name: /^Propagate with/ }).click();
  await page.getByRole('menuitemradio', { name }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitemradio').first().waitFor({ state: 'hidden' });
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

async function propagate(app: MaskflowPage, frameCount: number): Promise<PropagatedFrameSample[]> {
  const { page } = app;
  await takeLog(page);
  await page.keyboard.press('r');
  await waitForSteps(page, 'propagatedFrame', frameCount, frameCount * STEP_TIMEOUT_MS);
  const stop = page.getByRole('button', { name: 'Stop' });
  await stop.click();
  await stop.waitFor({ state: 'hidden', timeout: STEP_TIMEOUT_MS });
  const { steps } = await takeLog(page);
  return steps
    .filter(({ name }) => name === 'propagatedFrame')
    .slice(0, frameCount)
    .map((step) => ({
      frameIndex: numberIn(step, 'frameIndex'),
      wallMs: step.endMs - step.startMs,
      encodeMs: numberIn(step, 'encodeMs'),
      decodeMs: numberIn(step, 'decodeMs'),
    }));
}

/** IoU of the exported masks with the true ones. */
async function measureAccuracy(app: MaskflowPage): Promise<Accuracy[]> {
  await app.seek(PROPAGATED_FRAMES);
  await app.page.keyboard.press('o');
  const zip = readExport(await app.exportZip());
  return CHECKED_FRAMES.flatMap((frameIndex) => {
    const name = `${String(frameIndex).padStart(5, '0')}.png`;
    const truth = readLabelMap(join(fixtures, 'masks', name));
    return DYES.map((dye) => ({ frameIndex, dye, iou: iou(zip.map(name), dye, truth, dye) }));
  });
}

/** The call that ran the encoder for a frame; others found it under way or done. */
function encodingOf(steps: readonly Step[], frameIndex: number): Step {
  const found = steps.find(
    (step) =>
      step.name === 'encode' && step.detail['frameIndex'] === frameIndex && numberIn(step, 'encodeMs') > 0,
  );
  if (!found) {
    throw new Error(`The app did not report that frame ${frameIndex} was encoded.`);
  }
  return found;
}

function loadFigures(steps: readonly Step[]): Pick<AppFigures, 'threads' | 'loadMs' | 'firstEncode'> {
  const loaded = steps.find(({ name }) => name === 'load');
  const encoded = encodingOf(steps, 0);
  if (!loaded) {
    throw new Error('The app did not report that the model was loaded.');
  }
  if (loaded.detail['provider'] !== 'wasm') {
    throw new Error(`The app runs on ${String(loaded.detail['provider'])}; this benchmark is of WASM.`);
  }
  return {
    threads: numberIn(loaded, 'threads'),
    loadMs: loaded.endMs - loaded.startMs,
    firstEncode: { wallMs: encoded.endMs - encoded.startMs, runMs: numberIn(encoded, 'encodeMs') },
  };
}

/** Opens the app with nothing in the browser's caches, and measures. */
export async function runApp(
  browser: Browser,
  appUrl: string,
): Promise<{ figures: AppFigures; accuracy: Accuracy[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    // Filling the offline cache would take part in the measurement.
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    await installStepLog(page);
    const app = new MaskflowPage(page);
    const loaded = loadFigures(await load(page, app, appUrl));
    const firstMask = await click(app, clickPoints[0]!);
    await undo(app);
    const single = await clicks(app, clickPoints.slice(1));
    const next = await nextPicture(app);
    const rested = await restedBoxes(app, prompts.boxes['1']);
    const boxes = await drawBoxes(app);
    await page.keyboard.press('1');
    const clicksAmongThree = await clicks(app, clickPoints);
    await chooseEngine(app, /^SAM Each mask/);
    const propagated = await propagate(app, PROPAGATED_FRAMES);
    // Further on, nothing is encoded yet.
    await app.seek(PROPAGATED_FRAMES);
    await chooseEngine(app, /^Memory/);
    const propagatedByMemory = await propagate(app, 3 + MEMORY_FRAMES);
    const figures = {
      ...loaded,
      firstMask,
      nextPicture: next,
      clicks: single,
      clicksAmongThree,
      boxes,
      restedBoxes: rested,
      propagated,
      // The first may have been encoded by the run before.
      propagatedByMemory: propagatedByMemory.slice(-MEMORY_FRAMES),
    };
    return { figures, accuracy: await measureAccuracy(app) };
  } finally {
    await context.close();
  }
}
