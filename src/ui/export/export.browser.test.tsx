/** The export dialog on the whole screen: what it offers, says and hands on. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { ExportOrder } from '../../core/export/exportOrder';
import { encodeSoftMask } from '../../core/mask/softMask';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp, squareMask, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  app = recordingApp();
  unmount = await openScreen(app);
  const { labels, setFrameMasks } = app.store.getState();
  const soft = encodeSoftMask(new Float32Array(64 * 36).fill(1), 64, 36);
  setFrameMasks('propagated', 3, [[labels[0]!.objectId, { ...squareMask(), soft }]]);
  setFrameMasks('prompted', 5, [[labels[0]!.objectId, squareMask()]]);
});

afterEach(() => unmount());

const dialog = () => page.getByRole('dialog', { name: 'Export' });
const order = () => app.callsOf('exportFormats').at(-1)?.[0] as ExportOrder;

async function open(): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Other formats…' }).click();
  await expect.element(dialog()).toBeVisible();
}

describe('the export dialog', () => {
  it('hands on the formats, options, labels and frames that were chosen, and keeps the formats', async () => {
    await open();
    await dialog().getByRole('checkbox', { name: 'Soft mattes' }).click();
    await dialog().getByRole('combobox', { name: 'Bits for each pixel' }).last().selectOptions('16');
    await dialog().getByRole('checkbox', { name: 'Label maps' }).click();
    await expect
      .element(dialog().getByText('has only a hard mask, black and white, on frame 5', { exact: false }))
      .toBeVisible();
    await dialog().getByRole('spinbutton', { name: 'First' }).fill('2');
    await dialog().getByRole('spinbutton', { name: 'Last' }).fill('6');
    await expect
      .element(dialog().getByText('3 frames have no masks (2, 4, 6)', { exact: false }))
      .toBeVisible();
    await expect.element(dialog().getByText('10 files', { exact: false })).toBeVisible();
    await dialog().getByRole('button', { name: 'Export', exact: true }).click();
    const { labels } = app.store.getState();
    expect(order()).toEqual({
      target: 'zip',
      formats: [{ id: 'soft', options: { depth: '16' } }],
      objectIds: [labels[0]!.objectId],
      fromFrame: 2,
      toFrame: 6,
    });
    await expect.element(dialog()).not.toBeInTheDocument();
    await open();
    await expect.element(dialog().getByRole('checkbox', { name: 'Soft mattes' })).toBeChecked();
  });

  it('greys what the browser cannot encode, with the reason, and says why nothing can be exported', async () => {
    await open();
    const alpha = dialog().getByRole('checkbox', { name: 'Cut-out video with alpha' });
    await expect.element(alpha).toBeDisabled();
    await expect
      .element(alpha)
      .toHaveAccessibleDescription('This browser has no encoder that keeps transparency at this size.');
    await expect.element(dialog().getByRole('checkbox', { name: 'Overlay video' })).toBeEnabled();
    await dialog()
      .getByRole('checkbox', { name: /^label 1/ })
      .click();
    const start = dialog().getByRole('button', { name: 'Export', exact: true });
    await expect.element(start).toHaveAttribute('aria-disabled', 'true');
    await expect.element(start).toHaveAccessibleDescription('Choose at least one label.');
    await dialog()
      .getByRole('checkbox', { name: /^label 1/ })
      .click();
    await dialog().getByRole('spinbutton', { name: 'First' }).fill('50');
    await expect
      .element(start)
      .toHaveAccessibleDescription('No chosen label has a mask between these frames.');
  });

  it('shows how far it is, and cancels', async () => {
    await open();
    app.store.getState().setExporting({ framesDone: 30, frameCount: 120 });
    await expect.element(dialog().getByText('30 of 120')).toBeVisible();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    expect(app.callsOf('cancelExport')).toHaveLength(1);
  });

  it.each(['light', 'dark'] as const)('has no fault that axe finds (%s)', async (theme) => {
    app.store.getState().setTheme(theme);
    await open();
    await dialog().getByRole('checkbox', { name: 'Soft mattes' }).click();
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
