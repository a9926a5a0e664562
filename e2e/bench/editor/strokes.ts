/** The strokes that app and baseline are given: the same places of the picture, by the same mouse. */
import type { Page } from '@playwright/test';
import { CLIP_HEIGHT, CLIP_WIDTH } from './clip';

/** Where the picture is on the page, in CSS pixels. */
export type PictureBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Place = readonly [x: number, y: number];

/** Stays clear of the controls that lie over the edges of the picture. */
const MARGIN = 0.2;

function onPage(box: PictureBox, [x, y]: Place): Place {
  return [box.x + (x / CLIP_WIDTH) * box.width, box.y + (y / CLIP_HEIGHT) * box.height];
}

/** Long strokes across the picture, each another way. */
export function longStroke(index: number): readonly Place[] {
  const at = (share: number, length: number): number => length * (MARGIN + (1 - 2 * MARGIN) * share);
  const phase = (index * 0.37) % 1;
  return [0, 0.25, 0.5, 0.75, 1].map((share) => [
    at(share, CLIP_WIDTH),
    at(0.5 + 0.5 * Math.sin(6.3 * (share + phase)), CLIP_HEIGHT),
  ]);
}

/** Short strokes all over the picture. */
export function shortStroke(index: number): readonly Place[] {
  const x = CLIP_WIDTH * (MARGIN + (1 - 2 * MARGIN) * ((index * 0.618) % 1));
  const y = CLIP_HEIGHT * (MARGIN + (1 - 2 * MARGIN) * ((index * 0.3819) % 1));
  return [
    [x, y],
    [x + 40, y + 25],
  ];
}

/** Drags the mouse through the places; `steps` moves between two of them. */
export async function drag(
  page: Page,
  box: PictureBox,
  places: readonly Place[],
  steps: number,
): Promise<void> {
  const [first, ...rest] = places.map((place) => onPage(box, place));
  await page.mouse.move(first![0], first![1]);
  await page.mouse.down();
  for (const [x, y] of rest) {
    await page.mouse.move(x, y, { steps });
  }
  await page.mouse.up();
}
