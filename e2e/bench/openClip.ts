/** Opens a clip in the app for a benchmark. */
import { basename } from 'node:path';
import type { MaskflowPage } from '../support/maskflowPage';
import { takeLog, waitForEncoding } from './stepLog';

const TIMEOUT_MS = 900_000;

/** Opens the clip in a fresh app, prepared by the engine: else it would compete with what is timed. */
export async function openClip(app: MaskflowPage, appUrl: string, clip: string): Promise<void> {
  const { page } = app;
  await page.goto(`${appUrl}?provider=wasm`);
  await app.expectFrame(0);
  await waitForEncoding(page, 0, TIMEOUT_MS);
  await takeLog(page);
  await app.openFiles('video', clip);
  await page.getByText(basename(clip)).first().waitFor({ timeout: TIMEOUT_MS });
  await app.expectFrame(0);
  await waitForEncoding(page, 0, TIMEOUT_MS);
}
