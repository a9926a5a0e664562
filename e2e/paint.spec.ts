/** Masks painted by mouse on the sample clip: what is seen is what is undone, redone and exported. */
import { expect } from '@playwright/test';
import { pngName } from './support/dyeClip';
import { readExport } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { countOf, dragThrough, seenLabels, setBrushSize } from './support/painting';
import { testWithoutModel as test } from './support/withoutModel';

const WIDTH = 640;
const colours = ['#e69f00', '#56b4e9'];

/** A plain toEqual would print every pixel. */
function expectSame(found: readonly number[], wanted: readonly number[]): void {
  expect(found.findIndex((label, pixel) => label !== wanted[pixel])).toBe(-1);
}

test('brush, eraser, polygon and fill make exactly the masks that are exported', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  const seen = (): Promise<number[]> => seenLabels(app, colours);
  const at = (labels: readonly number[], x: number, y: number): number => labels[y * WIDTH + x]!;

  await app.tool('Brush');
  const size = await setBrushSize(app, 30);
  await dragThrough(app, [
    [100, 60],
    [300, 60],
  ]);
  const line = await seen();
  const expected = 200 * size + Math.PI * (size / 2) ** 2;
  expect(Math.abs(countOf(line, 1) - expected) / expected).toBeLessThan(0.05);
  expect(await app.areaOf('label 1')).toBe(countOf(line, 1));
  const row = page.getByRole('row').filter({ hasText: 'label 1' });
  await expect(row.getByRole('cell').first()).toHaveAttribute('title', 'painted');

  // The eraser cuts the line in two; the right button does the same with the brush.
  await app.tool('Eraser');
  await dragThrough(app, [
    [200, 20],
    [200, 100],
  ]);
  const cut = await seen();
  expect([at(cut, 150, 60), at(cut, 200, 60), at(cut, 250, 60)]).toEqual([1, 0, 1]);
  await app.tool('Brush');
  await dragThrough(app, [[250, 60]], { button: 'right' });
  const holed = await seen();
  expect(at(holed, 250, 60)).toBe(0);
  expect(await app.areaOf('label 1')).toBe(countOf(holed, 1));

  // A second label: a frame of four strokes, of which Shift draws three, filled inside.
  await page.getByRole('button', { name: 'Add label' }).click();
  await app.tool('Brush');
  await dragThrough(app, [[400, 200]]);
  for (const corner of [
    [560, 200],
    [560, 300],
    [400, 300],
    [400, 200],
  ] as const) {
    await dragThrough(app, [corner], { modifier: 'Shift' });
  }
  await app.tool('Fill');
  await page.mouse.click(...(Object.values(await app.at([480, 250])) as [number, number]));
  const filled = await seen();
  expect(at(filled, 480, 250)).toBe(2);
  await expect(page.getByText('Paints label 2.')).toBeVisible();
  await page.mouse.click(...(Object.values(await app.at([20, 340])) as [number, number]));
  await expect(page.getByText(/reaches the edge of the picture/)).toBeVisible();
  expectSame(await seen(), filled);

  // A polygon over both labels, closed by Enter, painting on top.
  await app.tool('Polygon');
  for (const corner of [
    [120, 40],
    [500, 230],
    [120, 230],
  ] as const) {
    const { x, y } = await app.at(corner);
    await page.mouse.click(x, y);
  }
  expectSame(await seen(), filled);
  await page.keyboard.press('Enter');
  const last = await seen();
  expect(at(last, 140, 60)).toBe(2);
  expect(countOf(last, 1)).toBeLessThan(countOf(filled, 1));
  await app.screenshot('painted');

  await page.keyboard.press('Control+z');
  expectSame(await seen(), filled);
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press('Control+z');
  }
  expect(countOf(await seen(), 2)).toBe(0);
  for (let step = 0; step < 7; step += 1) {
    await page.keyboard.press('Control+Shift+z');
  }
  expectSame(await seen(), last);

  await page.keyboard.press('o');
  const zip = readExport(await app.exportZip());
  const map = zip.map(pngName(0));
  expect(map.width).toBe(WIDTH);
  const wrong = last.findIndex((label, pixel) => map.data[pixel] !== label);
  expect(wrong, 'first pixel exported otherwise than seen').toBe(-1);
});
