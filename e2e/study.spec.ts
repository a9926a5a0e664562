/** A study of three methods on the sample over a few frames, its contact sheet, and the replay of the log. */
import { expect, test, type Page } from '@playwright/test';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decode } from 'fast-png';
import { dyeBoxes } from './support/dyeClip';
import { MaskflowPage } from './support/maskflowPage';

const LAST_FRAME = 3;
const RUN_MS = 400_000;

async function openTool(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to propagate' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** How many different colours a picture has, of every 97th pixel. */
function coloursOf(path: string): { width: number; height: number; colours: number } {
  const { width, height, data, channels } = decode(readFileSync(path));
  const seen = new Set<number>();
  for (let pixel = 0; pixel < width * height; pixel += 97) {
    const at = pixel * channels;
    seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
  }
  return { width, height, colours: seen.size };
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

  await test.step('three methods run from the same frame, beside the masks', async () => {
    await openTool(page, /^Compare methods/);
    await expect(study.getByRole('checkbox', { checked: true })).toHaveCount(3);
    await app.screenshot('study-setup');
    await study.getByRole('button', { name: 'Run the study' }).click();
    const rows = study.getByRole('table').first().getByRole('row');
    await expect(rows).toHaveCount(4, { timeout: RUN_MS });
    await expect(study.getByRole('button', { name: 'Run again' })).toBeVisible({ timeout: RUN_MS });
    const cells = rows.filter({ hasText: /^Memory\d/ }).getByRole('cell');
    // The present masks came from the same engine and frame: it must find them again.
    await expect(cells.nth(0)).toHaveText('1.000', { timeout: 60_000 });
    for (const name of ['SAM', 'Memory', 'Memory + SAM, box + mask']) {
      const row = rows.filter({ has: page.getByRole('rowheader', { name, exact: true }) });
      await expect(row.getByRole('cell').nth(2)).toHaveText(/^[01]\.\d{3}$/);
      await expect(row.getByRole('cell').nth(5)).toHaveText(String(LAST_FRAME));
    }
    await expect(study.locator('.study-chart canvas')).toBeVisible();
    await app.screenshot('study-results');
  });

  await test.step('the contact sheet has every method on the chosen frames', async () => {
    await study.getByRole('textbox', { name: 'Frames to show' }).fill('0, 1-3');
    const download = page.waitForEvent('download');
    await study.getByRole('button', { name: 'Save contact sheet (PNG)' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/-methods\.png$/);
    const path = await file.path();
    const { width, height, colours } = coloursOf(path);
    expect(width).toBeGreaterThan(3000);
    expect(height).toBeGreaterThan(1500);
    expect(colours).toBeGreaterThan(500);
    const kept = join(import.meta.dirname, '..', 'test-results', 'screenshots', 'contact-sheet.png');
    mkdirSync(dirname(kept), { recursive: true });
    copyFileSync(path, kept);
    await expect(study.getByRole('img', { name: '4 frames' })).toBeVisible();
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
    await expect(text).toContainText('3 masks on 1 frame by SAM from prompts (3 boxes)');
    await expect(text).toContainText('9 masks on 3 frames were propagated by');
    await expect(text).toContainText('SHA-256 18348d144bd3');
    await dialog.getByRole('button', { name: 'Copy' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.textContent());
    await dialog.getByRole('button', { name: 'Replay the log' }).click();
    await expect(dialog.getByRole('table').getByRole('row')).not.toHaveCount(1, { timeout: RUN_MS });
    const summary = await dialog.getByText(/^12 masks compared with those kept/).textContent();
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
