/** The built app starts: isolated, with the sample open and an engine ready, and it talks to nobody else. */
import { expect, test } from '@playwright/test';
import { testWithoutModel } from './support/withoutModel';

test('starts with the sample open and an engine ready', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(baseURL ?? '')) {
      foreign.push(request.url());
    }
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      problems.push(message.text());
    }
  });

  await page.goto('/');
  await expect(page).toHaveTitle(/Maskflow/);
  await expect(page.getByRole('heading', { name: 'Maskflow', level: 1 })).toBeVisible();
  await expect(page.getByRole('application', { name: /^Picture, frame 0 of \d+/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Engine: (WASM|WebGPU)/ })).toBeVisible({
    timeout: 240_000,
  });

  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
  await expect(page.getByRole('alert')).toHaveText('');
  expect(problems).toEqual([]);
  expect(foreign).toEqual([]);
});

testWithoutModel('says what is missing when there is nothing to export', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('application', { name: /^Picture, frame 0 of \d+/ })).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: /ZIP/ })).toBeDisabled();
  await expect(page.getByRole('menu')).toContainText('No frame between the in and out points has a mask yet');
});
