/** Regions, one-click edits and clean-up rules on the sample clip: what is exported is what was said. */
import { expect, type Page } from '@playwright/test';
import { pngName } from './support/dyeClip';
import { readExport, type DecodedMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { dragThrough, setBrushSize } from './support/painting';
import { testWithoutModel as test } from './support/withoutModel';

const VOID = 255;

async function addRegion(page: Page, kind: 'void' | 'locked'): Promise<void> {
  await page.getByRole('button', { name: 'Region', exact: true }).click();
  await page.getByRole('menuitem', { name: `Add ${kind} region` }).click();
}

async function pick(page: Page, label: string): Promise<void> {
  const labels = page.getByRole('list', { name: 'Labels' });
  await labels.getByRole('button', { name: label, exact: true }).click();
}

function at({ width, data }: DecodedMap, x: number, y: number): number | undefined {
  return data[y * width + x];
}

function countOf({ data }: DecodedMap, value: number): number {
  return data.filter((pixel) => pixel === value).length;
}

test('void pixels are 255 on all frames, locked ones stay, and edits reach the export', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.trimTo(4);
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });

  // A locked zone that the brush then goes through, painted on frame 0 only.
  await addRegion(page, 'locked');
  await expect(page.getByText(/^Paint locked 1 with the brush/)).toBeVisible();
  await app.tool('Brush');
  await setBrushSize(app, 40);
  await dragThrough(app, [
    [300, 40],
    [300, 160],
  ]);
  await pick(page, 'label 1');
  await dragThrough(app, [
    [150, 100],
    [450, 100],
  ]);
  const whole = await app.areaOf('label 1');

  // The same on frame 4, further down, and the frames between as shapes in between.
  await app.seek(4);
  await dragThrough(app, [
    [150, 180],
    [450, 180],
  ]);
  await app.seek(2);
  await button('Interpolate frames 1-3').click();
  await expect(page.getByText(/^Interpolate 3 frames: .* px changed on 3 frames\.$/)).toBeVisible();
  await app.expectFrame(2);

  // A void region over the right end.
  await app.seek(0);
  await addRegion(page, 'void');
  await dragThrough(app, [
    [430, 60],
    [430, 220],
  ]);
  const zip = readExport(await app.exportZip());
  const first = zip.map(pngName(0));
  expect([at(first, 200, 100), at(first, 300, 100), at(first, 400, 100), at(first, 430, 100)]).toEqual([
    1,
    0,
    1,
    VOID,
  ]);
  expect(at(first, 300, 60)).toBe(0);
  expect(countOf(first, 1)).toBeLessThan(whole);
  const middle = zip.map(pngName(2));
  expect([at(middle, 200, 140), at(middle, 300, 140), at(middle, 430, 140)]).toEqual([1, 0, VOID]);
  expect(countOf(middle, VOID)).toBe(countOf(first, VOID));
  expect(JSON.parse(zip.text('labels.json')).labels).toMatchObject([
    { number: 1, role: 'object' },
    { number: VOID, role: 'void' },
  ]);

  // What is said not to be there is not exported; a step back it is again.
  await pick(page, 'label 1');
  await button('Not on this frame').click();
  const without = readExport(await app.exportZip()).map(pngName(0));
  expect(countOf(without, 1)).toBe(0);
  expect(countOf(without, VOID)).toBe(countOf(first, VOID));
  await page.keyboard.press('Control+z');
  expect(await app.areaOf('label 1')).toBe(countOf(first, 1));
  await app.screenshot('regions');
});
