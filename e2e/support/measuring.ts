/** Calibrates by a line as a user does, and reads the files of values. */
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { MaskflowPage, SourcePoint } from './maskflowPage';

/** Rows of a CSV file without quoted commas, by the names of its header. */
function rowsOf(csv: string): Record<string, string>[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
}

/** Draws the scale line and says how long it is. The Measure tab is open. Returns millimetres a pixel. */
export async function calibrate(
  app: MaskflowPage,
  from: SourcePoint,
  to: SourcePoint,
  lengthMm: number,
): Promise<number> {
  const { page } = app;
  await app.tool('Scale line');
  await drag(app, from, to);
  await expect(page.getByText('How long is this line?')).toBeVisible();
  await page.keyboard.type(String(lengthMm));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('scale-bar')).toBeVisible();
  return lengthMm / (await lineLengthPx(page));
}

async function drag(app: MaskflowPage, from: SourcePoint, to: SourcePoint): Promise<void> {
  const { mouse } = app.page;
  const [a, b] = [await app.at(from), await app.at(to)];
  await mouse.move(a.x, a.y);
  await mouse.down();
  await mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 3 });
  await mouse.move(b.x, b.y, { steps: 3 });
  await mouse.up();
}

/** By its ends as they are shown: the pointer may be off by a part of a pixel. */
async function lineLengthPx(page: Page): Promise<number> {
  const value = async (end: string, axis: string): Promise<number> => {
    const group = page.getByRole('group', { name: new RegExp(`^${end},`) });
    return Number(await group.getByRole('spinbutton', { name: `${axis}, px` }).inputValue());
  };
  const dx = (await value('To', 'x')) - (await value('From', 'x'));
  return Math.hypot(dx, (await value('To', 'y')) - (await value('From', 'y')));
}

export type MeasuredAreas = (frame: number, label: string) => number;

/** Exports the values of the Measure tab and reads the areas of the tidy table. */
export async function exportedAreas(page: Page): Promise<{ areaOf: MeasuredAreas; labels: string[] }> {
  const values = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export values (CSV)' }).click();
  const zip = unzipSync(readFileSync(await (await values).path()));
  const tidy = rowsOf(strFromU8(zip['measurements.csv']!));
  const labels = [...new Set(tidy.map(({ label }) => label ?? ''))];
  const areaOf: MeasuredAreas = (frame, label) =>
    Number(
      tidy.find((row) => Number(row.frame) === frame && row.quantity === 'area' && row.label === label)
        ?.value,
    );
  return { areaOf, labels };
}
