/** Editing masks in the inspector: one click, one step of undo, and what it did in words; rules live on the picture. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ObjectId } from '../../core/base/ids';
import { encodeRle } from '../../core/mask/rle';
import { withRle } from '../../core/track/maskAtThreshold';
import type { FrameMask } from '../../core/track/maskTrack';
import { masksOfFrame } from '../../core/track/visibleMasks';
import { mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { cleanupText } from '../text/editText';

const width = 64;
const height = 36;

let app: RecordingApp;
let unmount: () => void;
let active: ObjectId;

/** A box with a hole of 4 px, and a speck of 2 px far from it. */
function roughMask(x: number): FrameMask {
  const data = new Uint8Array(width * height);
  for (let y = 10; y < 20; y += 1) {
    data.fill(1, y * width + x, y * width + x + 10);
  }
  for (const y of [14, 15]) {
    data.fill(0, y * width + x + 4, y * width + x + 6);
  }
  data.fill(1, 30 * width + 2, 30 * width + 4);
  const rle = encodeRle({ width, height, data });
  return withRle({ rle, box: null, areaPx: 0, predictedIou: null, confidence: 0.9 }, rle);
}

function seen(frameIndex: number): FrameMask | undefined {
  const { tracks, labels } = app.store.getState();
  return masksOfFrame(tracks, labels, frameIndex).find(({ objectId }) => objectId === active)?.mask;
}

const steps = (): number => app.store.temporal.getState().pastStates.length;
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });

beforeEach(async () => {
  await page.viewport(1440, 900);
  localStorage.clear();
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  active = app.store.getState().labels[0]!.objectId;
  for (let frame = 0; frame < 6; frame += 1) {
    app.store.getState().setFrameMasks('propagated', frame, [[active, roughMask(10 + frame)]]);
  }
  app.store.temporal.getState().clear();
  await expect.element(button('Fill holes')).toBeVisible();
});

afterEach(() => unmount());

it('fills, drops and grows by one click each, and says what it did', async () => {
  await button('Fill holes').click();
  await expect.element(page.getByText('Fill holes: 4 px changed on 1 frame.')).toBeVisible();
  expect(seen(0)).toMatchObject({ areaPx: 102, edit: 'painted' });
  await page.getByRole('spinbutton', { name: /Smallest piece/ }).fill('3');
  await button('Remove specks').click();
  expect(seen(0)?.areaPx).toBe(100);
  await page.getByRole('spinbutton', { name: /grow or shrink/ }).fill('1');
  await button('Grow').click();
  expect(seen(0)?.box).toEqual([9, 9, 21, 21]);
  expect(steps()).toBe(3);
  await button('Remove specks').click();
  await expect.element(page.getByText('Remove specks: nothing to change.')).toBeVisible();
  expect(steps()).toBe(3);
  app.store.temporal.getState().undo();
  await expect.element(page.getByText(/nothing to change/)).not.toBeInTheDocument();
});

it('says that a label is not here, and takes it back', async () => {
  await button('Not on this frame').click();
  expect(seen(0)).toMatchObject({ areaPx: 0, edit: 'painted' });
  await expect.element(button('Not on this frame')).toHaveAttribute('aria-disabled', 'true');
  await expect.element(button('Fill holes')).toHaveAttribute('aria-disabled', 'true');
  await button('Clear mask').click();
  expect(seen(0)?.areaPx).toBe(98);
  await expect.element(button('Clear mask')).toHaveAttribute('aria-disabled', 'true');
});

it('copies to the next frames and draws the frames in between', async () => {
  await page.getByRole('spinbutton', { name: /How many frames/ }).fill('1');
  await button('Copy to next').click();
  await expect.element(page.getByText(/^Copy to 1 frame: .* px changed on 1 frame\.$/)).toBeVisible();
  expect(seen(1)).toMatchObject({ edit: 'copied', box: seen(0)!.box });
  expect(seen(2)?.edit).toBeUndefined();
  app.store.getState().seek(5);
  await button('Fill holes').click();
  app.store.getState().seek(3);
  await button('Interpolate frames 2-4').click();
  await expect.element(page.getByText(/^Interpolate 3 frames: .* on 3 frames\.$/)).toBeVisible();
  expect([2, 3, 4].map((frame) => seen(frame)?.edit)).toEqual(Array(3).fill('interpolated'));
});

it('cleans by a rule on this frame, carries it to the clip, and takes it back', async () => {
  await page.getByRole('spinbutton', { name: new RegExp(cleanupText.minArea) }).click();
  await userEvent.keyboard('{Backspace}15{ArrowLeft}{Backspace}{Tab}');
  expect(steps()).toBe(1);
  expect(seen(0)?.areaPx).toBe(96);
  expect(seen(1)?.areaPx).toBe(98);
  await page.getByRole('combobox', { name: cleanupText.keep }).selectOptions('largest');
  await expect.element(page.getByText('This frame: 98 px → 96 px.')).toBeVisible();
  await button(/clean-up rule to Whole clip/).click();
  expect([0, 3, 5].map((frame) => seen(frame)?.areaPx)).toEqual([96, 96, 96]);
  const slider = page.getByRole('slider', { name: cleanupText.grow });
  slider.element().focus();
  await userEvent.keyboard('{ArrowRight}');
  // A change of the rule that holds here is one for all its frames.
  expect(seen(4)!.areaPx).toBeGreaterThan(130);
  expect(steps()).toBe(4);
  await button(cleanupText.reset).click();
  expect([0, 5].map((frame) => seen(frame)?.areaPx)).toEqual([98, 98]);
  await expect.element(page.getByText(cleanupText.holdsNowhere)).toBeVisible();
});

it('leaves what was made by hand to the hand', async () => {
  await page.getByRole('spinbutton', { name: new RegExp(cleanupText.minArea) }).fill('5');
  await button('Fill holes').click();
  await expect.element(page.getByText(cleanupText.handMade)).toBeVisible();
});

it('adds regions, which hold, take no prompts, and have neither rules nor copies', async () => {
  await button('Region').click();
  await page.getByRole('menuitem', { name: /Add locked region/ }).click();
  const { labels, activeObjectId } = app.store.getState();
  expect(labels.at(-1)).toMatchObject({ role: 'locked', objectId: activeObjectId });
  await expect.element(page.getByText('Locked regions')).toBeVisible();
  await expect.element(page.getByText(/^Paint locked 1 with the brush/)).toBeVisible();
  await expect.element(page.getByText(cleanupText.title)).not.toBeInTheDocument();
  await expect.element(button('Copy to next')).not.toBeInTheDocument();
  await expect.element(button('Fill holes')).toHaveAttribute('aria-disabled', 'true');
  await button('More for locked 1').click();
  await page.getByRole('menuitem', { name: /Make it a void region/ }).click();
  expect(app.store.getState().labels.at(-1)?.role).toBe('void');
  await expect.element(page.getByText('Void regions')).toBeVisible();
});
