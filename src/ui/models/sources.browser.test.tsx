/** The models page before a download: what hosts say, what room there is, and files given to the wrong model. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { ModelOffer } from '../../core/models/modelOffer';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

const url = 'https://huggingface.co/facebook/sam-vit-huge/resolve/main/model.safetensors';
const mirrored = 'https://models.example/sam-vit-h/model.safetensors';
const offer: ModelOffer = {
  id: 'sam-vit-h',
  licence: 'Apache-2.0',
  source: 'github.com/facebookresearch/segment-anything',
  sources: [
    {
      container: 'safetensors',
      layout: 'huggingface',
      kind: 'download',
      url,
      fileName: 'model.safetensors',
      sizeBytes: null,
      sha256: null,
      sha256Prefix: null,
      licence: 'Apache-2.0',
    },
  ],
  containers: ['safetensors'],
  variants: { fp32: { graphBytes: 80_000, weightBytes: 2_564_000_000 } },
  testedWith: 'seeded weights',
};
const sha256 = 'cd'.repeat(32);
const statement = { host: 'huggingface.co', sizeBytes: 2_564_440_000, sha256 };

const state = () => app.store.getState();
const dialog = () => page.getByRole('dialog', { name: 'Models' });
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const calls = () => app.callsOf('models');

async function seriousFindings(): Promise<string[]> {
  const { violations } = await axe.run(document.querySelector('[role="dialog"]')!, {
    // The test page has no page around the dialog.
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  state().setModelsData({ modelOffers: { 'sam-vit-h': offer }, hasHalfPrecision: false, roomBytes: 6e9 });
  state().showModels('sam-vit-h');
  await expect.element(dialog().getByRole('heading', { name: 'SAM ViT-H' })).toBeVisible();
});

afterEach(() => unmount());

describe('a file of which size and hash are not known', () => {
  it('is asked for at the first press, shown, and downloaded at the second', async () => {
    await expect.element(dialog().getByText(/not known here to the byte; about 2\.6 GB/)).toBeVisible();
    await button('Download…').click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', url]);
    state().setHostEnquiry('sam-vit-h', { kind: 'asking', url });
    await expect.element(dialog().getByRole('status')).toHaveTextContent(/^Asking huggingface\.co/);
    state().setHostEnquiry('sam-vit-h', { kind: 'answered', url, statement });
    const told = dialog().getByRole('region', { name: 'As huggingface.co states it' });
    await expect.element(told.getByText(sha256)).toBeVisible();
    await expect.element(told.getByText('2.6 GB', { exact: true })).toBeVisible();
    await expect.element(told.getByText('Apache-2.0')).toBeVisible();
    await expect
      .element(told.getByText(/5\.1 GB .* 2\.6 GB afterwards\. There is room for 6\.0 GB/))
      .toBeVisible();
    for (const theme of ['light', 'dark'] as const) {
      state().setTheme(theme);
      await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme);
      expect(await seriousFindings()).toEqual([]);
    }
    await told.getByRole('button', { name: 'Download this file' }).click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', { from: url, variant: 'fp32', stated: statement }]);
  });

  it('can be had without knowing, or not at all, where the host does not tell', async () => {
    const message = {
      code: 'checkpoint-download',
      what: 'No answer.',
      safe: 'Safe.',
      todo: 'Todo.',
    } as const;
    state().setHostEnquiry('sam-vit-h', { kind: 'failed', url, message });
    const alert = dialog().getByRole('alert', { name: 'Not told' });
    await expect.element(alert).toHaveTextContent('No answer. Safe. Todo.');
    expect(await seriousFindings()).toEqual([]);
    await expect
      .element(alert.getByRole('link', { name: 'Open the official file' }))
      .toHaveAttribute('href', url);
    await alert.getByRole('button', { name: 'Ask again' }).click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', url]);
    await alert.getByRole('button', { name: 'Download without knowing' }).click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', { from: url, variant: 'fp32' }]);
    const other = { ...message, code: 'checkpoint-mismatch' } as const;
    state().setHostEnquiry('sam-vit-h', { kind: 'failed', url, message: other });
    await expect
      .element(alert.getByRole('button', { name: 'Download without knowing' }))
      .not.toBeInTheDocument();
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    expect(calls().at(-1)).toEqual(['sam-vit-h']);
  });

  it('comes from a mirror in the same way, which states no hash', async () => {
    state().setModelsData({ modelMirror: 'https://models.example' });
    await button('Download from your mirror…').click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', mirrored]);
    const from = { host: 'models.example', sizeBytes: 2_564_440_000, sha256: null };
    state().setHostEnquiry('sam-vit-h', { kind: 'answered', url: mirrored, statement: from });
    await expect.element(dialog().getByText(/^not stated by this host; that of the file/)).toBeVisible();
    await button('Download this file').click();
    expect(calls().at(-1)).toEqual(['sam-vit-h', { from: mirrored, variant: 'fp32', stated: from }]);
  });
});

it('says when there is too little room', async () => {
  state().setModelsData({ roomBytes: 3e9 });
  await expect.element(dialog().getByText(/There is room for 3\.0 GB/)).toHaveClass('is-bad');
  // What is kept of a broken download is not needed once more.
  state().setModelsData({ partialDownloads: [{ id: 'sam-vit-h', sizeBytes: 2_200_000_000 }] });
  const note = dialog().getByText(/2\.2 GB of it are here already\. There is room for 3\.0 GB/);
  await expect.element(note).not.toHaveClass('is-bad');
});

it('offers to read another model’s file where it belongs', async () => {
  state().setModelArrival('sam-vit-h', {
    kind: 'failed',
    message: { code: 'checkpoint-mismatch', what: 'w.pth is a file of XMem.', safe: 'Safe.', todo: 'Todo.' },
    details: [],
    belongsTo: 'xmem',
  });
  await dialog()
    .getByRole('alert', { name: 'Not taken' })
    .getByRole('button', { name: 'Read it as XMem' })
    .click();
  expect(calls().at(-1)).toEqual(['sam-vit-h']);
});

it('says by whose word a file is the right one', async () => {
  state().setHydratedModel('sam-vit-h', {
    variant: 'fp32',
    checkpointName: 'model.safetensors',
    checkpointBytes: 9,
    checkpointSha256: sha256,
    isOfficial: null,
    statedBy: 'huggingface.co',
    weightsSha256: null,
    storedBytes: 9,
    hydratedAtMs: 0,
    graphs: [],
  });
  await expect.element(dialog().getByText(/the file that huggingface\.co stated before/)).toBeVisible();
});

it('tests the model that comes with the app, and takes a file dropped there as whoever’s it is', async () => {
  state().showModels('mobilesam');
  await expect.element(dialog().getByText('not tested yet')).toBeVisible();
  await button('Test').click();
  expect(calls().at(-1)).toEqual(['mobilesam']);
  const transfer = new DataTransfer();
  const file = new File(['x'], 'XMem.pth');
  transfer.items.add(file);
  document.body.dispatchEvent(
    new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
  );
  expect(calls().at(-1)).toEqual([expect.objectContaining({ name: 'XMem.pth' })]);
  expect(app.callsOf('dropFiles')).toEqual([]);
});
