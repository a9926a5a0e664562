/** Looking at picture and masks: pictures along the timeline, overlay styles, and a model that sees what the user sees. */
import { expect, test, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MaskflowPage, type SourceBox } from './support/maskflowPage';
import { testWithoutModel } from './support/withoutModel';

const { boxes } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'dye', 'prompts.json'), 'utf8'),
) as { boxes: Record<'1' | '2', SourceBox> };

/** The share of a canvas' columns that are painted half-way down. */
function paintedShare(page: Page, testId: string): Promise<number> {
  return page.getByTestId(testId).evaluate((canvas: HTMLCanvasElement) => {
    const row = canvas.getContext('2d')?.getImageData(0, canvas.height >> 1, canvas.width, 1).data ?? [];
    return Array.from(row).filter((value, index) => index % 4 === 3 && value > 0).length / canvas.width;
  });
}

async function setSlider(page: Page, name: string, value: number): Promise<void> {
  await page.getByRole('slider', { name }).fill(String(value));
}

testWithoutModel('the timeline shows pictures of the clip, at any zoom', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await expect.poll(() => paintedShare(page, 'filmstrip')).toBeGreaterThan(0.9);
  await page.getByRole('button', { name: 'Zoom the timeline in' }).click();
  await page.getByRole('button', { name: 'Zoom the timeline in' }).click();
  await expect.poll(() => paintedShare(page, 'filmstrip')).toBeGreaterThan(0.7);
});

testWithoutModel('J and L play both ways, K stops, and the range loops', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.trimTo(4);
  await page.keyboard.press('Shift+L');
  await page.keyboard.press('l');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  const seen = new Set<string>();
  await expect
    .poll(async () => {
      seen.add((await app.stage.getAttribute('aria-label')) ?? '');
      return seen.size;
    })
    .toBeGreaterThan(2);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.getByText('-2x', { exact: true })).toBeVisible();
  await page.keyboard.press('k');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('the model sees the adjusted picture only where the user wants it', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(boxes['1']);
  await app.expectMasks(1);
  const plain = await app.areaOf('label 1');
  const redraw = async (): Promise<number> => {
    await page.getByRole('button', { name: 'Clear all prompts of this frame' }).click();
    await app.expectMasks(0);
    await app.drawBox(boxes['1']);
    await app.expectMasks(1);
    return app.areaOf('label 1');
  };
  await setSlider(page, 'Blue', 0);
  await setSlider(page, 'Contrast', 2);
  expect(await redraw()).toBe(plain);

  const forModel = page.getByRole('switch', { name: 'The model sees what you see' });
  await forModel.click();
  // The engine is told when the value has rested; what it is told then is drawn from the adjusted picture.
  await expect.poll(redraw, { intervals: [1000] }).not.toBe(plain);
  await forModel.click();
  await expect.poll(redraw, { intervals: [1000] }).toBe(plain);

  await page.getByRole('combobox', { name: 'Masks as' }).selectOption('Masks only, on black');
  await expect.poll(() => paintedShare(page, 'mask-layer')).toBe(1);
  await page.keyboard.down('h');
  await expect.poll(() => paintedShare(page, 'mask-layer')).toBe(0);
  await page.keyboard.up('h');
  await app.screenshot('view');
});
