/** Masks come in from files: what went out comes back the same, and every other format means what it says. */
import { expect, test, type Page } from '@playwright/test';
import { unzipSync, zipSync, strToU8 } from 'fflate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dyeBoxes, dyeFixtures, pngName } from './support/dyeClip';
import {
  chooseMaskFolder,
  chooseMasks,
  cocoCounts,
  cocoString,
  colourPng,
  finishImport,
  greyPng,
  preview,
  writeFiles,
  type Upload,
} from './support/importing';
import { readExport, readLabelMap, type DecodedMap } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { testWithoutModel, withholdModel } from './support/withoutModel';

const LAST = 2;
const frames = [0, 1, 2];
const truth = frames.map((frame) => readLabelMap(join(dyeFixtures, 'masks', pngName(frame))));
const { width, height } = truth[0]!;

/** The sample, trimmed to the frames that masks are known for. */
async function openTrimmed(page: Page): Promise<MaskflowPage> {
  const app = new MaskflowPage(page);
  await app.open();
  await app.trimTo(LAST);
  return app;
}

/** The last step of undo after that. */
const trimStep = `Out point to frame ${LAST}`;

/** Exports and expects these label maps. */
async function expectMaps(app: MaskflowPage, expected: readonly DecodedMap[]): Promise<void> {
  await app.dismissNotices();
  const zip = readExport(await app.exportZip());
  expected.forEach((map, frame) => {
    const found = zip.map(pngName(frame));
    expect([found.width, found.height], `size of frame ${frame}`).toEqual([map.width, map.height]);
    const differing = found.data.filter((value, pixel) => value !== map.data[pixel]).length;
    expect(differing, `pixels of frame ${frame} that differ`).toBe(0);
  });
}

function upload(name: string, content: Uint8Array | string): Upload {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

test('prompted masks go out and come back into a fresh page, byte for byte', async ({ page, browser }) => {
  test.setTimeout(900_000);
  const app = await openTrimmed(page);
  await app.promptDyes(dyeBoxes);
  await app.renameLabel('label 1', 'upper dye');
  const first = await app.exportZip();
  const out = unzipSync(readFileSync(first));

  // With storage of its own: this page must not find the project of the other.
  const fresh = await (await browser.newContext()).newPage();
  await withholdModel(fresh);
  const again = await openTrimmed(fresh);
  await chooseMasks(fresh, [upload('export.zip', readFileSync(first))]);
  await expect(preview(fresh).getByText('2 masks on 1 frame.')).toBeVisible();
  await expect(preview(fresh).getByText('renamed to upper dye')).toBeVisible();
  await again.screenshot('import-preview');
  await finishImport(fresh, 2);
  await again.dismissNotices();
  const back = unzipSync(readFileSync(await again.exportZip()));
  expect(Object.keys(back).toSorted()).toEqual(Object.keys(out).toSorted());
  // The log alone differs: there the masks were drawn, here they were imported.
  for (const [name, bytes] of Object.entries(out).filter(([file]) => file !== 'provenance.json')) {
    expect(Buffer.from(back[name]!).equals(Buffer.from(bytes)), name).toBe(true);
  }
  await fresh.context().close();
});

testWithoutModel(
  'a folder of indexed PNG files is shown first, comes in as one step, and undo takes it back',
  async ({ page }, info) => {
    const app = await openTrimmed(page);
    const maps = frames.map((frame) => readFileSync(join(dyeFixtures, 'masks', pngName(frame))));
    const files = Object.fromEntries(maps.map((bytes, frame) => [`${pngName(frame)}`, bytes]));
    await chooseMaskFolder(page, writeFiles(info.outputPath('truth'), { ...files, 'notes.txt': 'x' }));
    await expect(preview(page).getByText('6 masks on 3 frames.')).toBeVisible();
    await expect(preview(page).getByText(/No label has index 2/)).toBeVisible();
    await expect(preview(page).getByText(/Not read: .*notes\.txt/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview(page)).toBeHidden();
    await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(trimStep);

    await chooseMaskFolder(page, info.outputPath('truth'));
    await finishImport(page, 6);
    await expectMaps(app, truth);
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(
      'Import of truth, frames 0-2',
    );
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('list', { name: 'Labels' }).getByRole('listitem')).toHaveCount(1);
    await page.keyboard.press('Control+Shift+z');
    await expectMaps(app, truth);
  },
);

/** Every way to write the same label maps. */
const formats: Record<string, () => Record<string, Uint8Array | string>> = {
  'grey numbers': () =>
    Object.fromEntries(
      truth.map((map, frame) => [pngName(frame), greyPng(map, (pixel) => map.data[pixel]!)]),
    ),
  'a folder for each label': () =>
    Object.fromEntries(
      truth.flatMap((map, frame) =>
        [1, 2].map((label) => [
          `dye ${label}/${pngName(frame)}`,
          greyPng(map, (pixel) => (map.data[pixel] === label ? 255 : 0)),
        ]),
      ),
    ),
  'label and frame in one name, counted from 0': () =>
    Object.fromEntries(
      truth.flatMap((map, frame) =>
        [1, 2].map((label) => [
          `dye${'ab'[label - 1]}_${frame}.png`,
          greyPng(map, (pixel) => (map.data[pixel] === label ? 1 : 0)),
        ]),
      ),
    ),
  'a colour for each label': () =>
    Object.fromEntries(
      truth.map((map, frame) => [
        pngName(frame),
        colourPng(map, [
          [0, 0, 0],
          [200, 30, 30],
          [30, 30, 200],
        ]),
      ]),
    ),
};

for (const [name, make] of Object.entries(formats)) {
  testWithoutModel(`${name}: a ZIP of PNG files comes in`, async ({ page }) => {
    const app = await openTrimmed(page);
    const entries = Object.entries(make()).map(([path, content]) => [
      path,
      typeof content === 'string' ? strToU8(content) : content,
    ]);
    const zip = zipSync(Object.fromEntries(entries) as Record<string, Uint8Array>);
    await chooseMasks(page, [upload('masks.zip', zip)]);
    await finishImport(page, 6);
    await expectMaps(app, truth);
  });
}

const images = frames.map((frame) => ({ id: frame, file_name: `clip/${pngName(frame)}`, width, height }));
const categories = [{ id: 1, name: 'dye' }];
const size = [height, width];

const cocoFiles: Record<string, object> = {
  'run-length strings with tracks': {
    images,
    categories,
    annotations: frames.flatMap((frame) =>
      [1, 2].map((label) => ({
        id: frame * 2 + label,
        image_id: frame,
        category_id: 1,
        track_id: label,
        segmentation: { size, counts: cocoString(cocoCounts(truth[frame]!, label)) },
      })),
    ),
  },
  'plain run lengths by category': {
    images,
    categories: [...categories, { id: 2, name: 'other dye' }],
    annotations: frames.flatMap((frame) =>
      [1, 2].map((label) => ({
        id: frame * 2 + label,
        image_id: frame,
        category_id: label,
        segmentation: { size, counts: cocoCounts(truth[frame]!, label) },
      })),
    ),
  },
  'a video': {
    videos: [{ id: 1, width, height, file_names: images.map((image) => image.file_name) }],
    categories,
    annotations: [1, 2].map((label) => ({
      id: label,
      video_id: 1,
      category_id: 1,
      segmentations: frames.map((frame) => ({ size, counts: cocoCounts(truth[frame]!, label) })),
    })),
  },
};

for (const [name, coco] of Object.entries(cocoFiles)) {
  testWithoutModel(`COCO, ${name}: comes in`, async ({ page }) => {
    const app = await openTrimmed(page);
    await chooseMasks(page, [upload('coco.json', JSON.stringify(coco))]);
    await finishImport(page, 6);
    await expectMaps(app, truth);
  });
}

testWithoutModel('COCO polygons come in as the pixels inside them', async ({ page }) => {
  const app = await openTrimmed(page);
  const coco = {
    images: images.slice(0, 1),
    categories,
    annotations: [
      { id: 1, image_id: 0, category_id: 1, segmentation: [[10, 20, 30, 20, 30, 50, 10, 50]] },
      { id: 2, image_id: 0, category_id: 1, segmentation: [[100, 20, 130, 20, 130, 50, 100, 50]] },
    ],
  };
  await chooseMasks(page, [upload('coco.json', JSON.stringify(coco))]);
  await finishImport(page, 2);
  const data = new Uint8Array(width * height);
  for (let y = 20; y < 50; y += 1) {
    data.fill(1, y * width + 10, y * width + 30);
    data.fill(2, y * width + 100, y * width + 130);
  }
  await expectMaps(app, [{ width, height, data }]);
});

testWithoutModel('masks of another size are refused, or scaled when asked for', async ({ page }) => {
  const app = await openTrimmed(page);
  const data = new Uint8Array((width / 2) * (height / 2));
  data.fill(1, 0, (width / 2) * 10);
  const half = { width: width / 2, height: height / 2, data };
  await chooseMasks(page, [
    upload(
      '00001.png',
      greyPng(half, (pixel) => data[pixel]! * 255),
    ),
  ]);
  await expect(preview(page).getByText(/1 picture of another size is left out/)).toBeVisible();
  await expect(preview(page).getByRole('button', { name: /^Import 0 masks/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await preview(page)
    .getByRole('checkbox', { name: /Scale to the footage/ })
    .check();
  await finishImport(page, 1);
  const whole = new Uint8Array(width * height);
  whole.fill(1, 0, width * 20);
  const empty = { width, height, data: new Uint8Array(width * height) };
  await expectMaps(app, [empty, { width, height, data: whole }]);
});

testWithoutModel('damaged files are refused by name, and nothing changes', async ({ page }) => {
  await openTrimmed(page);
  const good = readFileSync(join(dyeFixtures, 'masks', pngName(0)));
  await page
    .getByTestId('pick-masks')
    .setInputFiles([upload('00000.png', good), upload('00001.png', good.subarray(0, 300))]);
  await expect(page.getByText(/00001\.png cannot be read/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveAccessibleDescription(trimStep);
});

testWithoutModel('dropped PNG files that look like masks are asked about', async ({ page }) => {
  const app = await openTrimmed(page);
  const bytes = [...readFileSync(join(dyeFixtures, 'masks', pngName(1)))];
  const drop = (): Promise<void> =>
    page.evaluate((values) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(values)], '00001.png', { type: 'image/png' }));
      dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
    }, bytes);
  await drop();
  const question = page.getByRole('alertdialog', { name: 'What are these files?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await drop();
  await question.getByRole('button', { name: 'Import as masks' }).click();
  await finishImport(page, 2);
  await expectMaps(app, [{ ...truth[0]!, data: new Uint8Array(width * height) }, truth[1]!]);
});
