/** Records, inside the page, when the pointer went up, when masks were on screen, and the app's own step measures. */
import type { Page } from '@playwright/test';

/** A step the app puts on the performance timeline; times are of the page's `performance.now()`. */
export type Step = {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type StepLog = {
  steps: Step[];
  /** When the mask canvas had new pixels, and when the frame that shows them had been painted. */
  paints: { canvasMs: number; shownMs: number }[];
  /** Time stamps of the events, which the browser's input handling gave them. */
  pointerUps: number[];
};

declare global {
  interface Window {
    benchLog: StepLog;
  }
}

/** Runs in the page before its own scripts; refers to nothing outside itself. */
function recordSteps(): void {
  const log: StepLog = { steps: [], paints: [], pointerUps: [] };
  window.benchLog = log;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.name.startsWith('maskflow:')) {
        log.steps.push({
          name: entry.name.slice('maskflow:'.length),
          startMs: entry.startTime,
          endMs: entry.startTime + entry.duration,
          detail: (entry as PerformanceMeasure).detail as Record<string, unknown>,
        });
      }
    }
  }).observe({ type: 'measure' });
  window.addEventListener('pointerup', (event) => log.pointerUps.push(event.timeStamp), true);

  const prototype = CanvasRenderingContext2D.prototype;
  const putImageData = prototype.putImageData as (...values: unknown[]) => void;
  prototype.putImageData = function put(this: CanvasRenderingContext2D, ...values: unknown[]): void {
    putImageData.apply(this, values);
    if (this.canvas.dataset['testid'] === 'mask-layer') {
      const canvasMs = performance.now();
      // A message sent in an animation frame arrives after that frame was painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener('message', () => log.paints.push({ canvasMs, shownMs: performance.now() }));
        port1.start();
        port2.postMessage(null);
      });
    }
  };
}

export async function installStepLog(page: Page): Promise<void> {
  await page.addInitScript(recordSteps);
}

/** Returns what was recorded since the last call. */
export function takeLog(page: Page): Promise<StepLog> {
  return page.evaluate(() => {
    const { steps, paints, pointerUps } = window.benchLog;
    return {
      steps: steps.splice(0),
      paints: paints.splice(0),
      pointerUps: pointerUps.splice(0),
    };
  });
}

/** Waits until `count` steps with this name were recorded since the log was last taken. */
export async function waitForSteps(page: Page, name: string, count: number, timeout: number): Promise<void> {
  await page.waitForFunction(
    ([wanted, least]) => window.benchLog.steps.filter((step) => step.name === wanted).length >= least,
    [name, count] as const,
    { timeout, polling: 100 },
  );
}

/** Waits until the encoder has run for a frame. */
export async function waitForEncoding(page: Page, frameIndex: number, timeout: number): Promise<void> {
  await page.waitForFunction(
    (frame) =>
      window.benchLog.steps.some(
        ({ name, detail }) =>
          name === 'encode' && detail['frameIndex'] === frame && Number(detail['encodeMs']) > 0,
      ),
    frameIndex,
    { timeout, polling: 100 },
  );
}

/** Waits until new masks are on screen since the log was last taken. */
export async function waitForPaint(page: Page, timeout: number): Promise<void> {
  await page.waitForFunction(() => window.benchLog.paints.length > 0, undefined, { timeout, polling: 50 });
}
