/** The preview of an import on the whole screen: what it says, what it lets choose, what it hands on. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ImportOrder } from '../../core/import/planImport';
import type { RawPicture } from '../../core/import/rawPictures';
import { encodeRle, type Rle } from '../../core/mask/rle';
import { openScreen } from '../__fixtures__/openScreen';
import { openClip, recordingApp, squareMask, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  app = recordingApp();
  unmount = await openScreen(app);
});

afterEach(() => unmount());

function full(width: number, height: number): Rle {
  return encodeRle({ width, height, data: new Uint8Array(width * height).fill(1) });
}

function indexed(frame: number, values: readonly number[], width = 64, height = 36): RawPicture {
  const path = `masks/${String(frame).padStart(5, '0')}.png`;
  const rle = full(width, height);
  return { kind: 'indexed', path, size: { width, height }, values: values.map((value) => ({ value, rle })) };
}

function show(pictures: readonly RawPicture[]): void {
  const raw = {
    name: 'masks.zip',
    pictures,
    labelsFile: null,
    framesFile: null,
    notes: ['Not read: a.txt.'],
  };
  app.store.getState().setImporting({ kind: 'preview', read: { kind: 'pictures', raw } });
}

const dialog = () => page.getByRole('dialog', { name: /Import masks from/ });
const order = () => app.callsOf('finishImport').at(-1)?.[0] as ImportOrder;

describe('the preview', () => {
  it('says what is replaced, left out, missing and made', async () => {
    const { labels, setFrameMasks } = app.store.getState();
    setFrameMasks('prompted', 3, [[labels[0]!.objectId, squareMask()]]);
    show([indexed(3, [1, 2, 255]), indexed(6, [1]), indexed(900, [1]), indexed(9, [1], 32, 18)]);
    for (const text of [
      '4 masks on 2 frames.',
      /Indexed PNG, 2 of 4 pictures used\./,
      '1 annotated mask is replaced.',
      '1 picture of another size is left out.',
      '1 picture is left out: no frame of the footage fits.',
      'No label has index 2: a label is made.',
      '2 frames between get no mask (4–5); propagation can fill them.',
      /255 is taken as void/,
      'Not read: a.txt.',
    ]) {
      await expect.element(dialog().getByText(text)).toBeVisible();
    }
    const { violations } = await axe.run(document.body);
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });

  it('hands on what was chosen, and starts from the button', async () => {
    show([indexed(3, [1, 2]), indexed(9, [1], 32, 18)]);
    await dialog()
      .getByRole('checkbox', { name: /Scale to the footage/ })
      .click();
    await dialog()
      .getByRole('checkbox', { name: /not there/ })
      .click();
    await dialog().getByRole('combobox', { name: 'What index 2 becomes' }).selectOptions('Leave out');
    await dialog().getByRole('combobox', { name: 'Frames by' }).selectOptions('Order, one after the other');
    await dialog().getByRole('button', { name: 'Import 2 masks' }).click();
    expect(order()).toEqual({
      greyReading: null,
      choices: {
        method: 'order',
        isScaled: true,
        isAbsenceTaken: true,
        labels: new Map([['number 2', { kind: 'skip' }]]),
      },
    });
  });

  it('imports nothing when there is nothing, and closes by Escape', async () => {
    show([indexed(900, [1])]);
    await dialog().getByRole('combobox', { name: 'Frames by' }).selectOptions('The frame on show');
    await expect.element(dialog().getByText('frame 0', { exact: true })).toBeVisible();
    await dialog()
      .getByRole('combobox', { name: /becomes/ })
      .selectOptions('Leave out');
    await dialog()
      .getByRole('button', { name: /^Import 0 masks/ })
      .click({ force: true });
    expect(app.callsOf('finishImport')).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => app.callsOf('cancelImport')).toHaveLength(1);
  });

  it('keeps only the rows in sight of thousands of files on the page', async () => {
    openClip(app.store, 4000);
    show(Array.from({ length: 4000 }, (_, frame) => indexed(frame, [1])));
    await expect.element(dialog().getByText('4,000 masks on 4,000 frames.')).toBeVisible();
    expect(document.querySelectorAll('.import-file').length).toBeLessThan(60);
    document.querySelector('.import-files')!.scrollTop = 1e6;
    await expect.element(dialog().getByText('masks/03999.png')).toBeVisible();
  });
});

describe('the preview of a reference', () => {
  const preview = () => page.getByRole('dialog', { name: /Import a reference from “truth.zip”/ });
  const referenceOrder = () => app.callsOf('comparison').at(-1)?.[0] as ImportOrder;

  beforeEach(() => {
    const { labels, addLabel, updateLabel, setFrameMasks, setCompareData } = app.store.getState();
    const [first] = labels;
    updateLabel(first!.objectId, { name: 'upper dye' });
    updateLabel(addLabel().objectId, { name: 'lower dye' });
    setFrameMasks('prompted', 3, [[first!.objectId, squareMask()]]);
    const raw = {
      name: 'truth.zip',
      pictures: [indexed(3, [1, 2, 7]), indexed(6, [1], 32, 18), indexed(900, [1])],
      labelsFile: null,
      framesFile: null,
      notes: [],
    };
    setCompareData({ referenceImport: { kind: 'preview', read: { kind: 'pictures', raw } } });
  });

  it('says which file and which label is compared with what, and that no mask changes', async () => {
    for (const text of [
      '4 masks on 2 frames.',
      /only compared with, and change no mask/,
      '1 picture is scaled from 32 x 18.',
      '1 picture is left out: no frame of the footage fits.',
      'No label has index 7: it is compared with whichever label it overlaps most.',
      '2 frames between have no picture (4–5) and are not compared.',
      'frame 6, scaled',
    ]) {
      await expect.element(preview().getByText(text)).toBeVisible();
    }
    await expect.element(preview().getByText(/replaced/)).not.toBeInTheDocument();
    await expect.element(preview().getByRole('checkbox', { name: /not there/ })).not.toBeInTheDocument();
    const becomes = (label: string) =>
      preview().getByRole('combobox', { name: `What ${label} is compared with` });
    await expect.element(becomes('index 1')).toHaveDisplayValue('upper dye');
    await expect.element(becomes('index 2')).toHaveDisplayValue('lower dye');
    await expect.element(becomes('index 7')).toHaveDisplayValue('Whichever it overlaps most');
    for (const theme of ['light', 'dark'] as const) {
      app.store.getState().setTheme(theme);
      const { violations } = await axe.run(document.body);
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    }
  });

  it('hands on what was chosen', async () => {
    await preview()
      .getByRole('combobox', { name: 'What index 1 is compared with' })
      .selectOptions('lower dye');
    await preview()
      .getByRole('combobox', { name: 'What index 7 is compared with' })
      .selectOptions('Leave out');
    await preview()
      .getByRole('checkbox', { name: /Scale to the footage/ })
      .click();
    await expect.element(preview().getByText('1 picture of another size is left out.')).toBeVisible();
    await preview()
      .getByRole('button', { name: /^Import \d masks? as a reference/ })
      .click();
    const lower = app.store.getState().labels[1]!.objectId;
    expect(referenceOrder()).toEqual({
      greyReading: null,
      choices: {
        method: null,
        isScaled: false,
        isAbsenceTaken: true,
        labels: new Map<string, unknown>([
          ['number 1', { kind: 'existing', objectId: lower }],
          ['number 7', { kind: 'skip' }],
        ]),
      },
    });
    expect(app.callsOf('finishImport')).toEqual([]);
  });

  it('is closed by Escape, and nothing is imported', async () => {
    await expect.element(preview()).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => app.callsOf('comparison')).toEqual([[]]);
    expect(app.callsOf('cancelImport')).toEqual([]);
  });
});

it('asks what dropped files are', async () => {
  app.store.getState().setImporting({ kind: 'asking', name: '12 files' });
  await page.getByRole('button', { name: 'Open as footage' }).click();
  await expect.poll(() => app.callsOf('answerDrop')).toEqual([['footage']]);
});

it('shows how far reading is, and can be stopped', async () => {
  app.store
    .getState()
    .setImporting({ kind: 'working', phase: 'Reading masks', name: 'm.zip', fraction: 0.5 });
  await expect
    .element(page.getByRole('progressbar', { name: 'Reading masks' }))
    .toHaveAttribute('aria-valuenow', '50');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => app.callsOf('cancelImport')).toHaveLength(1);
});
