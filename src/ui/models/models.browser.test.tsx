/** The models page on the whole screen, with models put into the state. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HydratedModel } from '../../core/models/modelStatus';
import type { ModelOffer } from '../../core/models/modelOffer';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

const state = () => app.store.getState();

const source = { sizeBytes: null, sha256: null, sha256Prefix: null, licence: 'MIT' } as const;
const offer: ModelOffer = {
  id: 'xmem',
  licence: 'MIT',
  source: 'github.com/hkchengrex/XMem',
  sources: [
    {
      ...source,
      container: 'pytorch',
      layout: 'pytorch',
      kind: 'link',
      url: 'https://github.com/hkchengrex/XMem/releases/download/v1.0/XMem.pth',
      fileName: 'XMem.pth',
    },
  ],
  containers: ['pytorch'],
  variants: {
    fp32: { graphBytes: 80_000, weightBytes: 248_881_536 },
    fp16: { graphBytes: 80_000, weightBytes: 124_440_960 },
  },
  testedWith: 'seeded weights',
};
const edgetam: ModelOffer = {
  ...offer,
  id: 'edgetam',
  licence: 'Apache-2.0',
  containers: ['pytorch', 'safetensors'],
  sources: [
    {
      ...source,
      container: 'safetensors',
      layout: 'hf',
      kind: 'download',
      url: 'https://huggingface.co/yonigozlan/EdgeTAM-hf/resolve/main/model.safetensors',
      fileName: 'model.safetensors',
      sizeBytes: 55_924_792,
      sha256: 'ab'.repeat(32),
      licence: 'Apache-2.0',
    },
  ],
};
const hydrated: HydratedModel = {
  variant: 'fp32',
  checkpointName: 'XMem.pth',
  checkpointBytes: 249_026_057,
  checkpointSha256: 'cd'.repeat(32),
  weightsSha256: 'ef'.repeat(32),
  storedBytes: 248_881_536,
  isOfficial: null,
  hydratedAtMs: 0,
  graphs: [],
};

async function seriousFindings(): Promise<string[]> {
  const { violations } = await axe.run(document.querySelector('[role="dialog"]')!, {
    // The test page has no page around the dialog.
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const dialog = () => page.getByRole('dialog', { name: 'Models' });
const calls = () => app.callsOf('models');

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  state().setModelsData({ modelOffers: { xmem: offer, edgetam }, hasHalfPrecision: false });
});

afterEach(() => unmount());

describe('the engine choice', () => {
  it('offers models that are here, and leads to the page from those that are not', async () => {
    state().setHydratedModel('xmem', hydrated);
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    await page.getByRole('menuitem', { name: /^Propagate with/ }).click();
    await page.getByRole('menuitemradio', { name: /^XMem/ }).click();
    expect(state().propagationEngine).toBe('xmem');
    expect(page.getByRole('menuitemradio', { name: /^EdgeTAM/ }).elements()).toEqual([]);
    const names = 'EdgeTAM, SAM 2.1 tiny/small/base+, SAM ViT-B/L/H';
    const entry = page.getByRole('menuitem', { name: /^Models…/ });
    await expect.element(entry).toHaveTextContent(`Not on this device yet: ${names}.`);
    await entry.click();
    await expect.element(dialog().getByRole('heading', { name: 'EdgeTAM' })).toBeVisible();
  });
});

describe('the models page', () => {
  it('tells size, hash and licence before anything is downloaded, and downloads when told to', async () => {
    state().showModels('edgetam');
    await expect.element(dialog().getByText('55.9 MB', { exact: true })).toBeVisible();
    await expect.element(dialog().getByText('ab'.repeat(32))).toBeVisible();
    await expect.element(dialog().getByText('Apache-2.0', { exact: true })).toBeVisible();
    await expect.element(dialog().getByText(edgetam.sources[0]!.url, { exact: true })).toBeVisible();
    await expect.element(dialog().getByText(/^Nobody has run this here with its real weights/)).toBeVisible();
    await expect.element(dialog().getByText(/seeded weights only/)).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    await dialog().getByRole('button', { name: 'Download', exact: true }).click();
    expect(calls().at(-1)).toEqual(['edgetam', { from: edgetam.sources[0]!.url, variant: 'fp32' }]);
  });

  it('takes 32-bit weights of video models unless told otherwise, and says why', async () => {
    const vit = { ...edgetam, id: 'sam-vit-b' } as const;
    state().setModelsData({ modelOffers: { edgetam, 'sam-vit-b': vit }, hasHalfPrecision: true });
    state().showModels('edgetam');
    const half = dialog().getByRole('checkbox', { name: /^16-bit weights/ });
    await expect.element(half).not.toBeChecked();
    await expect
      .element(dialog().getByText(/unproven over clips: .* some frames of EdgeTAM and SAM 2\.1/))
      .toBeVisible();
    await dialog().getByRole('button', { name: 'Download', exact: true }).click();
    expect(calls().at(-1)).toMatchObject(['edgetam', { variant: 'fp32' }]);
    await half.click();
    await dialog().getByRole('button', { name: 'Download', exact: true }).click();
    expect(calls().at(-1)).toMatchObject(['edgetam', { variant: 'fp16' }]);
    await dialog()
      .getByRole('button', { name: /^SAM ViT-B/ })
      .click();
    await expect.element(half).toBeChecked();
    await expect.element(dialog().getByText(/unproven over clips/)).not.toBeInTheDocument();
  });

  it('says of each model what was compared', async () => {
    const vit = { ...edgetam, id: 'sam-vit-b' } as const;
    state().setModelsData({ modelOffers: { edgetam, 'sam-vit-b': vit } });
    state().showModels('edgetam');
    await expect.element(dialog().getByText(/memory over longer clips as a small network/)).toBeVisible();
    await dialog()
      .getByRole('button', { name: /^SAM ViT-B/ })
      .click();
    await expect.element(dialog().getByText(/also on a real frame, from its file to masks/)).toBeVisible();
  });

  it('shows what is kept of a broken download, and discards it', async () => {
    state().setModelsData({ partialDownloads: [{ id: 'edgetam', sizeBytes: 12_300_000 }] });
    state().showModels('edgetam');
    const kept = dialog().getByRole('region', { name: 'A broken download is kept' });
    await expect.element(kept.getByText(/^12\.3 MB are here/)).toBeVisible();
    await expect.element(dialog().getByText(/Broken downloads take 12\.3 MB more/)).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    await kept.getByRole('button', { name: 'Discard' }).click();
    expect(calls().at(-1)).toEqual(['edgetam']);
    state().setModelsData({ partialDownloads: [] });
    await expect.element(kept).not.toBeInTheDocument();
  });

  it('calls no download broken that goes on', async () => {
    state().setModelsData({ partialDownloads: [{ id: 'edgetam', sizeBytes: 12_300_000 }] });
    state().showModels('edgetam');
    const footer = dialog().getByText(/Broken downloads take 12\.3 MB more/);
    await expect.element(footer).toBeVisible();
    state().setModelArrival('edgetam', { kind: 'working', phase: 'Downloading', fraction: 0.2 });
    await expect.element(footer).not.toBeInTheDocument();
  });

  it('offers nothing but removing and reading anew for weights of an earlier version', async () => {
    state().setOutdatedModel('edgetam', hydrated);
    state().showModels('edgetam');
    await expect
      .element(dialog().getByRole('button', { name: /^EdgeTAM/ }))
      .toHaveAccessibleName('EdgeTAM prompts, video · read its file again');
    await expect.element(dialog().getByText(/of an earlier version of Maskflow/)).toBeVisible();
    await expect.element(dialog().getByText('Models take 249 MB on this device.')).toBeVisible();
    for (const name of ['Draw from prompts with it', 'Propagate with it', 'Test']) {
      expect(dialog().getByRole('button', { name, exact: true }).elements()).toEqual([]);
    }
    await expect.element(dialog().getByRole('button', { name: 'Choose the file…' })).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    await dialog().getByRole('button', { name: 'Remove from this device…' }).click();
    expect(calls()).toContainEqual(['edgetam']);
  });

  it('takes a file dropped anywhere, as this model and not as footage', async () => {
    state().showModels('xmem');
    await expect.element(dialog().getByText(/^Drop XMem\.pth here/)).toBeVisible();
    const transfer = new DataTransfer();
    const file = new File(['x'], 'XMem.pth');
    transfer.items.add(file);
    document.body.dispatchEvent(
      new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer }),
    );
    expect(calls().at(-1)).toMatchObject(['xmem', { variant: 'fp32' }]);
    expect(app.callsOf('dropFiles')).toEqual([]);
  });

  it('is walked by keys, shows progress, and cancels', async () => {
    state().setModelArrival('xmem', { kind: 'working', phase: 'Reading XMem.pth', fraction: 0.437 });
    state().showModels(null);
    const row = dialog().getByRole('button', { name: /^XMem/ });
    await expect.element(row).toHaveAccessibleName('XMem video · 43 %');
    await expect.element(dialog().getByRole('progressbar', { name: 'Reading XMem.pth' })).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(calls().at(-1)).toEqual(['xmem']);
    (
      dialog()
        .getByRole('button', { name: /^SAM ViT-H/ })
        .element() as HTMLElement
    ).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(dialog().getByRole('heading', { name: 'SAM ViT-H' })).toBeVisible();
    await expect.element(dialog().getByText(/does not bring the network/)).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog()).not.toBeInTheDocument();
  });

  it('says exactly why a file was not taken', async () => {
    state().setModelArrival('xmem', {
      kind: 'failed',
      message: { code: 'model-corrupt', what: 'w.pth is none of XMem.', safe: 'Safe.', todo: 'Todo.' },
      details: ['missing: key_encoder.conv1.weight [64, 3, 7, 7]', 'extra: head.bias [3]'],
    });
    state().showModels('xmem');
    const alert = dialog().getByRole('alert', { name: 'Not taken' });
    await expect.element(alert).toBeVisible();
    await alert.getByText('2 differences from what the network needs').click();
    await expect.element(alert.getByText(/^missing: key_encoder/)).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    expect(state().modelArrivals.xmem).toBeUndefined();
  });

  it('shows where weights came from and how fast they run, and puts them to use, in both themes', async () => {
    state().setHydratedModel('xmem', hydrated);
    state().setHydratedModel('edgetam', {
      ...hydrated,
      checkpointName: 'model.safetensors',
      isOfficial: false,
    });
    state().setModelTest('edgetam', {
      kind: 'done',
      measured: {
        test: {
          variant: 'fp32',
          provider: 'wasm',
          pictureSidePx: 1024,
          encoderMs: 1234,
          outputs: [],
          verdict: 'notKnown',
        },
        weightsSha256: null,
        adapter: null,
        measuredAtMs: new Date(2026, 10, 23, 12).getTime(),
      },
    });
    state().showModels('edgetam');
    await expect
      .element(dialog().getByText('Encodes one picture of 1024 px in 1.2 s (processor, WASM)'))
      .toBeVisible();
    await expect.element(dialog().getByText('measured 23 Nov 2026')).toBeVisible();
    await expect.element(dialog().getByText(/could not be compared/)).toBeVisible();
    await expect.element(dialog().getByText(/hash is none of the official files/)).toBeVisible();
    await expect.element(dialog().getByText('Models take 498 MB on this device.')).toBeVisible();
    await dialog().getByRole('button', { name: 'Draw from prompts with it' }).click();
    expect(calls().at(-1)).toEqual(['edgetam']);
    await dialog().getByRole('button', { name: 'Propagate with it' }).click();
    expect(state().propagationEngine).toBe('edgetam');
    for (const theme of ['light', 'dark'] as const) {
      state().setTheme(theme);
      await expect.poll(() => document.documentElement.dataset['theme']).toBe(theme);
      expect(await seriousFindings()).toEqual([]);
    }
  });

  it('says that a test takes minutes before it runs, and stops it', async () => {
    const { engine } = state();
    const info = engine.kind === 'ready' ? engine.info : null;
    state().setEngine({ kind: 'ready', info: { ...info!, provider: 'wasm' } });
    state().setHydratedModel('edgetam', { ...hydrated, storedBytes: 400_000_000 });
    state().showModels('edgetam');
    await expect.element(dialog().getByText(/a test may take minutes/)).toBeVisible();
    await dialog().getByRole('button', { name: 'Test', exact: true }).click();
    expect(calls().at(-1)).toEqual(['edgetam']);
    state().setModelTest('edgetam', { kind: 'running' });
    await expect.element(dialog().getByText(/may take minutes, and new masks wait/)).toBeVisible();
    await dialog().getByRole('button', { name: 'Stop', exact: true }).click();
    state().setModelTest('edgetam', { kind: 'running', isStopping: true });
    await expect.element(dialog().getByRole('status')).toHaveTextContent(/^Stopping, as soon as/);
    expect(await seriousFindings()).toEqual([]);
  });

  it('lets a model go from under the question, and comes back', async () => {
    state().setHydratedModel('xmem', hydrated);
    state().showModels('xmem');
    await dialog().getByRole('button', { name: 'Remove from this device…' }).click();
    expect(calls()).toContainEqual(['xmem']);
    await expect.element(dialog().getByRole('heading', { name: 'XMem' })).toBeVisible();
  });

  it('keeps the address of a mirror only when it is one', async () => {
    state().showModels('xmem');
    const field = dialog().getByRole('textbox', { name: 'Own mirror' });
    await field.fill('ftp://a');
    await expect.element(dialog().getByText('An address begins with http:// or https://.')).toBeVisible();
    await field.fill('https://models.example/maskflow');
    await userEvent.keyboard('{Enter}');
    expect(calls().at(-1)).toEqual(['https://models.example/maskflow']);
    state().setModelsData({ modelMirror: 'https://models.example/maskflow' });
    await dialog().getByRole('button', { name: 'Download from your mirror…' }).click();
    expect(calls().at(-1)).toEqual(['xmem', 'https://models.example/maskflow/xmem/XMem.pth']);
  });

  it('fits a small window', async () => {
    await page.viewport(1024, 768);
    state().setHydratedModel('xmem', hydrated);
    state().showModels('xmem');
    await expect.element(dialog()).toBeVisible();
    const { left, right, top, bottom } = dialog().element().getBoundingClientRect();
    expect([left >= 0, right <= 1024, top >= 0, bottom <= 768]).toEqual([true, true, true, true]);
    const panel = document.querySelector('.model-panel')!;
    expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
    // As on half a screen: the list stands above, and no text leaves its box.
    await page.viewport(420, 800);
    const list = document.querySelector('.model-list')!;
    await expect
      .poll(() => list.getBoundingClientRect().bottom <= panel.getBoundingClientRect().top)
      .toBe(true);
    expect(panel.scrollWidth).toBeLessThanOrEqual(panel.clientWidth);
  });
});
