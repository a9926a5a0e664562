/** A study of three methods on the sample over a few frames, its contact sheet, and the replay of the log. */
import { expect, test, type Page } from '@playwright/test';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decode } from 'fast-png';
import { labelColours } from '../src/core/label/label';
import { layoutSheet, type Place } from '../src/core/study/sheetLayout';
import { dyeBoxes, trueMaskFiles } from './support/dyeClip';
import { chooseReference, finishReference } from './support/importing';
import { readLabelMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';

const LAST_FRAME = 2;
const RUN_MS = 400_000;

async function openTool(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to propagate' }).click();
  await page.getByRole('menuitem', { name }).click();
}

type Sheet = { readonly width: number; readonly height: number; at(x: number, y: number): number[] };

function readSheet(path: string): Sheet {
  const { width, height, data, channels } = decode(readFileSync(path));
  return {
    width,
    height,
    at: (x, y) => {
      const from = (Math.round(y) * width + Math.round(x)) * channels;
      return [...data.subarray(from, from + 3)];
    },
  };
}

/** How many different colours a part of the sheet has, of every 7th pixel of every 7th row. */
function coloursIn(sheet: Sheet, { x, y, width, height }: Place): number {
  const seen = new Set<string>();
  for (let down = 4; down < height; down += 7) {
    for (let right = 4; right < width; right += 7) {
      seen.add(sheet.at(x + right, y + down).join());
    }
  }
  return seen.size;
}

/**
 * Whether a pixel is a grey one under the label's colour, as masks are printed: each channel less its share of the colour
 * leaves the same grey.
 */
function isTinted(pixel: readonly number[], colour: string): boolean {
  const share = 115 / 255;
  const greys = pixel.map(
    (value, channel) =>
      (value - share * Number.parseInt(colour.slice(1 + 2 * channel, 3 + 2 * channel), 16)) / (1 - share),
  );
  return Math.max(...greys) - Math.min(...greys) < 8 && Math.max(...pixel) - Math.min(...pixel) > 20;
}

/** Expects pictures in all cells, words left of all rows, and the true dyes tinted in the row of the reference. */
function expectSheet(sheet: Sheet, frames: readonly number[]): void {
  const rows = ['Frames', 'reference', 'SAM', 'Memory', 'refined'].map((name) => ({ name, note: '' }));
  const columns = frames.map((frameIndex) => ({ frameIndex, timeSec: 0 }));
  const layout = layoutSheet({ picture: { width: 640, height: 360 }, columns, rows, labelCount: 3 });
  expect([sheet.width, sheet.height]).toEqual([layout.width, layout.height]);
  for (const cell of [...layout.cells.flat(), ...layout.rowHeads, layout.legend, layout.title]) {
    expect(coloursIn(sheet, cell), JSON.stringify(cell)).toBeGreaterThan(3);
  }
  const [, reference] = layout.cells;
  frames.forEach((frame, column) => {
    const { width, data } = readLabelMap(trueMaskFiles([frame])[0]!);
    const cell = reference![column]!;
    for (const dye of [1, 2]) {
      // Every 500th pixel of the dye that lies well within it: outlines are painted over the tint.
      const inner = [...data.keys()].filter(
        (pixel) =>
          pixel % 501 === 0 &&
          [-6, 6, -6 * width, 6 * width].every((step) => data[pixel + step] === dye && data[pixel] === dye),
      );
      const tinted = inner.filter((pixel) => {
        const [x, y] = [pixel % width, Math.floor(pixel / width)];
        const scale = cell.width / width;
        return isTinted(sheet.at(cell.x + x * scale, cell.y + y * scale), labelColours[dye - 1]!);
      });
      expect(tinted.length / inner.length, `dye ${dye} on frame ${frame}`).toBeGreaterThan(0.95);
    }
  });
}

test('studies three methods, paints a contact sheet, and replays the log', async ({ page, context }) => {
  test.setTimeout(900_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = new MaskflowPage(page);
  await app.open();
  await app.promptDyes(dyeBoxes);
  await app.renameLabel('label 1', 'upper dye');
  await app.renameLabel('label 2', 'lower dye');
  await app.renameLabel('competitor 1', 'floor');
  await app.trimTo(LAST_FRAME);
  await page.keyboard.press('r');
  await app.expectPropagated(RUN_MS);
  const study = page.getByRole('dialog', { name: 'Method study' });

  await test.step('the true masks come in as a reference', async () => {
    await page.getByRole('tab', { name: 'Compare' }).click();
    await chooseReference(page, trueMaskFiles([0, 1, 2]));
    await finishReference(page, 6);
    await expect(page.getByText(/^Reference .*: 3 frames, 2 labels/)).toBeVisible();
    await app.dismissNotices();
    await page.getByRole('tab', { name: 'Masks' }).click();
    // Keys go to the picture again.
    await app.stage.focus();
  });

  await test.step('three methods run from the same frame, and are held against the true masks', async () => {
    await openTool(page, /^Compare methods/);
    await expect(study.getByRole('checkbox', { checked: true })).toHaveCount(3);
    await app.screenshot('study-setup');
    await study.getByRole('button', { name: 'Run the study' }).click();
    const rows = study.getByRole('table').first().getByRole('row');
    await expect(rows).toHaveCount(4, { timeout: RUN_MS });
    await expect(study.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: RUN_MS });
    const cells = rows.filter({ hasText: /^Memory\d/ }).getByRole('cell');
    const compared = study.getByRole('combobox', { name: 'Compared with' });
    await expect(compared).toHaveValue('reference 1');
    await expect(cells.nth(0)).toHaveText(/^0\.9\d\d$/, { timeout: 60_000 });
    for (const name of ['SAM', 'Memory', 'Memory + SAM, box + mask']) {
      const row = rows.filter({ has: page.getByRole('rowheader', { name, exact: true }) });
      await expect(row.getByRole('cell').nth(2)).toHaveText(/^[01]\.\d{3}$/);
      await expect(row.getByRole('cell').nth(5)).toHaveText(String(LAST_FRAME));
    }
    await expect(study.locator('.study-chart canvas')).toBeVisible();
    await app.screenshot('study-results');
    // The present masks came from the same engine and frame: it must find them again.
    await compared.selectOption('Masks now');
    await expect(cells.nth(0)).toHaveText('1.000', { timeout: 60_000 });
    await compared.selectOption('reference 1');
    await expect(cells.nth(0)).toHaveText(/^0\.9\d\d$/, { timeout: 60_000 });
  });

  await test.step('the contact sheet has every method on the chosen frames', async () => {
    await study.getByRole('textbox', { name: 'Frames to show' }).fill('0, 1-2');
    const download = page.waitForEvent('download');
    await study.getByRole('button', { name: 'Save contact sheet (PNG)' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/-methods\.png$/);
    const path = await file.path();
    expectSheet(readSheet(path), [0, 1, 2]);
    const kept = join(import.meta.dirname, '..', 'test-results', 'screenshots', 'contact-sheet.png');
    mkdirSync(dirname(kept), { recursive: true });
    copyFileSync(path, kept);
    await expect(study.getByRole('img', { name: '3 frames' })).toBeVisible();
    await app.screenshot('study-sheet');
  });

  await test.step('without a reference the methods are held against each other', async () => {
    await study.getByRole('combobox', { name: 'Compared with' }).selectOption('');
    await expect(study.getByRole('table', { name: 'Mean IoU between methods' })).toBeVisible();
  });

  await test.step('a result can be kept as a version, and undo takes that back', async () => {
    await study.getByRole('button', { name: 'Keep SAM', exact: true }).click();
    await study.getByRole('button', { name: 'Close' }).click();
    const versions = page.getByRole('region', { name: 'Versions' });
    await expect(versions.getByText('Study: SAM')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(versions.getByText('Study: SAM')).toBeHidden();
    await app.dismissNotices();
  });

  await test.step('the methods text counts what was done, and replaying makes the same masks', async () => {
    await openTool(page, /^Methods text and replay/);
    const dialog = page.getByRole('dialog', { name: 'How the masks were made' });
    const text = dialog.getByTestId('methods-paragraph');
    await expect(text).toContainText(
      '2 objects were labelled (upper dye and lower dye); 1 further label (floor)',
    );
    await expect(text).toContainText(
      '2 masks on 1 frame drawn by MobileSAM from prompts placed by hand (3 boxes)',
    );
    await expect(text).toContainText('4 masks on 2 frames were propagated by');
    await expect(text).toContainText('SHA-256 18348d144bd3');
    await dialog.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.textContent());
    await dialog.getByRole('button', { name: 'Replay the log' }).click();
    await expect(dialog.getByRole('table').getByRole('row')).not.toHaveCount(1, { timeout: RUN_MS });
    const summary = await dialog.getByText(/^9 masks compared with those kept/).textContent();
    const [, mean, lowest] = /mean IoU (\d\.\d+), lowest (\d\.\d+)/.exec(summary ?? '') ?? [];
    expect(Number(mean)).toBeGreaterThanOrEqual(0.99);
    expect(Number(lowest)).toBeGreaterThanOrEqual(0.99);
    await app.screenshot('provenance');
  });

  await test.step('both dialogs fit a small screen, and the dark theme', async () => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await app.screenshot('provenance-small-dark');
    const dialog = page.getByRole('dialog', { name: 'How the masks were made' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await openTool(page, /^Compare methods/);
    await study.getByRole('combobox', { name: 'Compared with' }).selectOption('Masks now');
    await expect(study.locator('.study-chart canvas')).toBeVisible();
    await app.screenshot('study-small-dark');
  });
});
