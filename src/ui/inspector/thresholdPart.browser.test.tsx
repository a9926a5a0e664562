/** The threshold of a label: live on this frame, carried to others, one step of undo each. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { encodeRle } from '../../core/mask/rle';
import { encodeSoftMask } from '../../core/mask/softMask';
import type { FrameMask } from '../../core/track/maskTrack';
import { masksOfFrame } from '../../core/track/visibleMasks';
import { mountScreen, openClip, recordingApp, squareMask, type RecordingApp } from '../__fixtures__/screen';

const width = 64;
const height = 36;

let app: RecordingApp;
let unmount: () => void;

const slider = () => page.getByRole('slider', { name: /Threshold p/ });

/** A disc whose probability falls by one unit of logit for each pixel from its edge, radius 10. */
function discMask(): FrameMask {
  const logits = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      logits[y * width + x] = 10 - Math.hypot(x - 31.5, y - 17.5);
    }
  }
  const rle = encodeRle({ width, height, data: Uint8Array.from(logits, (logit) => (logit > 0 ? 1 : 0)) });
  const areaPx = logits.filter((logit) => logit > 0).length;
  const soft = encodeSoftMask(logits, width, height);
  return { rle, box: [22, 8, 42, 28], areaPx, predictedIou: 0.9, soft };
}

function shownArea(frameIndex: number): number {
  const { tracks, labels } = app.store.getState();
  return masksOfFrame(tracks, labels, frameIndex)[0]!.mask.areaPx;
}

beforeEach(async () => {
  await page.viewport(1280, 800);
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  const { labels, setFrameMasks } = app.store.getState();
  for (let frame = 0; frame < 10; frame += 1) {
    setFrameMasks('propagated', frame, [[labels[0]!.objectId, discMask()]]);
  }
  setFrameMasks('propagated', 10, [[labels[0]!.objectId, squareMask()]]);
  app.store.temporal.getState().clear();
  await expect.element(slider()).toBeVisible();
});

afterEach(() => unmount());

const steps = (): number => app.store.temporal.getState().pastStates.length;

it('cuts this frame by the slider, and one press of a key is one step of undo', async () => {
  const drawn = discMask().areaPx;
  await expect.element(slider()).toHaveValue('50');
  slider().element().focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(slider()).toHaveValue('55');
  await userEvent.keyboard('{Home}');
  await expect.element(slider()).toHaveValue('10');
  expect(shownArea(0)).toBeGreaterThan(drawn);
  expect(shownArea(1)).toBe(drawn);
  expect(steps()).toBe(2);
  app.store.temporal.getState().undo();
  app.store.temporal.getState().undo();
  await expect.element(slider()).toHaveValue('50');
  expect(shownArea(0)).toBe(drawn);
});

it('takes a drag along the slider as one step, and shows it while it lasts', async () => {
  const element = slider().element() as HTMLInputElement;
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
  const dragTo = (value: number): void => {
    setValue.call(element, String(value));
    element.dispatchEvent(new Event('input', { bubbles: true }));
  };
  element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  const areas = [60, 70, 80].map((value) => {
    dragTo(value);
    return shownArea(0);
  });
  expect(areas).toEqual(areas.toSorted((a, b) => b - a));
  expect(new Set(areas).size).toBe(3);
  element.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  expect(steps()).toBe(1);
  app.store.temporal.getState().undo();
  expect(shownArea(0)).toBe(discMask().areaPx);
});

it('carries the threshold to the range and the whole clip, and resets', async () => {
  const drawn = discMask().areaPx;
  app.store.getState().setInFrame(0);
  app.store.getState().setOutFrame(4);
  slider().element().focus();
  await userEvent.keyboard('{End}');
  await expect.element(slider()).toHaveValue('90');
  const before = steps();
  await page.getByRole('button', { name: 'Apply 0.90 to In–out range' }).click();
  expect(steps()).toBe(before + 1);
  expect([4, 5].map(shownArea)).toEqual([shownArea(0), drawn]);
  expect(shownArea(0)).toBeLessThan(drawn);
  await page.getByRole('button', { name: 'Apply 0.90 to Whole clip' }).click();
  expect(shownArea(9)).toBe(shownArea(0));
  await page.getByRole('button', { name: 'Reset the threshold on this frame to 0.5' }).click();
  expect([0, 1].map(shownArea)).toEqual([drawn, shownArea(9)]);
  await page.getByRole('button', { name: 'Apply 0.50 to Whole clip' }).click();
  expect(shownArea(9)).toBe(drawn);
});

it('tells how the area depends on the threshold', async () => {
  const { tracks, labels, setThreshold } = app.store.getState();
  const bounds = [0.3, 0.7].map((probability) => {
    setThreshold(labels[0]!.objectId, { fromFrame: 0, toFrame: 0, probability });
    return shownArea(0);
  });
  app.store.setState({ tracks });
  await expect
    .element(page.getByText(`${bounds[0]} / ${discMask().areaPx} / ${bounds[1]} px`, { exact: true }))
    .toBeVisible();
});

it('says why a mask without probabilities cannot be cut', async () => {
  app.store.getState().seek(10);
  await expect.element(slider()).toBeDisabled();
  await expect
    .element(page.getByText('No probabilities are kept for this mask', { exact: false }))
    .toBeVisible();
  app.store.getState().seek(50);
  await expect.element(slider()).toBeDisabled();
});
