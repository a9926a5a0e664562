/** The filmstrip: asks for what is in view, nearest to the playhead first, and paints what comes, where it belongs. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { ThumbnailSlot } from '../../app/thumbnails';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;
let wanted: readonly ThumbnailSlot[] = [];
const pictures = new Map<number, ImageBitmap>();
let tell: () => void = () => undefined;

/** A picture of one colour: red holds the frame number. */
function picture(red: number): ImageBitmap {
  const canvas = new OffscreenCanvas(128, 72);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = `rgb(${red} 0 0)`;
    context.fillRect(0, 0, 128, 72);
  }
  return canvas.transferToImageBitmap();
}

beforeEach(async () => {
  await page.viewport(1280, 800);
  pictures.clear();
  app = {
    ...recordingApp(),
    thumbnails: {
      get: ({ fromFrame }) => pictures.get(fromFrame) ?? null,
      want: (slots) => {
        wanted = slots;
      },
      onChange: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
  };
  unmount = mountScreen(app);
  openClip(app.store, 200);
  await expect.element(page.getByTestId('filmstrip')).toBeVisible();
});

afterEach(() => unmount());

const strip = (): HTMLCanvasElement => page.getByTestId('filmstrip').element() as HTMLCanvasElement;

function redAt(share: number): number {
  const canvas = strip();
  const x = Math.round(canvas.width * share);
  return canvas.getContext('2d')?.getImageData(x, Math.round(canvas.height / 2), 1, 1).data[0] ?? -1;
}

it('wants the whole clip in whole steps, and paints each picture in its place', async () => {
  await expect.poll(() => wanted.length).toBeGreaterThan(8);
  expect(wanted[0]?.fromFrame).toBe(0);
  const frames = wanted.flatMap(({ fromFrame, toFrame }) =>
    Array.from({ length: toFrame - fromFrame + 1 }, (_, place) => fromFrame + place),
  );
  expect(frames.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, frame) => frame));
  wanted.forEach(({ fromFrame }) => pictures.set(fromFrame, picture(fromFrame)));
  tell();
  const slotAt = (frame: number): number =>
    wanted.find(({ fromFrame, toFrame }) => fromFrame <= frame && frame <= toFrame)?.fromFrame ?? -1;
  await expect.poll(() => redAt(0.5)).toBeGreaterThan(0);
  expect(Math.abs(redAt(0.5) - slotAt(100))).toBeLessThanOrEqual(16);
  expect(redAt(0.9)).toBeGreaterThan(redAt(0.5));
});

it('follows the zoom with the frames in view, and can be put away', async () => {
  await expect.poll(() => wanted.length).toBeGreaterThan(8);
  const whole = wanted[0]!.toFrame - wanted[0]!.fromFrame;
  const zoomIn = page.getByRole('button', { name: 'Zoom the timeline in' });
  await zoomIn.click();
  await zoomIn.click();
  await zoomIn.click();
  await expect.poll(() => wanted[0]!.toFrame - wanted[0]!.fromFrame).toBeLessThan(whole);
  expect(Math.max(...wanted.map(({ toFrame }) => toFrame))).toBeLessThan(199);
  await page.getByRole('button', { name: 'Pictures' }).click();
  await expect.element(page.getByTestId('filmstrip')).not.toBeInTheDocument();
});

it('is moved along by the window over the whole clip', async () => {
  const zoomIn = page.getByRole('button', { name: 'Zoom the timeline in' });
  await zoomIn.click();
  await zoomIn.click();
  const map = page.getByRole('scrollbar', { name: 'Part of the clip on show' });
  const before = Number(map.element().getAttribute('aria-valuenow'));
  (map.element() as HTMLElement).focus();
  map.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
  await expect.poll(() => Number(map.element().getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  await expect.poll(() => Math.max(...wanted.map(({ toFrame }) => toFrame))).toBe(199);
});
