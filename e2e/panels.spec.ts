/** Pictures of every panel, dialog and menu in both themes and two sizes, to be looked at; only with UPDATE_SCREENSHOTS=1. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { join } from 'node:path';
import { MaskflowPage } from './support/maskflowPage';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;

/** Takes pictures under one name for theme and size. */
class Album {
  readonly #app: MaskflowPage;
  readonly #page: Page;
  readonly #series: string;

  constructor(app: MaskflowPage, series: string) {
    this.#app = app;
    this.#page = app.page;
    this.#series = series;
  }

  take(name: string): Promise<void> {
    return this.#app.screenshot(`panels/${this.#series}-${name}`);
  }

  /** What opens by a click, and closes by Escape. */
  async opened(name: string, trigger: Locator): Promise<void> {
    await trigger.click();
    // Popups fade in.
    await this.#page.waitForTimeout(300);
    await this.take(name);
    await this.#page.keyboard.press('Escape');
  }

  async scrolledTo(name: string, place: Locator): Promise<void> {
    await place.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await this.take(name);
  }
}

async function paintStroke(app: MaskflowPage, from: [number, number], to: [number, number]): Promise<void> {
  const { page } = app;
  const [start, end] = [await app.at(from), await app.at(to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 6 });
  await page.mouse.up();
}

/** Several labels, one of each kind, two of them painted on frames 0 and 12. */
async function annotate(app: MaskflowPage): Promise<void> {
  const { page } = app;
  const add = page.getByRole('button', { name: 'Add label' });
  await app.tool('Brush');
  await paintStroke(app, [60, 120], [560, 130]);
  await add.click();
  await paintStroke(app, [60, 250], [560, 240]);
  for (let count = 0; count < 4; count += 1) {
    await add.click();
  }
  await page.getByRole('button', { name: 'Add competitor' }).click();
  await page.getByRole('button', { name: 'Region', exact: true }).click();
  await page.getByRole('menuitem', { name: /Add void region/ }).click();
  await paintStroke(app, [300, 60], [340, 60]);
  await app.renameLabel('label 1', 'upper dye, the one with a long name');
  await page
    .getByRole('list', { name: 'Labels' })
    .getByRole('button', { name: /^upper dye/ })
    .click();
  await app.seek(12);
  await paintStroke(app, [60, 130], [560, 150]);
}

async function takeMenus(page: Page, album: Album): Promise<void> {
  await album.opened('menu-open', page.getByRole('button', { name: 'Open', exact: true }));
  await album.opened('menu-propagate', page.getByRole('button', { name: 'More ways to propagate' }));
  await album.opened('menu-export', page.getByRole('button', { name: 'Export', exact: true }));
  await album.opened('menu-theme', page.getByRole('button', { name: 'Theme' }));
  await album.opened('engine', page.getByRole('button', { name: /^Engine:/ }));
  await album.opened('menu-label', page.getByRole('button', { name: /^More for upper dye/ }));
  await album.opened('menu-region', page.getByRole('button', { name: 'Region', exact: true }));
  await album.opened('project-list', page.getByTestId('save-state'));
  await album.opened('keys', page.getByRole('button', { name: 'Show all keys' }));
}

async function takeTools(app: MaskflowPage, album: Album): Promise<void> {
  for (const tool of ['Brush', 'Eraser', 'Fill']) {
    await app.tool(tool);
    await album.take(`tool-${tool.toLowerCase()}`);
  }
  // A fill that would run out of the picture says so.
  const { x, y } = await app.at([320, 10]);
  await app.page.mouse.click(x, y);
  await album.take('tool-refused');
  await app.tool('Select');
}

async function takeInspector(page: Page, album: Album): Promise<void> {
  const sections = page.locator('.inspector-section');
  for (let index = 0; index < (await sections.count()); index += 1) {
    const section = sections.nth(index);
    const toggle = section.getByRole('button').first();
    if ((await toggle.getAttribute('aria-expanded')) === 'false') {
      await toggle.click();
    }
    await album.scrolledTo(`inspector-${index}`, section);
  }
}

async function takeMessages(app: MaskflowPage, album: Album): Promise<void> {
  const { page } = app;
  await page.getByRole('button', { name: /^More for upper dye/ }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await album.take('notice');
  await page.keyboard.press('Control+z');
  await page
    .getByTestId('pick-video')
    .setInputFiles({ name: 'notes.mp4', mimeType: 'video/mp4', buffer: Buffer.from('not a video') });
  await expect(page.getByRole('alert')).toContainText('notes.mp4');
  await album.take('error');
  await page.getByRole('button', { name: 'Dismiss this error' }).click();
  await album.opened('message-log', page.getByRole('button', { name: 'Read messages again' }));
}

async function takeImport(page: Page, album: Album): Promise<void> {
  const masks = join(import.meta.dirname, 'fixtures', 'dye', 'masks');
  await page.getByTestId('pick-mask-folder').setInputFiles(masks);
  // Reading comes first, in a dialog of its own.
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  await album.take('import-preview');
  await page.keyboard.press('Escape');
}

for (const theme of ['light', 'dark'] as const) {
  for (const size of sizes) {
    test(`panels in ${theme} at ${size.width}`, async ({ page }) => {
      test.skip(
        !process.env.UPDATE_SCREENSHOTS,
        'pictures of panels are taken only with UPDATE_SCREENSHOTS=1',
      );
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme });
      const app = new MaskflowPage(page);
      const album = new Album(app, `${theme}-${size.width}`);
      await app.open();
      await album.take('start');
      await annotate(app);
      await album.take('annotated');
      await takeTools(app, album);
      await takeMenus(page, album);
      await takeInspector(page, album);
      await takeMessages(app, album);
      await takeImport(page, album);
      await page.reload();
      await expect(page.getByTestId('restored')).toBeVisible();
      await album.take('restored');
    });
  }
}
