/** Paints by mouse, and reads which label is seen at each pixel of the picture. */
import { expect } from '@playwright/test';
import type { MaskflowPage, SourcePoint } from './maskflowPage';

export type StrokeOptions = {
  readonly button?: 'left' | 'right';
  /** A modifier key held meanwhile. */
  readonly modifier?: 'Shift' | 'Alt';
};

/** Drags the pointer through places of the picture. */
export async function dragThrough(
  app: MaskflowPage,
  places: readonly SourcePoint[],
  { button = 'left', modifier }: StrokeOptions = {},
): Promise<void> {
  const { keyboard, mouse } = app.page;
  const [first, ...rest] = await Promise.all(places.map((place) => app.at(place)));
  if (modifier) {
    await keyboard.down(modifier);
  }
  await mouse.move(first!.x, first!.y);
  await mouse.down({ button });
  for (const { x, y } of rest) {
    await mouse.move(x, y, { steps: 4 });
  }
  await mouse.up({ button });
  if (modifier) {
    await keyboard.up(modifier);
  }
}

/** Brush size in source pixels, by the slider of the options bar. */
export async function setBrushSize(app: MaskflowPage, px: number): Promise<number> {
  const slider = app.page.getByRole('slider', { name: 'Brush size' });
  await slider.fill(String(Math.round((Math.log(px) / Math.log(512)) * 100)));
  return Number.parseInt((await slider.getAttribute('aria-valuetext')) ?? '', 10);
}

/**
 * Which label is seen at each pixel (row-major): the 1-based place of its colour in `colours` (`#rrggbb`), 0 where no mask
 * is painted. Rejects when a pixel has the colour of none.
 */
export async function seenLabels(app: MaskflowPage, colours: readonly string[]): Promise<number[]> {
  await expect(app.page.locator('.stage-picture')).not.toHaveAttribute('data-painting');
  // One digit a pixel: as numbers they would take seconds to come over.
  const digits = await app.page.getByTestId('mask-layer').evaluate((node, wanted) => {
    const canvas = node as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const palette = wanted.map((colour) =>
      [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
    );
    const labelAt = (pixel: number): number => {
      const [red, green, blue, alpha] = data.subarray(pixel * 4, pixel * 4 + 4);
      if (alpha === 0) {
        return 0;
      }
      // A translucent colour comes back rounded.
      const place = palette.findIndex(
        ([r, g, b]) => Math.abs(r! - red!) + Math.abs(g! - green!) + Math.abs(b! - blue!) < 12,
      );
      if (place < 0) {
        throw new Error(`pixel ${pixel} is painted in rgb(${red}, ${green}, ${blue})`);
      }
      return place + 1;
    };
    const labels = new Map<number, number>();
    const packed = new Uint32Array(data.buffer);
    const found: number[] = [];
    packed.forEach((colour, pixel) => {
      const label = labels.get(colour) ?? labelAt(pixel);
      labels.set(colour, label);
      found.push(label);
    });
    return found.join('');
  }, colours);
  return Array.from(digits, Number);
}

export function countOf(labels: readonly number[], label: number): number {
  return labels.reduce((count, value) => count + (value === label ? 1 : 0), 0);
}
