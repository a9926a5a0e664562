/** Propagation by Maskflow's own engine on the sample: true masks, confidence, a correction and its reach, review. */
import { expect, test, type Locator } from '@playwright/test';
import { dyeBoxes, expectDyes, pngName } from './support/dyeClip';
import { readExport, type ExportedZip } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';

const LAST_FRAME = 12;
const CORRECTED = 6;
const ACCEPTED = 9;
const frames = Array.from({ length: LAST_FRAME + 1 }, (_, frame) => frame);

/** Frames whose exported masks differ. */
function changedFrames(before: ExportedZip, after: ExportedZip): number[] {
  return frames.filter((frame) => {
    const [a, b] = [before, after].map((zip) => zip.map(pngName(frame)).data);
    return a!.length !== b!.length || a!.some((value, pixel) => value !== b![pixel]);
  });
}

test('propagates the dyes, says how sure it is, and redraws only around a correction', async ({ page }) => {
  test.setTimeout(900_000);
  const app = new MaskflowPage(page);
  const review = page.getByRole('region', { name: 'Review' });
  const onFrame = (frame: number): Locator =>
    page.getByRole('region', { name: new RegExp(`^Frame ${frame} `) });
  const exported = async (): Promise<ExportedZip> => readExport(await app.exportZip());
  await app.open();
  await app.promptDyes(dyeBoxes);
  await app.trimTo(LAST_FRAME);
  await page.keyboard.press('r');
  await app.expectPropagated(300_000);
  const first = await exported();

  await test.step('both dyes are right on every frame', () => {
    for (const frame of frames) {
      expectDyes(first, pngName(frame), frame, 0.95);
    }
  });

  await test.step('the inspector tells how sure each mask is, and by which cue it was drawn', async () => {
    await app.seek(LAST_FRAME);
    const notes = onFrame(LAST_FRAME).getByText(/^confidence [01]\.\d\d, .*drawn by \w+$/);
    await expect(notes).toHaveCount(3);
    await expect(notes.nth(0)).toHaveText(/drawn by colour$/);
    await expect(notes.nth(1)).toHaveText(/drawn by colour$/);
    await app.screenshot('confidence');
  });

  await test.step('F goes to the next doubtful frame, or says that there is none', async () => {
    await page.keyboard.press('Home');
    await app.expectFrame(0);
    await page.keyboard.press('f');
    if (await review.getByText('No doubtful frame.').isVisible()) {
      await expect(page.getByText('No frame between the in and out points is doubtful.')).toBeVisible();
      await app.dismissNotices();
    } else {
      await expect(page.getByText(/, doubtful, /).first()).toBeVisible();
    }
  });

  await test.step('A accepts a frame: its masks stay, and are annotation from now on', async () => {
    await app.seek(ACCEPTED);
    await page.keyboard.press('a');
    await expect(onFrame(ACCEPTED).getByText('annotated (accepted)')).toHaveCount(3);
    await expect(review.getByRole('button', { name: 'Take back acceptance' })).toBeVisible();
  });

  await app.seek(CORRECTED);
  await page.keyboard.press('1');
  await app.clickPoint('Foreground point', [320, 130]);
  await expect(onFrame(CORRECTED).getByText('prompted', { exact: true })).toHaveCount(1, {
    timeout: 180_000,
  });
  await app.expectIdle();
  const corrected = await exported();
  expect(changedFrames(first, corrected)).toEqual([CORRECTED]);

  await test.step('a run both ways redraws up to the annotated frames, and nothing else', async () => {
    await page.keyboard.press('Shift+R');
    await expect(page.getByText(/^\d+ \/ 14 frames in two passes/)).toBeVisible();
    await app.expectPropagated(300_000);
    await app.dismissNotices();
    const again = await exported();
    const changed = changedFrames(corrected, again);
    expect(changed.filter((frame) => frame < CORRECTED).length).toBeGreaterThan(0);
    expect(changed.filter((frame) => frame > CORRECTED).length).toBeGreaterThan(0);
    expect(changed.filter((frame) => [0, CORRECTED].includes(frame) || frame >= ACCEPTED)).toEqual([]);
    for (const frame of changed) {
      expectDyes(again, pngName(frame), frame, 0.95);
    }
  });

  await test.step('undo takes back the run, the point and the acceptance', async () => {
    await page.keyboard.press('Control+z');
    expect(changedFrames(corrected, await exported())).toEqual([]);
    await page.keyboard.press('Control+z');
    await app.expectIdle();
    await page.keyboard.press('Control+z');
    expect(changedFrames(first, await exported())).toEqual([]);
    await app.seek(ACCEPTED);
    await expect(onFrame(ACCEPTED).getByText(/^confidence .*drawn by/)).toHaveCount(3);
  });
});
