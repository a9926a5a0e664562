/** The inspector's tabs: what they show, how keys move along them, and that they are remembered. */
import axe from 'axe-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { storedInspectorTab } from './storedInspectorTab';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  await page.viewport(1024, 768);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('tab', { name: 'Masks' })).toHaveAttribute('aria-selected', 'true');
});

afterEach(() => unmount());

it('shows the masks first, and measuring or comparing when asked', async () => {
  await expect.element(page.getByRole('tabpanel', { name: 'Masks' })).toBeVisible();
  await expect.element(page.getByRole('heading', { name: /^Frame 0/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Measure' }).click();
  await expect.element(page.getByRole('tabpanel', { name: 'Measure' })).toBeVisible();
  await expect.element(page.getByText('Not calibrated', { exact: false })).toBeVisible();
  expect(page.getByRole('heading', { name: /^Frame 0/ }).elements()).toEqual([]);
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect.element(page.getByRole('tabpanel', { name: 'Compare' })).toBeVisible();
});

it('moves along the tabs by arrow keys, and remembers the last one', async () => {
  await page.getByRole('tab', { name: 'Masks' }).click();
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(page.getByRole('tab', { name: 'Compare' })).toHaveFocus();
  expect(app.store.getState().inspectorTab).toBe('compare');
  await userEvent.keyboard('{Home}{ArrowRight}');
  expect(app.store.getState().inspectorTab).toBe('measure');
  expect(storedInspectorTab()).toBe('measure');
  // The playhead has the same keys, and stays where it is.
  expect(app.store.getState().currentFrame).toBe(0);
});

it('fits into the narrowest window beside the button that closes the inspector', async () => {
  const tabs = page.getByRole('tab').elements();
  const close = page.getByRole('button', { name: 'Close the inspector' }).element().getBoundingClientRect();
  for (const tab of tabs) {
    expect(tab.getBoundingClientRect().right).toBeLessThanOrEqual(close.left);
  }
  const { violations } = await axe.run(document.querySelector('aside.inspector') ?? document.body);
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
});
