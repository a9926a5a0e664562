/** Propagation by Maskflow's own engine on the sample: true masks, confidence, a correction and its reach, review. */
import { expect, test, type Locator } from '@playwright/test';
import { decode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dyeBoxes, expectDyes, pngName, trueDyeArea } from './support/dyeClip';
import { chooseFormats, exportDialog, exportInto, openExportDialog } from './support/exporting';
import { readExport, readLabelMap, type ExportedZip } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { calibrate, exportedAreas } from './support/measuring';

const LAST_FRAME = 12;
const CORRECTED = 3;
const ACCEPTED = 6;
const frames = Array.from({ length: LAST_FRAME + 1 }, (_, frame) => frame);

/** Frames whose exported masks differ. */
function changedFrames(before: ExportedZip, after: ExportedZip): number[] {
  return frames.filter((frame) => {
    const [a, b] = [before, after].map((zip) => zip.map(pngName(frame)).data);
    return a!.length !== b!.length || a!.some((value, pixel) => value !== b![pixel]);
  });
}

test('propagates the dyes, says how sure it is, and redraws only around a correction', async ({
  page,
}, info) => {
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

  await test.step('the calibrated areas of both dyes are the true ones over time, within 3 %', async () => {
    await page.getByRole('tab', { name: 'Measure' }).click();
    const mmPerPx = await calibrate(app, [60, 40], [160, 40], 8);
    const { areaOf } = await exportedAreas(page);
    for (const frame of frames) {
      for (const dye of [1, 2]) {
        const ratio = areaOf(frame, `label ${dye}`) / (trueDyeArea(frame, dye) * mmPerPx ** 2);
        expect(Math.abs(ratio - 1), `area of dye ${dye} on frame ${frame}`).toBeLessThan(0.03);
      }
    }
    await app.screenshot('propagated-areas');
  });

  await test.step('mattes cut at one half are exactly the masks on every frame, drawn or propagated', async () => {
    for (const [bits, white] of [
      ['16', 65535],
      ['8', 255],
    ] as const) {
      await openExportDialog(page);
      await chooseFormats(page, ['Soft mattes, grey PNG', 'Label maps, palette PNG']);
      const depth = exportDialog(page).getByRole('combobox', { name: 'Bits for each pixel' });
      await depth.last().selectOption(bits);
      const folder = info.outputPath(`mattes-${bits}`);
      await exportInto(page, folder);
      await app.dismissNotices();
      for (const name of frames.map(pngName)) {
        const map = readLabelMap(join(folder, 'labels', name)).data;
        for (const number of [1, 2]) {
          const { data } = decode(readFileSync(join(folder, 'soft', `${number} label ${number}`, name)));
          const apart = map.reduce(
            (sum, value, pixel) => sum + ((value === number) === data[pixel]! / white >= 0.5 ? 0 : 1),
            0,
          );
          expect(apart, `${bits}-bit matte ${number} of ${name}`).toBe(0);
        }
      }
    }
    await page.getByRole('tab', { name: 'Masks' }).click();
    // Keys go to the picture again.
    await app.stage.focus();
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
    await expect(page.getByText(/^Memory: \d+ \/ 8 frames in two passes/)).toBeVisible();
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
