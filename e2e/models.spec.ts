/** Models of the shelf, from their official files' formats to masks that are the original's. */
import { expect, test, type Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { chooseMasks, finishImport } from './support/importing';
import { iou, readExport } from './support/labelMaps';
import { MaskflowPage } from './support/maskflowPage';
import { edgetamGolden, writeEdgetamCheckpoint, writeEdgetamClip } from './support/seededEdgetam';
import {
  hasXmemParity,
  withSmallMemory,
  writeXmemCheckpoint,
  xmemGolden,
  xmemParity,
} from './support/seededXMem';

/** Every so many rows and columns the reference outputs have a value. */
const GRID = 5;
/** Of the reference's best two probabilities at a place where no rounding can swap them. */
const CLEAR_MARGIN = 0.002;

/** Of facebook/sam-vit-large's model.safetensors, as its page states it. */
const officialLargeSha256 = 'a57e1b13cd1545938dfcbc9fb26df7f60de6650237a9383382a874a623564b81';

const modelsPage = (page: Page) => page.getByRole('dialog', { name: 'Models' });

let folder: string;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskflow-models-'));
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function openModels(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More ways to propagate' }).click();
  await page.getByRole('menuitem', { name: 'Models…' }).click();
  await modelsPage(page).getByRole('button', { name }).click();
}

async function openImages(page: Page, app: MaskflowPage, files: string[]): Promise<void> {
  await page.getByTestId('pick-images').setInputFiles(files);
  await expect(app.stage).toHaveAccessibleName(new RegExp(`^Picture, frame 0 of .*${files.length}`));
}

async function propagate(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Propagate', exact: true });
  await expect(button).not.toHaveAttribute('aria-disabled', 'true');
  await button.click();
}

type Reference = { readonly values: Float32Array; readonly shape: readonly number[] };

/** Which label the reference gives each place of the grid, and where it is no near thing. */
function referenceLabels({ values, shape }: Reference): { labels: Uint8Array; isClear: boolean[] } {
  const [planes = 0, rows = 0, columns = 0] = shape;
  const size = rows * columns;
  const labels = new Uint8Array(size);
  const isClear = Array.from({ length: size }, () => false);
  for (let place = 0; place < size; place += 1) {
    const chances = Array.from({ length: planes }, (_, plane) => values[plane * size + place]!);
    const [best = 0, second = 0] = chances.toSorted((a, b) => b - a);
    labels[place] = chances.indexOf(best);
    isClear[place] = best - second >= CLEAR_MARGIN;
  }
  return { labels, isClear };
}

test('XMem from a checkpoint in PyTorch’s format draws what the original draws', async ({ page }) => {
  test.setTimeout(900_000);
  test.skip(!hasXmemParity, `no reference outputs of XMem in ${xmemParity}`);
  const { json, tensors } = xmemGolden();
  const checkpoint = join(folder, 'seeded-xmem.pth');
  writeXmemCheckpoint(checkpoint, json);
  const broken = join(folder, 'broken.pth');
  writeFileSync(broken, readFileSync(checkpoint).subarray(0, 1_000_000));
  await page.route('**/models/xmem/manifest.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withSmallMemory(await response.text(), json) });
  });
  const app = new MaskflowPage(page);
  await app.open('?provider=wasm');

  await openModels(page, /^XMem /);
  const input = modelsPage(page).getByTestId('model-file');
  await input.setInputFiles(broken);
  await expect(modelsPage(page).getByRole('alert', { name: 'Not taken' })).toContainText('broken.pth');
  await app.screenshot('models-refused');
  await input.setInputFiles(checkpoint);
  await expect(modelsPage(page).getByRole('progressbar')).toBeVisible();
  await expect(modelsPage(page).getByRole('button', { name: 'XMem video · ready' })).toBeVisible();
  await expect(
    modelsPage(page).getByText(/^Encodes one picture of 384 px in .* \(processor, WASM\)/),
  ).toBeVisible();
  await expect(modelsPage(page).getByText(/^measured /)).toBeVisible();
  await expect(modelsPage(page).getByText(/could not be compared/)).toBeVisible();
  await app.screenshot('models-ready');
  await modelsPage(page).getByRole('button', { name: 'Propagate with it' }).click();
  await page.keyboard.press('Escape');

  const names = json.frames.map((_, frame) => `frame_${String(frame).padStart(2, '0')}.png`);
  await openImages(
    page,
    app,
    names.map((name) => join(xmemParity, name)),
  );
  await chooseMasks(page, [join(xmemParity, 'mask_00.png')]);
  await finishImport(page, 2);
  await app.dismissNotices();
  await propagate(page);
  await app.expectPropagated(180_000);
  const zip = readExport(await app.exportZip());
  names.slice(1).forEach((name, index) => {
    const golden = tensors.get(`prob_${String(index + 1).padStart(2, '0')}`)!;
    const { labels, isClear } = referenceLabels(golden);
    const map = zip.map(name);
    const columns = golden.shape[2]!;
    const found = labels.map(
      (_, place) => map.data[Math.floor(place / columns) * GRID * map.width + (place % columns) * GRID]!,
    );
    const wrong = labels.filter((label, place) => isClear[place] && label !== found[place]).length;
    expect(wrong, `clear places of ${name} with another label than the original's`).toBe(0);
    for (const label of [1, 2]) {
      const size = { width: columns, height: golden.shape[1]! };
      const overlap = iou({ ...size, data: found }, label, { ...size, data: labels }, label);
      expect(overlap, `IoU of label ${label} on ${name}`).toBeGreaterThanOrEqual(0.99);
    }
  });

  await page.reload();
  await app.expectFrame(0);
  await openModels(page, /^XMem /);
  await expect(modelsPage(page).getByText('seeded-xmem.pth (249 MB)')).toBeVisible();
  await expect(modelsPage(page).getByText(/^measured /)).toBeVisible();
  await modelsPage(page).getByRole('button', { name: 'Remove from this device…' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(modelsPage(page).getByRole('button', { name: 'XMem video · not here' })).toBeVisible();
});

const HUB = 'https://huggingface.co/';

/** Answers as huggingface.co does, for a repository that has one file; `body` is left out where none is to be had. */
async function serveHub(page: Page, repository: string, entry: object, body?: string): Promise<string[]> {
  const asked: string[] = [];
  const headers = { 'access-control-allow-origin': '*' };
  await page.route(`${HUB}**`, async (route) => {
    const path = route.request().url().slice(HUB.length);
    asked.push(path);
    if (path === `api/models/${repository}/tree/main`) {
      await route.fulfill({ json: [entry], headers });
    } else {
      await (body === undefined
        ? route.abort('internetdisconnected')
        : route.fulfill({ path: body, headers }));
    }
  });
  return asked;
}

function entryOf(sizeBytes: number, sha256: string): object {
  const lfs = { oid: sha256, size: sizeBytes, pointerSize: 135 };
  return {
    type: 'file',
    oid: 'ba5d19791be1dd7992e33bd61f20207b0f7f50a5',
    size: sizeBytes,
    lfs,
    path: 'model.safetensors',
  };
}

test('no host is asked before Download is pressed, and one that cannot be reached is named', async ({
  page,
}) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith('http://localhost')) {
      foreign.push(request.url());
    }
  });
  const asked = await serveHub(page, 'facebook/sam-vit-large', entryOf(1_249_400_000, officialLargeSha256));
  const app = new MaskflowPage(page);
  await app.open('?provider=wasm');
  await openModels(page, /^SAM ViT-L /);
  await expect(modelsPage(page).getByText(/about 1\.2 GB by its weights/)).toBeVisible();
  expect(foreign).toEqual([]);
  await modelsPage(page).getByRole('button', { name: 'Download…' }).click();
  const stated = modelsPage(page).getByRole('region', { name: 'As huggingface.co states it' });
  await expect(stated.getByText(officialLargeSha256)).toBeVisible();
  await expect(stated.getByText(/while it is downloaded and read/)).toBeVisible();
  expect(asked).toEqual(['api/models/facebook/sam-vit-large/tree/main']);
  await app.screenshot('models-stated');
  await stated.getByRole('button', { name: 'Download this file' }).click();
  await expect(modelsPage(page).getByRole('alert', { name: 'Not taken' })).toContainText(
    /model\.safetensors could not be downloaded: huggingface\.co could not be reached/,
  );
  expect(asked.at(-1)).toBe('facebook/sam-vit-large/resolve/main/model.safetensors');
});

test('EdgeTAM from a .safetensors file draws what the original draws', async ({ page }) => {
  test.setTimeout(900_000);
  const golden = edgetamGolden();
  const checkpoint = join(folder, 'model.safetensors');
  writeEdgetamCheckpoint(checkpoint, golden);
  const { pictures, mask, width, height } = writeEdgetamClip(folder, golden);
  const sha256 = createHash('sha256').update(readFileSync(checkpoint)).digest('hex');
  const repository = 'facebook/seeded-EdgeTAM';
  await serveHub(page, repository, entryOf(statSync(checkpoint).size, sha256), checkpoint);
  await page.route('**/models/edgetam/manifest.json', async (route) => {
    const response = await route.fetch();
    const url = `${HUB}${repository}/resolve/main/model.safetensors`;
    const json = (await response.json()) as { sources: object[] };
    const unknown = { layout: 'safetensors', fileName: 'model.safetensors', sizeBytes: null, sha256: null };
    await route.fulfill({ response, json: { ...json, sources: [{ ...json.sources[0], ...unknown, url }] } });
  });
  const app = new MaskflowPage(page);
  await app.open('?provider=wasm');
  await openModels(page, /^XMem /);
  await modelsPage(page).getByTestId('model-file').setInputFiles(checkpoint);
  const refusal = modelsPage(page).getByRole('alert', { name: 'Not taken' });
  await expect(refusal.getByRole('button', { name: 'Read it as EdgeTAM' })).toBeVisible();
  await refusal.getByRole('button', { name: 'Dismiss' }).click();
  await modelsPage(page)
    .getByRole('button', { name: /^EdgeTAM / })
    .click();
  await modelsPage(page).getByRole('button', { name: 'Download…' }).click();
  await modelsPage(page).getByRole('button', { name: 'Download this file' }).click();
  await expect(
    modelsPage(page).getByRole('button', { name: 'EdgeTAM prompts, video · ready' }),
  ).toBeVisible();
  await expect(modelsPage(page).getByText(/the file that huggingface\.co stated/)).toBeVisible();
  await modelsPage(page).getByRole('button', { name: 'Propagate with it' }).click();
  await page.keyboard.press('Escape');

  await openImages(page, app, pictures);
  await chooseMasks(page, [mask]);
  await finishImport(page, 2);
  await app.dismissNotices();
  await propagate(page);
  await app.expectPropagated(200_000);
  const zip = readExport(await app.exportZip());
  for (const { frame, labels } of golden.frames) {
    const map = zip.map(basename(pictures[frame]!));
    for (const label of [1, 2]) {
      const overlap = iou(map, label, { width, height, data: labels }, label);
      expect.soft(overlap, `IoU of label ${label} on frame ${frame}`).toBeGreaterThanOrEqual(0.99);
    }
  }
});
