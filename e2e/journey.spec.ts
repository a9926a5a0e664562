/** The core journey on the sample: prompt both dyes, propagate, correct, export; the real model on WASM. */
import { expect, test } from '@playwright/test';
import { join } from 'node:path';
import { dyeBoxes, dyeFixtures, expectDyes, pngName } from './support/dyeClip';
import { exportCompanions, iou, readExport, type DecodedMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';

/** propagation.spec.ts holds more frames against the truth. */
const LAST_FRAME = 4;
const CORRECTED = 2;

function isSame(a: DecodedMap, b: DecodedMap): boolean {
  return Buffer.from(a.data).equals(b.data);
}

test('prompt, propagate, correct and export the sample clip', async ({ page }) => {
  test.setTimeout(900_000);
  const app = new MaskflowPage(page);
  await app.open();
  await app.screenshot('start');

  await app.promptDyes(dyeBoxes);
  await app.screenshot('prompted');
  await app.trimTo(LAST_FRAME);
  await page.keyboard.press('r');
  await app.expectPropagated(600_000);
  await app.seek(LAST_FRAME);
  await app.screenshot('propagated');

  const first = readExport(await app.exportZip());
  const maps = Array.from({ length: LAST_FRAME + 1 }, (_, frame) => pngName(frame));
  expect(first.names.toSorted()).toEqual([...maps, ...exportCompanions].toSorted());
  expectDyes(first, pngName(0), 0, 0.95);
  for (let frame = 1; frame <= LAST_FRAME; frame += 1) {
    expectDyes(first, pngName(frame), frame, 0.85);
  }
  const floorValues = new Set(Array.from(first.map(pngName(4)).data));
  expect([...floorValues].toSorted()).toEqual([0, 1, 2]);
  expect(first.text('frames.csv').trim().split(/\r?\n/)).toHaveLength(LAST_FRAME + 2);
  expect(JSON.parse(first.text('labels.json')).labels).toHaveLength(3);

  await test.step('a correction changes its frame and, on request, the frames after it', async () => {
    await app.seek(CORRECTED);
    await page.keyboard.press('1');
    await app.clickPoint('Foreground point', [320, 130]);
    await expect(
      page
        .getByRole('region', { name: new RegExp(`^Frame ${CORRECTED} `) })
        .getByText('prompted', { exact: true }),
    ).toBeVisible({
      timeout: 180_000,
    });
    await app.expectIdle();
    await page.keyboard.press('r');
    await app.expectPropagated(300_000);
    await app.dismissNotices();
    await app.screenshot('corrected');
    const second = readExport(await app.exportZip());
    for (let frame = 0; frame < CORRECTED; frame += 1) {
      expect(isSame(second.map(pngName(frame)), first.map(pngName(frame))), `frame ${frame}`).toBe(true);
    }
    for (let frame = CORRECTED; frame <= LAST_FRAME; frame += 1) {
      const overlap = iou(second.map(pngName(frame)), 1, first.map(pngName(frame)), 1);
      expect(overlap, `frame ${frame}`).toBeLessThan(1);
    }
  });

  await test.step('undo takes the run and the point back', async () => {
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await app.expectIdle();
    const undone = readExport(await app.exportZip());
    for (const name of maps) {
      expect(isSame(undone.map(name), first.map(name)), name).toBe(true);
    }
  });
});

test('shared background points can be compared by one switch, and a mask be refined', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(dyeBoxes.upper);
  await app.expectMasks(1);
  const withoutPoint = await app.areaOf('label 1');
  await app.clickPoint('Shared background point', [320, 150]);
  await app.expectIdle();
  const withPoint = await app.areaOf('label 1');
  expect(withPoint).not.toBe(withoutPoint);
  await expect(page.getByText('1 on this frame')).toBeVisible();
  await page.getByRole('switch', { name: /shared background points/i }).click();
  await app.expectIdle();
  expect(await app.areaOf('label 1')).toBe(withoutPoint);
  await page.getByRole('button', { name: /^Refine .* from its mask/ }).click();
  await app.expectIdle();
  await expect(page.getByText(/^Mask prompt/)).toBeVisible();
  await page.getByRole('button', { name: /before/i }).click();
  await expect(page.getByRole('figure', { name: /After/ })).toBeVisible();
  await app.screenshot('mask-prompt');
});

/** A pause is watched no shorter, however fast frames are. */
const SHORTEST_WATCH_MS = 3000;

test('pause, resume and stop a run; what was drawn stays', async ({ page }) => {
  test.setTimeout(900_000);
  const app = new MaskflowPage(page);
  await app.open();
  await app.drawBox(dyeBoxes.upper);
  await app.expectMasks(1);
  const startMs = performance.now();
  await page.keyboard.press('r');
  const progress = page.getByRole('progressbar', { name: /propagat/i });
  await expect(progress).toBeVisible();
  const countIn = (progressText: string | null): number =>
    Number(/^Memory: (\d+) \/ 149 frames/.exec(progressText ?? '')?.[1]);
  const drawnNow = async (): Promise<number> =>
    countIn(await page.getByText(/^Memory: \d+ \/ 149 frames/).textContent());
  const expectDrawn = (count: number): Promise<void> =>
    expect.poll(drawnNow, { intervals: [100], timeout: 120_000 }).toBeGreaterThanOrEqual(count);
  await expectDrawn(2);
  // Since the key was pressed, so never less than a frame takes, however many were seen at one look.
  const drawnCount = await drawnNow();
  const frameMs = (performance.now() - startMs) / drawnCount;
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  const paused = page.getByText(/^Memory: \d+ \/ 149 frames.* paused$/);
  await expect(paused).toBeVisible();
  // A frame that was under way when the pause came may still arrive; in the time of three more nothing may.
  let before = await paused.textContent();
  await expect
    .poll(
      async () => {
        const earlier = before;
        await page.waitForTimeout(Math.max(SHORTEST_WATCH_MS, 3 * frameMs));
        before = await paused.textContent();
        return before === earlier;
      },
      { timeout: 10 * frameMs + 60_000 },
    )
    .toBe(true);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expectDrawn(countIn(before) + 1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(progress).toBeHidden();
  await app.seek(2);
  await app.expectMasks(1);
});

test('the same journey from a folder of PNG files', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  await app.openFiles('folder', join(dyeFixtures, 'frames'));
  await expect(page.getByText('frames', { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/frame 0 \/ 2/)).toBeVisible();
  await app.promptDyes(dyeBoxes);
  await page.keyboard.press('r');
  await app.expectPropagated(240_000);
  const zip = readExport(await app.exportZip());
  expectDyes(zip, 'frame_000.png', 0, 0.95);
  expectDyes(zip, 'frame_001.png', 1, 0.85);
  expectDyes(zip, 'frame_002.png', 2, 0.85);
});

test('the same journey from an AVI that the browser cannot decode', async ({ page }) => {
  const app = new MaskflowPage(page);
  await app.open();
  const ffmpeg = page.waitForRequest(/ffmpeg-core.*\.wasm/);
  await app.openFiles('video', join(dyeFixtures, 'dye.avi'));
  await ffmpeg;
  await expect(page.getByText(/frame 0 \/ 5/)).toBeVisible({ timeout: 120_000 });
  await app.promptDyes(dyeBoxes);
  await app.trimTo(2);
  await page.keyboard.press('r');
  await app.expectPropagated(240_000);
  const zip = readExport(await app.exportZip());
  expectDyes(zip, '00000.png', 0, 0.95);
  expectDyes(zip, '00002.png', 2, 0.85);
});
