/** Takes the pictures of the README; only with UPDATE_SCREENSHOTS=1. */
import { expect, test, type Page } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dyeBoxes } from './support/dyeClip';
import { MaskflowPage } from './support/maskflowPage';

const LAST_FRAME = 5;
const CORRECTED_FRAME = 3;
const RUN_MS = 1_200_000;

/** A rider behind trees (DAVIS 2016, CC BY 4.0, Perazzi et al.), where the data set lies beside the project. */
const rider = join(import.meta.dirname, '..', '..', 'shared', 'data', 'davis', 'bmx-trees', 'frames');
const RIDER_FRAMES = 24;
/** The footage is not ours to publish: the picture shows the masks alone. */
const WITHOUT_FOOTAGE = '[data-testid="frame-layer"], .filmstrip { visibility: hidden; }';

test.beforeEach(() => {
  test.skip(
    !process.env.UPDATE_SCREENSHOTS,
    'pictures of the README are taken only with UPDATE_SCREENSHOTS=1',
  );
  test.setTimeout(2 * RUN_MS);
});

async function take(page: Page, name: string, style?: string): Promise<void> {
  const path = join(import.meta.dirname, '..', 'docs', 'images', `${name}.png`);
  await page.screenshot({ path, style, animations: 'disabled' });
}

/** The frame is on show everywhere: words follow when frames have stopped going by. */
async function rest(app: MaskflowPage, frame: number): Promise<void> {
  await app.seek(frame);
  await app.dismissNotices();
  await expect(app.page.getByRole('region', { name: new RegExp(`^Frame ${frame} `) })).toBeVisible();
  await app.expectIdle();
}

async function fillTimeline(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Zoom the timeline to the in and out points' }).click();
}

test('two dyes, propagated and corrected', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.promptDyes(dyeBoxes);
  await app.renameLabel('competitor 1', 'floor');
  await app.renameLabel('label 2', 'lower dye');
  await app.renameLabel('label 1', 'upper dye');
  await app.trimTo(LAST_FRAME);
  await fillTimeline(page);
  await page.keyboard.press('r');
  await app.expectPropagated(RUN_MS);
  await rest(app, LAST_FRAME);
  await take(page, 'propagated');

  await rest(app, CORRECTED_FRAME);
  await page.keyboard.press('1');
  await app.clickPoint('Foreground point', [320, 130]);
  await app.expectIdle();
  await page.keyboard.press('r');
  await app.expectPropagated(RUN_MS);
  await rest(app, CORRECTED_FRAME);
  await take(page, 'corrected');
});

test('a rider that is lost behind trees', async ({ page }) => {
  test.skip(!existsSync(rider), `there is no DAVIS sequence at ${rider}`);
  const app = new MaskflowPage(page);
  await app.open();
  const frames = readdirSync(rider).toSorted().slice(0, RIDER_FRAMES);
  await app.openFiles(
    'images',
    frames.map((name) => join(rider, name)),
  );
  await expect(page.getByText(new RegExp(`frame 0 / ${RIDER_FRAMES - 1}`))).toBeVisible();
  await app.drawBox([415, 119, 525, 334]);
  await app.expectMasks(1);
  await app.renameLabel('label 1', 'rider');
  await page.getByRole('button', { name: 'Add label' }).click();
  await app.drawBox([360, 208, 557, 359]);
  await app.expectMasks(2);
  await app.renameLabel('label 2', 'bike');
  await page.keyboard.press('r');
  await app.expectPropagated(RUN_MS);
  await app.dismissNotices();
  const list = page.getByRole('list', { name: 'Doubtful stretches, worst first' });
  await list
    .getByRole('button', { name: /frames \d/ })
    .first()
    .click();
  await expect(page.getByText(/^confidence 0\.[0-4]\d, doubtful, /).first()).toBeVisible();
  await take(page, 'review', WITHOUT_FOOTAGE);
});
