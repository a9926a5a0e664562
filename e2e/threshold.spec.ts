/** Probabilities are kept on a prompted frame: its mask is cut anew without the model, and they are exported. */
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCompanions, readExport } from './support/labelMaps';
import { MaskflowPage, type SourceBox } from './support/maskflowPage';

const { boxes } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'dye', 'prompts.json'), 'utf8'),
) as { boxes: Record<'1' | '2', SourceBox> };

test('a threshold changes a prompted mask and its export, and undo takes it back', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(boxes['1']);
  await app.expectMasks(1);
  const drawn = await app.areaOf('label 1');
  const slider = page.getByRole('slider', { name: /Threshold p/ });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveValue('10');
  const grown = await app.areaOf('label 1');
  expect(grown).toBeGreaterThan(drawn);
  await page.keyboard.press('End');
  await expect(slider).toHaveValue('90');
  const shrunk = await app.areaOf('label 1');
  expect(shrunk).toBeLessThan(drawn);
  const bounds = await page.getByText(/^[\d,]+ \/ [\d,]+ \/ [\d,]+ px$/).textContent();
  const [wide, middle, narrow] = bounds!.split('/').map((area) => Number(area.replaceAll(/\D/g, '')));
  expect(middle).toBe(drawn);
  expect(grown).toBeGreaterThanOrEqual(wide!);
  expect(wide).toBeGreaterThan(drawn);
  expect(narrow).toBeLessThan(drawn);
  await app.screenshot('threshold');

  // A range of this one frame.
  await app.stage.focus();
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'With soft masks' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /ZIP/ }).click();
  const zip = readExport(await (await download).path());
  expect(zip.names.toSorted()).toEqual(
    ['00000.png', ...exportCompanions, 'soft/1 label 1/00000.png'].toSorted(),
  );
  expect(JSON.parse(zip.text('labels.json')).labels[0].soft).toEqual({
    folder: 'soft/1 label 1',
    binaryFrames: [],
  });
  expect(zip.map('00000.png').data.filter((value) => value === 1)).toHaveLength(shrunk);
  const soft = zip.map('soft/1 label 1/00000.png').data;
  // Cut at one half, the matte is the exported mask, moved threshold included.
  expect(soft.filter((grey) => grey >= 128)).toHaveLength(shrunk);
  expect(new Set(soft).size).toBeGreaterThan(20);

  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press('Control+z');
  }
  await expect(slider).toHaveValue('50');
  expect(await app.areaOf('label 1')).toBe(drawn);
});
