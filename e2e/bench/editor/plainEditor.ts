/** One repetition of the baseline: a page with one plain canvas of the same size, and nothing else. */
import type { Browser } from '@playwright/test';
import type { EditorTask } from './appEditor';
import { startBusyTime } from './busyTime';
import { CLIP_HEIGHT, CLIP_WIDTH } from './clip';
import { installInputLog, takeInputLog } from './inputLog';
import { heldBytes, type HeapBytes } from './memory';
import { drag, longStroke, shortStroke, type PictureBox } from './strokes';
import { moveEvenly } from './scrub';

export type PlainEditorFigures = {
  readonly strokeMs: readonly number[];
  /** Pictures drawn a second while the mouse was moved. */
  readonly framesPerSec: number;
  readonly busyMsPerMove: number;
  readonly before: HeapBytes;
  readonly after: HeapBytes;
};

declare global {
  interface Window {
    /** Whether moves draw pictures in place of strokes. */
    isScrubbing: boolean;
    picturesDrawn: number;
  }
}

const MOVES = 20;
const PICTURES = 8;

/** Runs in the page: strokes by the canvas's own lines, pictures by drawImage, once for each animation frame. */
async function plainPage([width, height, pictureCount]: readonly [number, number, number]): Promise<void> {
  const canvas = document.querySelector('canvas')!;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  const picture = new OffscreenCanvas(width, height);
  const pictures = await Promise.all(
    Array.from({ length: pictureCount }, (_, index) => {
      const pen = picture.getContext('2d')!;
      pen.fillStyle = `hsl(${index * 40} 60% 50%)`;
      pen.fillRect(0, 0, width, height);
      return createImageBitmap(picture);
    }),
  );
  window.isScrubbing = false;
  window.picturesDrawn = 0;
  let path: { x: number; y: number }[] = [];
  let hasFrame = false;
  context.lineWidth = 40;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = 'rgb(230 159 0)';
  const place = ({ clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect();
    return {
      x: ((clientX - box.left) / box.width) * width,
      y: ((clientY - box.top) / box.height) * height,
    };
  };
  const draw = (): void => {
    hasFrame = false;
    if (window.isScrubbing) {
      context.drawImage(pictures[window.picturesDrawn % pictures.length]!, 0, 0);
      window.picturesDrawn += 1;
      return;
    }
    context.beginPath();
    path.forEach(({ x, y }) => context.lineTo(x, y));
    context.stroke();
    path = path.slice(-1);
    window.strokeDrawn();
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    path = [place(event)];
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0) {
      const events = event.getCoalescedEvents();
      path.push(...(events.length > 0 ? events : [event]).map(place));
      if (!hasFrame) {
        hasFrame = true;
        requestAnimationFrame(draw);
      }
    }
  });
}

const HTML = `<!doctype html><meta charset="utf-8"><title>Plain canvas</title><link rel="icon" href="data:,">
<style>body{margin:0} canvas{position:absolute;left:320px;top:80px;width:744px;height:418px}</style><canvas></canvas>`;

export async function runPlainEditor(
  browser: Browser,
  appUrl: string,
  task: EditorTask,
): Promise<PlainEditorFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    await installInputLog(page);
    const url = new URL('plain-canvas.html', appUrl).href;
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: HTML }));
    await page.goto(url);
    await page.evaluate(plainPage, [CLIP_WIDTH, CLIP_HEIGHT, PICTURES] as const);
    const box = (await page.locator('canvas').boundingBox()) as PictureBox;
    await drag(page, box, longStroke(0), MOVES);
    await takeInputLog(page);
    for (let index = 0; index < task.strokes; index += 1) {
      await drag(page, box, longStroke(index), MOVES);
    }
    const { strokeMs } = await takeInputLog(page);
    const before = await heldBytes(page);
    for (let index = 0; index < task.edits; index += 1) {
      await drag(page, box, shortStroke(index), 2);
    }
    const after = await heldBytes(page);
    await page.evaluate(() => {
      window.isScrubbing = true;
    });
    const from = { x: box.x + 100, y: box.y + 100 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    const busyTime = await startBusyTime(page);
    const { moves, tookMs } = await moveEvenly(page, from, task.scrubMs);
    const busyMsPerMove = (await busyTime()) / moves;
    await page.mouse.up();
    const drawn = await page.evaluate(() => window.picturesDrawn);
    return { strokeMs, framesPerSec: drawn / (tookMs / 1000), busyMsPerMove, before, after };
  } finally {
    await context.close();
  }
}
