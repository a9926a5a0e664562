/** Calibrating by a line, values over time, and the files of them, against masks whose areas are known. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { dyeFixtures, pngName } from './support/dyeClip';
import { chooseMasks, finishImport } from './support/importing';
import { readLabelMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';

const FRAMES = 13;
/** 100 px are 8 mm. */
const PX_PER_MM = 12.5;

/** Pixels of a dye in the true mask of a frame. */
function trueArea(frame: number, dye: number): number {
  const { data } = readLabelMap(join(dyeFixtures, 'masks', pngName(frame)));
  return data.filter((value) => value === dye).length;
}

/** Rows of a CSV file without quoted commas, by the names of its header. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

async function drag(
  page: Page,
  app: MaskflowPage,
  from: [number, number],
  to: [number, number],
): Promise<void> {
  const [a, b] = [await app.at(from), await app.at(to)];
  await page.mouse.move(a.x, a.y);
  await page.mouse.down();
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 3 });
  await page.mouse.move(b.x, b.y, { steps: 3 });
  await page.mouse.up();
}

async function importTruth(page: Page): Promise<void> {
  const files = Array.from({ length: FRAMES }, (_, frame) => join(dyeFixtures, 'masks', pngName(frame)));
  await chooseMasks(page, files);
  await finishImport(page, 2 * FRAMES);
}

/** Area in mm² as the line through its ends says: the pointer may be off by a part of a pixel. */
async function mmPerPx(page: Page): Promise<number> {
  const field = (end: string, axis: string) =>
    page
      .getByRole('group', { name: new RegExp(`^${end},`) })
      .getByRole('spinbutton', { name: `${axis}, px` });
  const value = async (end: string, axis: string): Promise<number> =>
    Number(await field(end, axis).inputValue());
  const [x0, y0, x1, y1] = [
    await value('From', 'x'),
    await value('From', 'y'),
    await value('To', 'x'),
    await value('To', 'y'),
  ];
  return 8 / Math.hypot(x1 - x0, y1 - y0);
}

test('a line calibrates, areas are those of the masks, and files, undo and reload keep them', async ({
  page,
}) => {
  const app = new MaskflowPage(page);
  await app.open();
  await importTruth(page);
  await page.getByRole('tab', { name: 'Measure' }).click();
  await expect(page.getByText('Not calibrated: values are in pixels', { exact: false })).toBeVisible();

  await app.tool('Scale line');
  await drag(page, app, [60, 40], [160, 40]);
  await expect(page.getByText('How long is this line?')).toBeVisible();
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('scale-bar')).toBeVisible();
  const scale = await mmPerPx(page);
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
  expect(area / (trueArea(0, 1) * scale ** 2)).toBeCloseTo(1, 2);

  await page.getByRole('button', { name: 'Show plots' }).click();
  await expect(page.getByRole('img', { name: /^Area \(mm²\) of .* frames 0 to/ })).toBeVisible();
  await app.screenshot('measured');

  const values = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export values (CSV)' }).click();
  const zip = unzipSync(readFileSync(await (await values).path()));
  const tidy = rowsOf(strFromU8(zip['measurements.csv']!));
  const labels = [...new Set(tidy.map(({ label }) => label))];
  for (const frame of [0, 6, FRAMES - 1]) {
    for (const dye of [1, 2]) {
      const row = tidy.find(
        (entry) =>
          Number(entry.frame) === frame && entry.quantity === 'area' && entry.label === labels[dye - 1],
      );
      expect(Number(row?.value) / (trueArea(frame, dye) * scale ** 2)).toBeCloseTo(1, 4);
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
