/** Footage too large for a copy is read again where it lies, after one click, and checked. */
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaskflowPage } from './support/maskflowPage';
import { testWithoutModel as test } from './support/withoutModel';

const media = join(import.meta.dirname, '..', 'src', 'media', '__fixtures__');

/** More than masks need, and less than a copy of the sample takes. */
const FREE_BYTES = 1_000_000;

/**
 * The file dialog hands out a real handle, of a file in the private file system; to read it after a reload takes a
 * permission, as for files on the disk.
 */
async function installFileDialog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isAllowed = !sessionStorage.getItem('chosen');
    Object.assign(window, {
      showOpenFilePicker: async () => {
        sessionStorage.setItem('chosen', 'yes');
        const root = await navigator.storage.getDirectory();
        return [await root.getFileHandle('long clip.mp4')];
      },
    });
    Object.assign(FileSystemFileHandle.prototype, {
      queryPermission: async () => (isAllowed ? 'granted' : 'prompt'),
      requestPermission: async () => {
        isAllowed = navigator.userActivation.isActive;
        return isAllowed ? 'granted' : 'denied';
      },
    });
  });
}

/** What lies on the disk from now on; null: nothing. */
async function putOnDisk(page: Page, content: Buffer | null): Promise<void> {
  await page.evaluate(
    async (text) => {
      const root = await navigator.storage.getDirectory();
      if (text === null) {
        await root.removeEntry('long clip.mp4');
        return;
      }
      const handle = await root.getFileHandle('long clip.mp4', { create: true });
      const writable = await handle.createWritable();
      await writable.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      await writable.close();
    },
    content && content.toString('base64'),
  );
}

test('footage without a copy is opened again by one click, and checked', async ({ page }) => {
  const clip = readFileSync(join(import.meta.dirname, '..', 'public', 'samples', 'dye.mp4'));
  await installFileDialog(page);
  const app = new MaskflowPage(page);
  await app.open();
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const quotaSize = used + clip.length + FREE_BYTES;
  await putOnDisk(page, clip);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });

  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Open video or ZIP…' }).click();
  await expect(page.getByTitle('long clip.mp4')).toBeVisible();
  await expect(page.getByText('read the file where it lies, once you allow it')).toBeVisible();
  await page.getByRole('button', { name: 'Add label' }).click();
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');

  const question = page.getByRole('dialog', { name: 'Where is long clip.mp4?' });
  const allow = question.getByRole('button', { name: 'Allow and open long clip.mp4' });
  await test.step('one click brings it back', async () => {
    await page.reload();
    await allow.click();
    await expect(page.getByTitle('long clip.mp4')).toBeVisible();
    await expect(question).toBeHidden();
    await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(2);
  });
  await test.step('another clip in its place is refused', async () => {
    await putOnDisk(page, readFileSync(join(media, 'h264-bframes.mp4')));
    await page.reload();
    await allow.click();
    await expect(question).toContainText('long clip.mp4 has ');
  });
  await test.step('a file that is gone is asked for', async () => {
    await putOnDisk(page, null);
    await page.reload();
    await allow.click();
    await expect(question).toContainText('long clip.mp4 is no longer where it was.');
    await expect(allow).toBeHidden();
    await page
      .getByTestId('pick-video')
      .setInputFiles({ name: 'long clip.mp4', mimeType: 'video/mp4', buffer: clip });
    await expect(page.getByTitle('long clip.mp4')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(2);
  });
});
