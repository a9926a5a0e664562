/** A project of the sample with one box and its mask, drawn once by the model, for tests that begin where it was saved. */
import { expect, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MaskflowPage } from './maskflowPage';
import { testWithoutModel } from './withoutModel';

export const dyeBox = [10, 81, 630, 178] as const;

type PromptedProject = {
  /** Path of the `.maskflow` file; the footage is that of the app. */
  readonly file: string;
  /** Of `label 1` on frame 0. */
  readonly areaPx: number;
};

/** Each worker of Playwright draws its own when the first test asks for it, so that tests need no order. */
export const testFromProject = testWithoutModel.extend<object, { promptedProject: PromptedProject }>({
  promptedProject: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport } = project.use;
      const page = await browser.newPage({ baseURL, viewport, serviceWorkers: 'block' });
      const app = new MaskflowPage(page);
      await app.open();
      await app.drawBox(dyeBox);
      await app.expectMasks(1);
      const areaPx = await app.areaOf('label 1');
      const folder = mkdtempSync(join(tmpdir(), 'maskflow-prompted-'));
      const file = join(folder, 'prompted.maskflow');
      await page.getByRole('button', { name: 'Export' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: 'Project file', exact: true }).click();
      await (await download).saveAs(file);
      await page.close();
      await use({ file, areaPx });
      rmSync(folder, { recursive: true, force: true });
    },
    // A first encoding on two busy cores can take minutes.
    { scope: 'worker', timeout: 300_000 },
  ],
});

/** Opens the app with the project, its mask shown and saved. */
export async function openPrompted(page: Page, { file, areaPx }: PromptedProject): Promise<MaskflowPage> {
  const app = new MaskflowPage(page);
  await app.open();
  await page.getByTestId('pick-project').setInputFiles(file);
  await expect(page.getByTestId('restored')).toContainText('Opened two-dyes.');
  await app.expectMasks(1);
  expect(await app.areaOf('label 1')).toBe(areaPx);
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');
  return app;
}
