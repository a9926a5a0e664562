/** Bad input: a message that names the file, what is safe and what to do; what was open stays open. */
import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaskflowPage } from './support/maskflowPage';
import { testWithoutModel } from './support/withoutModel';

const sample = join(import.meta.dirname, '..', 'public', 'samples', 'dye.mp4');

const cases = [
  { name: 'empty.mp4', bytes: () => Buffer.alloc(0), says: /empty/i },
  { name: 'notes.mp4', bytes: () => Buffer.from('not a video at all\n'.repeat(50)), says: /notes\.mp4/ },
  { name: 'cut.mp4', bytes: () => readFileSync(sample).subarray(0, 400_000), says: /cut\.mp4/ },
];

testWithoutModel('messages name the file, and the sample stays usable', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  for (const { name, bytes, says } of cases) {
    await page.getByTestId('pick-video').setInputFiles({ name, mimeType: 'video/mp4', buffer: bytes() });
    const alert = page.getByRole('alert');
    await expect(alert).toContainText(name);
    await expect(alert).toContainText(says);
    await expect(alert).toContainText('stays open');
    await page
      .getByRole('button', { name: /dismiss/i })
      .first()
      .click();
  }
  await page.keyboard.press('ArrowRight');
  await app.expectFrame(1);
});

test('opening something else keeps the work, and says where', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox([10, 81, 630, 178]);
  const frames = join(import.meta.dirname, 'fixtures', 'dye', 'frames');
  await app.openFiles('folder', frames);
  await expect(page.getByText(/frame 0 \/ 2/)).toBeVisible();
  await expect(page.getByText('two-dyes is kept: find it under Projects.')).toBeVisible();
  await page.getByTestId('save-state').click();
  await page.getByRole('button', { name: 'Open two-dyes', exact: true }).click();
  await expect(page.getByText(/frame 0 \/ 149/)).toBeVisible();
  await expect(page.getByTestId('restored')).toContainText('1 prompt');
});
