/** After one visit the app works without a network, isolated as ever; a new version waits until the user reloads. */
import { expect, test, type Page } from '@playwright/test';
import { MaskflowPage } from './support/maskflowPage';

test.use({ serviceWorkers: 'allow' });

async function expectOfflineReady(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Engine: (WASM|WebGPU)/ })).toBeVisible({
    timeout: 240_000,
  });
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state), {
      timeout: 120_000,
    })
    .toBe('activated');
}

test('prompts, saves and restores without a network', async ({ page, context }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await expectOfflineReady(page);
  await context.setOffline(true);
  await page.reload();
  await app.expectFrame(0);
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  await app.drawBox([10, 81, 630, 178]);
  await app.expectMasks(1);
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');
  await page.reload();
  await expect(page.getByTestId('restored')).toContainText('1 prompt, 1 mask');
  await app.expectMasks(1);
});

test('a new version is announced, and comes only when it is wanted', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await expectOfflineReady(page);
  await page.getByRole('button', { name: 'Add label' }).click();
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');
  await expect(page.getByTestId('update')).toBeHidden();
  // Another address of the same script is a newer version to the browser.
  await page.evaluate(async () => void (await navigator.serviceWorker.register('/sw.js?newer')));
  await expect(page.getByTestId('update')).toContainText('A new version of Maskflow is ready.');
  const labels = page.getByRole('list', { name: 'Labels' }).getByRole('listitem');
  await expect(labels).toHaveCount(2);
  await page.getByRole('button', { name: 'Reload when ready' }).click();
  await expect(page.getByTestId('restored')).toBeVisible();
  await expect(labels).toHaveCount(2);
  await expect(page.getByTestId('update')).toBeHidden();
});
