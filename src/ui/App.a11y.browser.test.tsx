/** The whole screen can be used by everyone: axe finds nothing serious, whatever is on show. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Theme } from '../state/maskflowState';
import {
  annotate,
  mountScreen,
  openClip as openClipIn,
  recordingApp,
  type RecordingApp,
} from './__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = recordingApp();
  unmount = mountScreen(app);
  await expect.element(page.getByRole('heading', { name: 'Maskflow' })).toBeVisible();
});

afterEach(() => unmount());

async function openClip(): Promise<void> {
  openClipIn(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
}

async function expectNoSeriousFinding(): Promise<void> {
  const { violations } = await axe.run(document.body);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join('; ')}`,
    ),
  ).toEqual([]);
}

describe.each<Theme>(['light', 'dark'])('accessibility, %s', (theme) => {
  beforeEach(() => app.store.getState().setTheme(theme));

  it('finds nothing serious before anything is open', async () => {
    app.store.getState().setEngine({ kind: 'loading', phase: 'Loading MobileSAM', fraction: 0.4 });
    await expect.poll(() => document.documentElement.dataset.theme).toBe(theme);
    await expectNoSeriousFinding();
  });

  it('finds nothing serious while painting, with and without a note', async () => {
    await openClip();
    annotate(app.store);
    app.store.getState().setTool('brush');
    await expect.element(page.getByRole('slider', { name: 'Brush size' })).toBeVisible();
    await expectNoSeriousFinding();
    app.store.getState().setTool('fill');
    app.store.getState().setPaintNote('Nothing changed.');
    await expect.element(page.getByText('Nothing changed.')).toBeVisible();
    await expectNoSeriousFinding();
  });

  it('finds nothing serious while annotating, with all messages shown', async () => {
    await openClip();
    annotate(app.store);
    app.store.getState().showNotice('A notice.');
    app.store
      .getState()
      .showError({ code: 'internal', what: 'It broke.', safe: 'All is safe.', todo: 'Go on.' });
    await page.getByRole('button', { name: 'Show before and after' }).click();
    await expect.element(page.getByText(/^Before/)).toBeVisible();
    await expectNoSeriousFinding();
  });

  it('finds nothing serious while work is in progress', async () => {
    await openClip();
    annotate(app.store);
    const state = app.store.getState();
    state.setOpening({ name: 'other.avi', progress: { phase: 'Converting with ffmpeg', fraction: null } });
    state.setExporting({ framesDone: 3, frameCount: 100 });
    state.setPropagation({
      kind: 'propagate',
      framesDone: 12,
      frameCount: 99,
      lastFrame: 12,
      framesPerSec: 0.3,
      secondsLeft: 290,
      state: 'running',
    });
    await expect.element(page.getByText('12 / 99 frames · 0.3 frames/s · 4 min 50 s left')).toBeVisible();
    await expectNoSeriousFinding();
  });

  it('finds nothing serious in the sheet of keys, and in the messages of before', async () => {
    await openClip();
    app.store.getState().showNotice('A notice.');
    await page.getByRole('button', { name: 'Read messages again' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Messages' })).toBeVisible();
    await expectNoSeriousFinding();
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Show all keys' }).click();
    await page.getByRole('button', { name: /^Change the key of “Box”/ }).click();
    await userEvent.keyboard('v');
    await expect.element(page.getByRole('button', { name: 'Use it here' })).toBeVisible();
    await expectNoSeriousFinding();
  });

  it('finds nothing serious in its menus', async () => {
    await openClip();
    annotate(app.store);
    for (const name of ['Open', 'Export', 'More for label 1', 'More ways to propagate']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect.element(page.getByRole('menu')).toBeVisible();
      await expectNoSeriousFinding();
      await userEvent.keyboard('{Escape}');
      await expect.poll(() => document.querySelector('[role="menu"]')).toBeNull();
    }
  });
});
