/** Exports by the dialog as a user does. */
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { exportFormats } from '../../src/core/export/exportFormats';
import { writeFiles } from './importing';

export const exportDialog = (page: Page) => page.getByRole('dialog', { name: 'Export' });

export async function openExportDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Other formats…' }).click();
  await expect(exportDialog(page)).toBeVisible();
}

/** Ticks these formats alone. */
export async function chooseFormats(page: Page, names: readonly string[]): Promise<void> {
  for (const { name } of exportFormats) {
    await exportDialog(page).getByRole('checkbox', { name, exact: true }).setChecked(names.includes(name));
  }
}

/** Exports what is chosen, and unpacks it. */
export async function exportInto(page: Page, folder: string): Promise<string[]> {
  const download = page.waitForEvent('download');
  await exportDialog(page).getByRole('button', { name: 'Export', exact: true }).click();
  const files = unzipSync(readFileSync(await (await download).path()));
  writeFiles(folder, files);
  await expect(exportDialog(page)).toBeHidden();
  return Object.keys(files);
}
