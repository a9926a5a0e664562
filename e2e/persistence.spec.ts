/** Work is kept: over reloads, crashes and full disks, in one tab at a time, in the list and in files. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaskflowPage } from './support/maskflowPage';
import { dyeBox, openPrompted, testFromProject } from './support/promptedProject';
import { testWithoutModel, withholdModel } from './support/withoutModel';

const sample = join(import.meta.dirname, '..', 'public', 'samples', 'dye.mp4');

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-save-state', 'saved');
}

/** One label with a box and its mask, saved. */
async function promptAndSave(page: Page): Promise<{ app: MaskflowPage; areaPx: number }> {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(dyeBox);
  await app.expectMasks(1);
  await expectSaved(page);
  return { app, areaPx: await app.areaOf('label 1') };
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await new MaskflowPage(page).expectFrame(0);
}

async function openList(page: Page): Promise<void> {
  await page.getByTestId('save-state').click();
  await expect(page.getByRole('dialog', { name: 'Projects' })).toBeVisible();
}

test('a reload brings everything back, says so, and leaves a way to begin anew', async ({ page }) => {
  const { app, areaPx } = await promptAndSave(page);
  await app.renameLabel('label 1', 'upper dye');
  await page.getByRole('button', { name: 'Add label' }).click();
  await expectSaved(page);
  await reload(page);
  await expect(page.getByTestId('restored')).toContainText('Restored two-dyes.');
  await expect(page.getByTestId('restored')).toContainText(
    '1 prompt, 1 mask on 1 frame, last saved just now.',
  );
  await app.expectMasks(1);
  expect(await app.areaOf('upper dye')).toBe(areaPx);
  await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /^Undo \(Nothing/ })).toBeVisible();

  await page.getByRole('button', { name: 'Start afresh' }).click();
  await expect(page.getByTestId('restored')).toBeHidden();
  await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(1);
  await openList(page);
  await page.getByRole('button', { name: 'Open two-dyes', exact: true }).click();
  await app.expectMasks(1);
  expect(await app.areaOf('upper dye')).toBe(areaPx);
});

testWithoutModel('a brush stroke comes back as it was painted', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.tool('Brush');
  const [from, to] = [await app.at([100, 100]), await app.at([300, 160])];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
  await expectSaved(page);
  const areaPx = await app.areaOf('label 1');
  expect(areaPx).toBeGreaterThan(1000);
  await reload(page);
  await expect(page.getByTestId('restored')).toContainText('0 prompts, 1 mask on 1 frame');
  expect(await app.areaOf('label 1')).toBe(areaPx);
});

test('a change is on the disk within a second, and a box whose mask was still being drawn is drawn after a reload', async ({
  page,
}) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(dyeBox);
  await page.waitForTimeout(1000);
  page.on('dialog', (dialog) => void dialog.accept());
  await reload(page);
  await expect(page.getByTestId('restored')).toContainText('1 prompt');
  await app.expectMasks(1);
});

testFromProject(
  'a crash of the tab loses nothing that was saved',
  async ({ page, context, promptedProject }) => {
    await openPrompted(page, promptedProject);
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
    const next = await context.newPage();
    const app = new MaskflowPage(next);
    await app.open();
    await expect(next.getByTestId('restored')).toContainText('1 prompt, 1 mask');
    await app.expectMasks(1);
    expect(await app.areaOf('label 1')).toBe(promptedProject.areaPx);
  },
);

testWithoutModel(
  'the storage worker may die at any moment: saving goes on with a new one',
  async ({ page }) => {
    await page.addInitScript(() => {
      const storageWorkers: Worker[] = [];
      window.Worker = class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (options?.name === 'storage') {
            storageWorkers.push(this);
          }
        }
      };
      Object.assign(window, { storageWorkers });
    });
    const app = new MaskflowPage(page);
    await app.open();
    let name = 'label 1';
    for (let round = 0; round < 6; round += 1) {
      await app.renameLabel(name, `name ${round}`);
      name = `name ${round}`;
      await page.waitForTimeout(250 + 30 * round);
      const killed = await page.evaluate(() => {
        const worker = (window as unknown as { storageWorkers: Worker[] }).storageWorkers.at(-1);
        worker?.terminate();
        worker?.dispatchEvent(new ErrorEvent('error', { message: 'it was killed' }));
        return worker !== undefined;
      });
      expect(killed).toBe(true);
    }
    await expectSaved(page);
    await reload(page);
    await expect(page.getByRole('list', { name: 'Labels' })).toContainText(name);
  },
);

testWithoutModel(
  "the user's own clip is kept with the work, and opened again without asking",
  async ({ page }) => {
    const app = new MaskflowPage(page);
    await app.open();
    await page
      .getByTestId('pick-video')
      .setInputFiles({ name: 'my clip.mp4', mimeType: 'video/mp4', buffer: readFileSync(sample) });
    await expect(page.getByTitle('my clip.mp4')).toBeVisible();
    await expectSaved(page);
    await openList(page);
    // The copy is made in the background.
    await expect(async () => {
      await page.getByRole('button', { name: 'Close' }).click();
      await openList(page);
      await expect(page.getByText('1.8 MB of footage')).toBeVisible({ timeout: 1000 });
    }).toPass();
    await page.getByRole('button', { name: 'Close' }).click();
    await reload(page);
    await expect(page.getByTitle('my clip.mp4')).toBeVisible();
    await expect(page.getByTestId('restored')).toContainText('Restored my clip.');
  },
);

test('a full disk is told and everything goes on; when there is room again, all is saved', async ({
  page,
}) => {
  const { app } = await promptAndSave(page);
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  // A file that is open already has some room to go on; one that is opened now has none.
  await reload(page);
  await app.expectMasks(1);
  await app.drawBox([20, 190, 620, 250]);
  await expect(page.getByTestId('save-state')).toHaveText('Not saved: disk full');
  await expect(page.getByTestId('save-banner')).toContainText('Everything is still in this tab');
  await page.keyboard.press('ArrowRight');
  await app.expectFrame(1);
  await page.keyboard.press('Home');
  await app.expectMasks(1);
  const areaPx = await app.areaOf('label 1');

  await test.step('a project file holds what could not be saved', async () => {
    const download = page.waitForEvent('download');
    await page.getByTestId('save-banner').getByRole('button', { name: 'Save project file' }).click();
    expect(
      readFileSync(await (await download).path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByTestId('save-banner').getByRole('button', { name: 'Try again now' }).click();
  await expectSaved(page);
  await expect(page.getByTestId('save-banner')).toBeHidden();
  await reload(page);
  await app.expectMasks(1);
  expect(await app.areaOf('label 1')).toBe(areaPx);
});

test('a sample on which nothing is left is not listed', async ({ page }) => {
  const { app } = await promptAndSave(page);
  await page.keyboard.press('Control+z');
  await app.expectIdle();
  await expectSaved(page);
  await openList(page);
  await expect(page.getByText('Nothing is kept yet')).toBeVisible();
});

test('a reload in the middle of a run says how far it came, and goes on', async ({ page }) => {
  const { app } = await promptAndSave(page);
  await app.trimTo(5);
  await page.keyboard.press('r');
  // Drawn, and saved: the lane tells of the first mask that was carried over.
  const lane = page.getByRole('button', { name: /^label 1 ?: / });
  await expect(lane).toHaveAccessibleName(/masks on [2-4] of 150 frames/, { timeout: 120_000 });
  await page.waitForTimeout(1000);
  page.on('dialog', (dialog) => void dialog.accept());
  await reload(page);
  const card = page.getByTestId('cut-short');
  await expect(card).toContainText('Propagation was cut short.');
  await expect(card).toContainText(/frame [1-4] was the last one drawn/);
  await expect(page.getByTestId('restored')).toBeHidden();
  await card.getByRole('button', { name: 'Go on' }).click();
  await expect(card).toBeHidden();
  await expect(lane).toHaveAccessibleName(/masks on 6 of 150 frames/, { timeout: 120_000 });
});

testFromProject(
  'a second tab is kept off an open project, and may open a copy',
  async ({ page, context, promptedProject }) => {
    await openPrompted(page, promptedProject);
    const second = await context.newPage();
    await second.goto('/');
    const question = second.getByRole('dialog', { name: 'two-dyes is open in another tab' });
    await expect(question).toBeVisible();
    await question.getByRole('button', { name: 'Open a copy' }).click();
    const copy = new MaskflowPage(second);
    await copy.expectMasks(1);
    expect(await copy.areaOf('label 1')).toBe(promptedProject.areaPx);
    await expect(second.getByTestId('restored')).toContainText('Opened two-dyes (copy).');
    await test.step('each tab comes back to its own', async () => {
      await reload(second);
      await expect(second.getByTestId('restored')).toContainText('Restored two-dyes (copy).');
      await reload(page);
      await expect(page.getByTestId('restored')).toContainText('Restored two-dyes.');
    });
  },
);

testFromProject(
  'projects are listed with sizes, renamed, duplicated and deleted',
  async ({ page, promptedProject }) => {
    const app = await openPrompted(page, promptedProject);
    await openList(page);
    const items = page.getByRole('list', { name: 'Projects' }).getByRole('listitem');
    await expect(items).toHaveCount(1);
    await expect(items).toContainText('two-dyes.mp4');
    await expect(items).toContainText('1 mask, 1 annotated frame;');
    await expect(page.getByRole('dialog', { name: 'Projects' })).toContainText(/used by Maskflow, .* left\./);
    await page.getByRole('button', { name: 'Rename two-dyes' }).click();
    await page.getByRole('textbox', { name: 'New name of two-dyes' }).fill('first try');
    await page.keyboard.press('Enter');
    await expect(items).toContainText('first try');
    await page.getByRole('button', { name: 'Duplicate first try' }).click();
    await expect(items).toHaveCount(2);
    await app.screenshot('project-list');
    await page.getByRole('button', { name: 'Delete first try (copy)' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('There is no way back');
    await page.getByRole('button', { name: 'Delete project' }).click();
    await expect(items).toHaveCount(1);
    await page.getByRole('button', { name: 'Delete first try', exact: true }).click();
    await page.getByRole('button', { name: 'Delete project' }).click();
    await expect(page.getByText('Nothing is kept yet')).toBeVisible();
  },
);

testFromProject(
  'a project file brings labels, prompts and masks to another browser, with its footage',
  async ({ page, browser, promptedProject }, testInfo) => {
    await openPrompted(page, promptedProject);
    const { areaPx } = promptedProject;
    const files: Record<string, string> = {};
    for (const item of ['Project file', 'Project file with footage']) {
      await page.getByRole('button', { name: 'Export' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item, exact: true }).click();
      files[item] = testInfo.outputPath(`${item}.maskflow`);
      await (await download).saveAs(files[item]);
    }
    expect(readFileSync(files['Project file']!).length).toBeLessThan(200_000);
    expect(readFileSync(files['Project file with footage']!).length).toBeGreaterThan(1_800_000);

    const context = await browser.newContext({
      serviceWorkers: 'block',
      viewport: { width: 1440, height: 900 },
    });
    const other = await context.newPage();
    await withholdModel(other);
    const app = new MaskflowPage(other);
    await app.open();
    await other.getByTestId('pick-project').setInputFiles(files['Project file with footage']!);
    await expect(other.getByTestId('restored')).toContainText('Opened two-dyes.');
    await app.expectMasks(1);
    expect(await app.areaOf('label 1')).toBe(areaPx);
    await expectSaved(other);
    await reload(other);
    await app.expectMasks(1);
    expect(await app.areaOf('label 1')).toBe(areaPx);

    await test.step('a file that is none, or damaged, is refused and named', async () => {
      const cut = testInfo.outputPath('cut.maskflow');
      writeFileSync(cut, readFileSync(files['Project file']!).subarray(0, 3000));
      await other.getByTestId('pick-project').setInputFiles(cut);
      await expect(other.getByRole('alert')).toContainText('cut.maskflow cannot be read');
      await app.expectMasks(1);
    });
    await context.close();
  },
);

testWithoutModel(
  'footage that is gone is asked for, and the wrong one is refused',
  async ({ page }, testInfo) => {
    const app = new MaskflowPage(page);
    await app.open();
    await page
      .getByTestId('pick-video')
      .setInputFiles({ name: 'moved.mp4', mimeType: 'video/mp4', buffer: readFileSync(sample) });
    await expect(page.getByTitle('moved.mp4')).toBeVisible();
    await page.getByRole('button', { name: 'Add label' }).click();
    await expectSaved(page);
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Project file', exact: true }).click();
    const file = testInfo.outputPath('moved.maskflow');
    await (await download).saveAs(file);

    await page.getByTestId('pick-project').setInputFiles(file);
    const question = page.getByRole('dialog', { name: 'Where is moved.mp4?' });
    await expect(question).toContainText('1.8 MB');
    await app.openFiles('folder', join(import.meta.dirname, 'fixtures', 'dye', 'frames'));
    await expect(question).toContainText('has 3 frames');
    await page
      .getByTestId('pick-video')
      .setInputFiles({ name: 'found again.mp4', mimeType: 'video/mp4', buffer: readFileSync(sample) });
    await expect(question).toBeHidden();
    await expect(page.getByTitle('found again.mp4')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(2);
  },
);
