/** A window in which the browser keeps nothing: everything works, and Maskflow says how to keep the work. */
import { expect, test, type Page } from '@playwright/test';
import { MaskflowPage } from './support/maskflowPage';
import { withholdModel } from './support/withoutModel';

/** Private windows of Firefox and Safari differ in what they refuse, and how. */
const refusals = {
  'no private file system': `
    StorageManager.prototype.getDirectory = () =>
      Promise.reject(new DOMException('Security error when calling GetDirectory', 'SecurityError'));`,
  'no database, and a file system': `
    IDBFactory.prototype.open = () => {
      throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.', 'InvalidStateError');
    };`,
  'nothing at all': `
    StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('refused', 'SecurityError'));
    StorageManager.prototype.estimate = () => Promise.reject(new TypeError('refused'));
    StorageManager.prototype.persist = () => Promise.reject(new TypeError('refused'));
    IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      Object.defineProperty(request, 'error', { value: new DOMException('refused', 'InvalidStateError') });
      queueMicrotask(() => request.dispatchEvent(new Event('error')));
      return request;
    };
    CacheStorage.prototype.open = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
    if (globalThis.Storage) {
      Storage.prototype.getItem = Storage.prototype.setItem = Storage.prototype.removeItem = () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      };
    }`,
};

/** In the page and in every worker, before anything of theirs runs. */
async function refuse(page: Page, script: string): Promise<void> {
  await page.addInitScript({ content: script });
  await page.route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

for (const [name, script] of Object.entries(refusals)) {
  test(`with ${name}, work goes on and into a file`, async ({ page, browser }, testInfo) => {
    await refuse(page, script);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const app = new MaskflowPage(page);
    await app.open();
    await app.drawBox([10, 81, 630, 178]);
    await app.expectMasks(1);
    const areaPx = await app.areaOf('label 1');
    await expect(page.getByTestId('save-state')).toHaveText('Not saved: private window');
    const banner = page.getByTestId('save-banner');
    await expect(banner).toContainText('This window keeps nothing');
    await expect(banner).toContainText('Save the project into a file before you close the page');

    const file = testInfo.outputPath('kept.maskflow');
    await test.step('the file holds the work', async () => {
      const download = page.waitForEvent('download');
      await banner.getByRole('button', { name: 'Save project file' }).click();
      await (await download).saveAs(file);
    });
    await test.step('masks can be exported', async () => {
      expect(await app.exportZip()).toBeTruthy();
    });
    await test.step('leaving the page asks first', async () => {
      const asked = page.waitForEvent('dialog');
      const reloaded = page.reload();
      await (await asked).accept();
      await reloaded;
      await app.expectFrame(0);
      await expect(page.getByTestId('restored')).toBeHidden();
    });
    await test.step('the file brings it back, here and in a window that keeps', async () => {
      await page.getByTestId('pick-project').setInputFiles(file);
      await app.expectMasks(1);
      expect(await app.areaOf('label 1')).toBe(areaPx);
      const other = await browser.newPage({ serviceWorkers: 'block' });
      await withholdModel(other);
      const kept = new MaskflowPage(other);
      await kept.open();
      await other.getByTestId('pick-project').setInputFiles(file);
      await kept.expectMasks(1);
      expect(await kept.areaOf('label 1')).toBe(areaPx);
      await other.close();
    });
    expect(errors).toEqual([]);
  });
}
