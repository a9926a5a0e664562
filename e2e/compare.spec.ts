/** Masks against a reference that is known to differ: counts, scores, views and CSV, without any model. */
import { expect, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { dyeFixtures, pngName } from './support/dyeClip';
import {
  chooseMaskFolder,
  chooseReference,
  finishImport,
  finishReference,
  referencePreview,
  writeFiles,
} from './support/importing';
import { readLabelMap, type DecodedMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { testWithoutModel as test } from './support/withoutModel';

const LAST = 4;
const frames = Array.from({ length: LAST + 1 }, (_, frame) => frame);
const truth = frames.map((frame) => readLabelMap(join(dyeFixtures, 'masks', pngName(frame))));
/** How far the reference lies to the right of the masks. */
const SHIFT_PX = 6;
const palette = Array.from({ length: 256 }, (_, index) => [index, 255 - index, index]);

/** Moved to the right, and with the numbers of the labels changed round. */
function shifted({ width, height, data }: DecodedMap): DecodedMap {
  const other = [0, 2, 1];
  const moved = Uint8Array.from(data, (_, pixel) =>
    pixel % width < SHIFT_PX ? 0 : (other[data[pixel - SHIFT_PX]!] ?? 0),
  );
  return { width, height, data: moved };
}

function indexedPng({ width, height, data }: DecodedMap): Uint8Array {
  return encode({ width, height, data: Uint8Array.from(data), channels: 1, depth: 8, palette });
}

/** Pixels of the label in the masks alone, in the reference alone, and in both. */
function counts(map: DecodedMap, label: number): { aOnly: number; bOnly: number; both: number } {
  const reference = shifted(map);
  const found = { aOnly: 0, bOnly: 0, both: 0 };
  map.data.forEach((value, pixel) => {
    const inA = value === label;
    const inB = reference.data[pixel] === 3 - label;
    found.aOnly += inA && !inB ? 1 : 0;
    found.bOnly += inB && !inA ? 1 : 0;
    found.both += inA && inB ? 1 : 0;
  });
  return found;
}

const px = (count: number): string => `${count.toLocaleString('en-US')} px`;

/** Two dyes of the sample with their true masks, to be compared with a reference that is off. */
async function openCompared(page: Page, folder: string): Promise<MaskflowPage> {
  const app = new MaskflowPage(page);
  await app.open();
  await app.trimTo(LAST);
  const files = frames.map((frame) => [
    pngName(frame),
    readFileSync(join(dyeFixtures, 'masks', pngName(frame))),
  ]);
  await chooseMaskFolder(page, writeFiles(folder, Object.fromEntries(files)));
  await finishImport(page, 2 * (LAST + 1));
  await app.dismissNotices();
  return app;
}

async function downloaded(page: Page, button: string): Promise<string[][]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const text = readFileSync(await file.path(), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','));
}

test('a reference is compared with: known counts and scores, every view, and CSV that says the same', async ({
  page,
}, info) => {
  test.setTimeout(300_000);
  const app = await openCompared(page, info.outputPath('masks'));
  await page.getByRole('tab', { name: 'Compare' }).click();
  const zip = zipSync(
    Object.fromEntries(truth.map((map, frame) => [pngName(frame), indexedPng(shifted(map))])),
  );
  const upload = { name: 'shifted.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
  await chooseReference(page, upload);
  await expect(
    referencePreview(page).getByRole('combobox', { name: 'What index 1 is compared with' }),
  ).toHaveValue('1');
  await app.screenshot('compare-reference-preview');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Set B' })).toHaveValue('');
  await chooseReference(page, upload, { 'index 1': 'label 2', 'index 2': 'label 1' });
  await finishReference(page, 2 * (LAST + 1));
  await expect(page.getByText(/Reference shifted\.zip: 5 frames, 2 labels/)).toBeVisible();
  await app.dismissNotices();
  await expect(page.getByRole('combobox', { name: 'Set B' })).toHaveValue('reference 1');

  const expected = [1, 2].map((label) => counts(truth[0]!, label));
  const sum = (part: 'aOnly' | 'bOnly' | 'both'): number => expected[0]![part] + expected[1]![part];
  const table = page.getByTestId('compare-counts');
  await expect(table).toContainText(`A only${px(sum('aOnly'))}`);
  await expect(table).toContainText(`B only${px(sum('bOnly'))}`);
  await expect(table).toContainText(`Both${px(sum('both'))}`);

  for (const view of ['Side by side', 'Wipe', 'Flicker', 'Difference']) {
    await page.getByRole('radio', { name: view, exact: true }).check();
    await expect(page.getByTestId('compare-stage')).toBeVisible();
    await app.screenshot(`compare-${view.toLowerCase().replaceAll(' ', '-')}`);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('compare-stage')).toBeHidden();

  await page.getByRole('button', { name: 'Score 5 frames' }).click();
  const means = page.getByRole('table', { name: /Mean scores by label/ });
  await expect(means.getByRole('row')).toHaveCount(4, { timeout: 60_000 });
  await expect(page.getByTestId('score-lanes')).toBeVisible();
  await app.screenshot('compare-scores');

  const rows = await downloaded(page, 'Frames (CSV)');
  expect(rows).toHaveLength(1 + 2 * (LAST + 1));
  expect(rows[0]!.slice(0, 10).join()).toBe(
    'frame,time_s,label_a,label_b,j,f,j_and_f,a_only_px,b_only_px,both_px',
  );
  const inner: number[][] = [[], []];
  for (const [index, row] of rows.slice(1).entries()) {
    const frame = Math.floor(index / 2);
    const label = 1 + (index % 2);
    const { aOnly, bOnly, both } = counts(truth[frame]!, label);
    expect(row.slice(7).map(Number), `row ${index}`).toEqual([aOnly, bOnly, both]);
    expect(Number(row[4]), `J of row ${index}`).toBeCloseTo(both / (aOnly + bOnly + both), 5);
    if (frame > 0 && frame < LAST) {
      inner[label - 1]!.push(both / (aOnly + bOnly + both));
    }
  }
  const summary = await downloaded(page, 'Table (CSV)');
  expect(summary.slice(1).map((row) => Number(row[6]))).toEqual(
    inner.map((values) => expect.closeTo(values.reduce((a, b) => a + b, 0) / values.length, 5)),
  );

  const worst = page.getByRole('list', { name: 'Worst frames first' }).getByRole('button');
  const [, frame] = /Frame (\d+)/.exec((await worst.nth(1).textContent()) ?? '') ?? [];
  await worst.nth(1).click();
  await expect(page.getByRole('slider', { name: 'Playhead' })).toHaveAttribute('aria-valuenow', frame!);
});

test('a reference stays with the project, changes no mask, and goes by undo', async ({ page }, info) => {
  test.setTimeout(300_000);
  const app = await openCompared(page, info.outputPath('masks'));
  await page.getByRole('tab', { name: 'Compare' }).click();
  const zip = zipSync({ [pngName(0)]: indexedPng(shifted(truth[0]!)) });
  const upload = { name: 'shifted.zip', mimeType: 'application/zip', buffer: Buffer.from(zip) };
  const byOverlap = 'Whichever it overlaps most';
  await chooseReference(page, upload, { 'index 1': byOverlap, 'index 2': byOverlap });
  await finishReference(page, 2);
  await expect(page.getByText(/Reference shifted\.zip: 1 frame, 2 labels/)).toBeVisible();
  await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText(/^Saved/).first()).toBeVisible();
  await page.reload();
  await app.dismissNotices();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByRole('combobox', { name: 'Set B' }).selectOption('shifted.zip');
  const { aOnly } = counts(truth[0]!, 1);
  await page.getByRole('combobox', { name: 'Labels', exact: true }).selectOption({ index: 1 });
  await expect(page.getByTestId('compare-counts')).toContainText(`A only${px(aOnly)}`);
  await page.getByRole('button', { name: 'Remove reference shifted.zip' }).click();
  await expect(page.getByRole('combobox', { name: 'Set B' })).toHaveValue('');
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(
    'Remove reference shifted.zip',
  );
});
