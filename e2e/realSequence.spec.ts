/** A real sequence (DAVIS 2016, CC BY 4.0, Perazzi et al.), where the data set lies beside the project. */
import { expect, test } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { iou, readExport, readLabelMap } from './support/labelMaps';
import { MaskflowPage, type SourceBox, type SourcePoint } from './support/maskflowPage';

const sequence = join(import.meta.dirname, '..', '..', 'shared', 'data', 'davis', 'blackswan');
const isHere = existsSync(sequence);

test('a box, three points and a shared background point draw the swan', async ({ page }) => {
  if (!isHere) {
    console.log(
      `skipped: no DAVIS sequence blackswan at ${sequence}; the real-sequence journey was not tested`,
    );
  }
  test.skip(!isHere, 'the DAVIS sequence blackswan is not here');
  const app = new MaskflowPage(page);
  await app.open();
  const frames = readdirSync(join(sequence, 'frames')).toSorted().slice(0, 3);
  await app.openFiles(
    'images',
    frames.map((name) => join(sequence, 'frames', name)),
  );
  await expect(page.getByText(/frame 0 \/ 2/)).toBeVisible();

  const truth = readLabelMap(join(sequence, 'masks', '00000.png'));
  const points = bodyPoints(truth);
  await app.drawBox(points.box);
  await app.expectMasks(1);
  for (const point of points.inside) {
    await app.clickPoint('Foreground point', point);
    await app.expectIdle();
  }
  await app.clickPoint('Shared background point', points.outside);
  await app.expectIdle();
  await app.screenshot('swan');
  const zip = readExport(await app.exportZip());
  expect(iou(zip.map(`${frames[0]!.replace(/\.\w+$/, '')}.png`), 1, truth, 255)).toBeGreaterThanOrEqual(0.9);
});

/** Where a user would click: the swan's box, three points well inside it, and one beside it. */
function bodyPoints(truth: { width: number; height: number; data: Uint8Array }): {
  box: SourceBox;
  inside: SourcePoint[];
  outside: SourcePoint;
} {
  const isSwan = (x: number, y: number): boolean => truth.data[y * truth.width + x] === 255;
  const box = [truth.width, truth.height, 0, 0] as [number, number, number, number];
  for (let y = 0; y < truth.height; y += 1) {
    for (let x = 0; x < truth.width; x += 1) {
      if (isSwan(x, y)) {
        box[0] = Math.min(box[0], x);
        box[1] = Math.min(box[1], y);
        box[2] = Math.max(box[2], x + 1);
        box[3] = Math.max(box[3], y + 1);
      }
    }
  }
  const middleOfRow = (y: number): SourcePoint => {
    let best: [number, number] = [0, 0];
    for (let x = box[0], start = -1; x <= box[2]; x += 1) {
      if (x < box[2] && isSwan(x, y)) {
        start = start < 0 ? x : start;
        best = x - start > best[1] - best[0] ? [start, x] : best;
      } else {
        start = -1;
      }
    }
    return [Math.round((best[0] + best[1]) / 2), y];
  };
  const row = (share: number): number => Math.round(box[1] + share * (box[3] - box[1]));
  return {
    box,
    inside: [middleOfRow(row(0.5)), middleOfRow(row(0.65)), middleOfRow(row(0.8))],
    outside: [Math.max(4, box[0] - 20), row(0.3)],
  };
}
