/** Calibrating by a line, values over time, and the files of them, against masks whose areas are known. */
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { trueDyeArea, trueMaskFiles } from './support/dyeClip';
import { chooseMasks, finishImport } from './support/importing';
import { MaskflowPage } from './support/maskflowPage';
import { calibrate, exportedAreas } from './support/measuring';
import { testWithoutModel as test } from './support/withoutModel';

const FRAMES = 13;
/** 100 px are 8 mm. */
const PX_PER_MM = 12.5;

async function importTruth(page: Page): Promise<void> {
  await chooseMasks(page, trueMaskFiles(Array.from({ length: FRAMES }, (_, frame) => frame)));
  await finishImport(page, 2 * FRAMES);
}

test('a line calibrates, areas are those of the masks, and files, undo and reload keep them', async ({
  page,
}) => {
  const app = new MaskflowPage(page);
  await app.open();
  await importTruth(page);
  await page.getByRole('tab', { name: 'Measure' }).click();
  await expect(page.getByText('Not calibrated: values are in pixels', { exact: false })).toBeVisible();

  const scale = await calibrate(app, [60, 40], [160, 40], 8);
  expect(1 / scale).toBeCloseTo(PX_PER_MM, 0);

  // The table shows what the masks say.
  const upper = page.getByRole('table', { name: /frame 0$/ }).first();
  const areaRow = upper.getByRole('row', { name: /^Area/ });
  await expect(areaRow).toContainText('mm²');
  const shown = (await areaRow.textContent()) ?? '';
  const area = Number(
    shown
      .replace('Area', '')
      .replace(/ mm².*/, '')
      .replaceAll(',', ''),
  );
  expect(area / (trueDyeArea(0, 1) * scale ** 2)).toBeCloseTo(1, 2);

  await page.getByRole('button', { name: 'Show plots' }).click();
  await expect(page.getByRole('img', { name: /^Area \(mm²\) of .* frames 0 to/ })).toBeVisible();
  await app.screenshot('measured');

  const { areaOf, labels } = await exportedAreas(page);
  for (const frame of [0, 6, FRAMES - 1]) {
    for (const dye of [1, 2]) {
      const wanted = trueDyeArea(frame, dye) * scale ** 2;
      expect(areaOf(frame, labels[dye - 1]!) / wanted).toBeCloseTo(1, 4);
    }
  }

  const picture = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the plots as SVG' }).click();
  const svg = readFileSync(await (await picture).path(), 'utf8');
  expect(svg).toContain('>Area (mm²)</text>');
  const painted = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the plots as PNG' }).click();
  const png = readFileSync(await (await painted).path());
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  expect(png.readUInt32BE(16)).toBe(2700);

  // One step back takes the length away, the next one the line.
  await app.stage.focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('How long is this line?')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('How long is this line?')).toBeHidden();
  await page.keyboard.press('Control+Shift+z');
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByTestId('scale-bar')).toBeVisible();

  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');
  await page.reload();
  await app.expectFrame(0);
  await expect(page.getByTestId('scale-bar')).toBeVisible();
  // The tab and the plots are as they were left.
  await expect(page.getByRole('tab', { name: 'Measure' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('img', { name: /^Area \(mm²\) of/ })).toBeVisible();
});
