/** Messages over the picture can be read whole. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { annotate, mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

const hash = '342b411502c0870ba34cf001e9556df382d292baa686601c7169a6161be3ca21';

beforeEach(async () => {
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  annotate(app.store);
});

afterEach(() => unmount());

it.each([
  [1440, 900],
  [1024, 768],
])('also an error with a hash, at %i x %i', async (width, height) => {
  await page.viewport(width, height);
  app.store.getState().showError({
    code: 'model-missing',
    what: 'XMem drew some of these masks, and its weights are not on this device.',
    safe: 'Nothing was drawn, and your masks are as they were.',
    todo: `Give XMem the file seeded-xmem.pth (SHA-256 ${hash}) on the models page, or replay on the computer where these masks were made.`,
  });
  const alert = page.getByRole('alert');
  await expect.element(alert).toHaveTextContent(/SHA-256 342b4115…1be3ca21\) on the models page/);
  await expect.element(alert.getByTitle(hash)).toBeVisible();
  const box = document.querySelector('.messages')!;
  expect(box.scrollHeight).toBe(box.clientHeight);
  await page.getByRole('button', { name: 'Read messages again' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Messages' })).toHaveTextContent(hash);
});
