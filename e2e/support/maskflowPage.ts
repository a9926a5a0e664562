/** Drives Maskflow as a user does: by mouse, keys and visible names. */
import { expect, type Locator, type Page } from '@playwright/test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SourceBox = readonly [x0: number, y0: number, x1: number, y1: number];
export type SourcePoint = readonly [x: number, y: number];

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A first encoding on two busy cores can take this long. */
const MASK_TIMEOUT_MS = 180_000;

export class MaskflowPage {
  readonly page: Page;
  readonly frame: Locator;
  readonly stage: Locator;

  constructor(page: Page) {
    this.page = page;
    this.frame = page.getByTestId('frame-layer');
    this.stage = page.getByRole('application');
  }

  /** Opens the app and waits for the first picture of the sample. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`/${query}`);
    await this.expectFrame(0);
  }

  /** Waits until the picture of a frame is painted. */
  async expectFrame(frameIndex: number): Promise<void> {
    await expect(this.stage).toHaveAccessibleName(new RegExp(`^Picture, frame ${frameIndex} of`));
  }

  async openFiles(kind: 'video' | 'images' | 'folder', files: string | string[]): Promise<void> {
    await this.page.getByTestId(`pick-${kind}`).setInputFiles(files);
  }

  /** Page position of a source pixel. */
  async at([x, y]: SourcePoint): Promise<{ x: number; y: number }> {
    const box = await this.frame.boundingBox();
    const size = await this.frame.evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
    if (!box) {
      throw new Error('the frame is not on screen');
    }
    return { x: box.x + (x * box.width) / size[0]!, y: box.y + (y * box.height) / size[1]! };
  }

  async tool(name: string): Promise<void> {
    await this.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name }).click();
  }

  async drawBox([x0, y0, x1, y1]: SourceBox): Promise<void> {
    await this.tool('Box');
    const from = await this.at([x0, y0]);
    const to = await this.at([x1, y1]);
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await this.page.mouse.move(to.x, to.y, { steps: 3 });
    await this.page.mouse.up();
  }

  async clickPoint(tool: string, point: SourcePoint): Promise<void> {
    await this.tool(tool);
    const { x, y } = await this.at(point);
    await this.page.mouse.click(x, y);
  }

  /** Waits until this many labels show an estimate of their mask on the current frame, and nothing is being drawn any more. */
  async expectMasks(count: number): Promise<void> {
    const rows = this.page.getByRole('list', { name: 'Labels' }).getByRole('listitem');
    await expect(rows.filter({ hasText: /(IoU|conf\.) \d\.\d\d/ })).toHaveCount(count, {
      timeout: MASK_TIMEOUT_MS,
    });
    await this.expectIdle();
  }

  /** Area of a label's mask on the current frame in pixels, as the inspector states it. */
  async areaOf(label: string): Promise<number> {
    const row = this.page.getByRole('row').filter({ hasText: label });
    return Number((await row.getByRole('cell').nth(1).textContent())?.replaceAll(',', ''));
  }

  async expectIdle(): Promise<void> {
    await expect(this.stage).toHaveAttribute('aria-busy', 'false', { timeout: MASK_TIMEOUT_MS });
  }

  /** Both dyes as objects and the floor as a competitor, each by one box, on the current frame. */
  async promptDyes(boxes: { upper: SourceBox; lower: SourceBox; floor: SourceBox }): Promise<void> {
    await this.drawBox(boxes.upper);
    await this.expectMasks(1);
    await this.page.getByRole('button', { name: 'Add label' }).click();
    await this.drawBox(boxes.lower);
    await this.expectMasks(2);
    await this.page.getByRole('button', { name: 'Add competitor' }).click();
    await this.drawBox(boxes.floor);
    await this.expectMasks(3);
  }

  async renameLabel(from: string, to: string): Promise<void> {
    const labels = this.page.getByRole('list', { name: 'Labels' });
    await labels.getByRole('button', { name: from, exact: true }).dblclick();
    await this.page.getByRole('textbox', { name: `New name of ${from}` }).fill(to);
    await this.page.keyboard.press('Enter');
    await expect(labels.getByRole('button', { name: to, exact: true })).toBeVisible();
  }

  /** Moves the playhead by keys, as many steps as it takes. */
  async seek(frameIndex: number): Promise<void> {
    await this.page.keyboard.press('Home');
    await this.expectFrame(0);
    for (let frame = 0; frame < frameIndex; frame += 1) {
      await this.page.keyboard.press('ArrowRight');
    }
    await this.expectFrame(frameIndex);
  }

  /** Sets the range to frames 0..last by keys, and returns to frame 0. */
  async trimTo(last: number): Promise<void> {
    await this.seek(last);
    await this.page.keyboard.press('o');
    await this.page.keyboard.press('Home');
    await this.expectFrame(0);
  }

  /** Waits for a running propagation to end. */
  async expectPropagated(timeout: number): Promise<void> {
    const stop = this.page.getByRole('button', { name: 'Stop' });
    await expect(stop).toBeVisible();
    await expect(stop).toBeHidden({ timeout });
  }

  async dismissNotices(): Promise<void> {
    const dismiss = this.page.getByRole('button', { name: 'Dismiss this notice' });
    while ((await dismiss.count()) > 0) {
      await dismiss.first().click();
    }
  }

  /** Exports the ZIP and returns the path of the downloaded file. */
  async exportZip(): Promise<string> {
    await this.page.getByRole('button', { name: 'Export' }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: /ZIP/ }).click();
    return (await download).path();
  }

  /** Takes a screenshot of the whole page into test-results/screenshots. */
  async screenshot(name: string): Promise<void> {
    const path = join(root, 'test-results', 'screenshots', `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
  }
}
