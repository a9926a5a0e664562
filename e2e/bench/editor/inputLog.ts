/** Records, inside the page, when the pointer moved and was let go, and when what it led to was on screen. */
import type { Page } from '@playwright/test';

export type InputLog = {
  /** For each pointer move that painted: from its event until the frame with its paint had been painted. */
  strokeMs: number[];
  /** For each pointer-up: from its event until the frame with the new masks had been painted. */
  commitMs: number[];
  /** When each new picture was in the frame canvas. */
  frames: number[];
  /** When each new picture of the masks was in its canvas. */
  masks: number[];
};

declare global {
  interface Window {
    inputLog: InputLog;
    /** For pages without the app's canvases: tells that the last moves were drawn. */
    strokeDrawn: () => void;
  }
}

/** Runs in the page before its own scripts; refers to nothing outside itself. */
function recordInput(): void {
  const log: InputLog = { strokeMs: [], commitMs: [], frames: [], masks: [] };
  window.inputLog = log;
  let moves: number[] = [];
  let upMs: number | null = null;

  /** A message sent in an animation frame arrives after that frame was painted. */
  function afterPaint(call: (shownMs: number) => void): void {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => call(performance.now()));
    port1.start();
    port2.postMessage(null);
  }
  window.addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons !== 0) {
        moves.push(event.timeStamp);
      }
    },
    true,
  );
  window.addEventListener(
    'pointerup',
    (event) => {
      upMs = event.timeStamp;
      moves = [];
    },
    true,
  );
  // Strokes are drawn in animation frames.
  window.strokeDrawn = () => {
    const drawn = moves;
    moves = [];
    if (drawn.length > 0) {
      afterPaint((shownMs) => log.strokeMs.push(...drawn.map((startMs) => shownMs - startMs)));
    }
  };
  const prototype = CanvasRenderingContext2D.prototype;
  const drawImage = prototype.drawImage as (...values: unknown[]) => void;
  prototype.drawImage = function draw(this: CanvasRenderingContext2D, ...values: unknown[]): void {
    drawImage.apply(this, values);
    const id = this.canvas.dataset['testid'];
    if (id === 'paint-layer') {
      window.strokeDrawn();
    } else if (id === 'frame-layer' || id === 'reduced-frame-layer') {
      log.frames.push(performance.now());
    }
  };
  const putImageData = prototype.putImageData as (...values: unknown[]) => void;
  prototype.putImageData = function put(this: CanvasRenderingContext2D, ...values: unknown[]): void {
    putImageData.apply(this, values);
    const id = this.canvas.dataset['testid'];
    if (id === 'mask-layer' || id === 'reduced-mask-layer') {
      log.masks.push(performance.now());
      const startMs = upMs;
      upMs = null;
      if (startMs !== null) {
        requestAnimationFrame(() => afterPaint((shownMs) => log.commitMs.push(shownMs - startMs)));
      }
    }
  };
}

export async function installInputLog(page: Page): Promise<void> {
  await page.addInitScript(recordInput);
}

/** Returns what was recorded since the last call. */
export function takeInputLog(page: Page): Promise<InputLog> {
  return page.evaluate(() => {
    const { strokeMs, commitMs, frames, masks } = window.inputLog;
    return {
      strokeMs: strokeMs.splice(0),
      commitMs: commitMs.splice(0),
      frames: frames.splice(0),
      masks: masks.splice(0),
    };
  });
}
