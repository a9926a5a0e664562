/** Exports from the app, by its dialog: a 1080p clip with eight labels on every frame. */
import type { Browser, Page } from '@playwright/test';
import { statSync } from 'node:fs';
import { exportFormats, type ExportFormatId } from '../../../src/core/export/exportFormats';
import { MaskflowPage } from '../../support/maskflowPage';
import { labelClip } from '../editor/labelledClip';
import { openClip } from '../openClip';
import { installStepLog } from '../stepLog';
import { plainRates, type PlainRates } from './plainEncoders';
import { sampledMemory } from './rendererMemory';

const TIMEOUT_MS = 900_000;
/** Formats that differ only in names from others are left out. */
export const timedFormats: readonly ExportFormatId[] = exportFormats
  .map(({ id }) => id)
  .filter((id) => id !== 'youtubeVos');

export type ExportTask = { readonly clip: string; readonly frames: number; readonly longFrames: number };

export type FormatFigures = { readonly framesPerSec: number; readonly megabytes: number };

export type AppExportFigures = {
  readonly formats: Readonly<Record<string, FormatFigures>>;
  readonly plain: PlainRates;
  /** Of a long export of label maps: renderer memory over its time, and its rate. */
  readonly long: { readonly framesPerSec: number; readonly megabytes: readonly number[] };
};

/** Milliseconds of one export, and its size. */
async function timeExport(
  page: Page,
  id: ExportFormatId,
  frames: number,
): Promise<{ ms: number; bytes: number }> {
  await page.evaluate(
    (format) => localStorage.setItem('maskflow.exportFormats', JSON.stringify([{ id: format, options: {} }])),
    id,
  );
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Other formats…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('spinbutton', { name: 'First' }).fill('0');
  await dialog.getByRole('spinbutton', { name: 'Last' }).fill(String(frames - 1));
  const button = dialog.getByRole('button', { name: 'Export', exact: true });
  await button.and(page.locator(':not([aria-disabled])')).waitFor({ timeout: TIMEOUT_MS });
  const download = page.waitForEvent('download', { timeout: TIMEOUT_MS });
  const startMs = performance.now();
  await button.click();
  const file = await download;
  const ms = performance.now() - startMs;
  const bytes = statSync(await file.path()).size;
  await file.delete();
  await dialog.waitFor({ state: 'hidden', timeout: TIMEOUT_MS });
  return { ms, bytes };
}

export async function runAppExport(
  browser: Browser,
  appUrl: string,
  { clip, frames, longFrames }: ExportTask,
): Promise<AppExportFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  try {
    const page = await context.newPage();
    await installStepLog(page);
    await openClip(new MaskflowPage(page), appUrl, clip);
    await labelClip(page);
    const plain = await plainRates(page, clip, frames);
    // The first export starts the worker and compiles what the others run.
    await timeExport(page, 'palette', 2);
    const formats: Record<string, FormatFigures> = {};
    for (const id of timedFormats) {
      const { ms, bytes } = await timeExport(page, id, frames);
      formats[id] = { framesPerSec: (frames * 1000) / ms, megabytes: bytes / 1e6 };
      console.log(`  ${id}: ${formats[id].framesPerSec.toFixed(1)} frames a second`);
    }
    const { result, megabytes } = await sampledMemory(() => timeExport(page, 'palette', longFrames));
    return { formats, plain, long: { framesPerSec: (longFrames * 1000) / result.ms, megabytes } };
  } finally {
    await context.close();
  }
}
