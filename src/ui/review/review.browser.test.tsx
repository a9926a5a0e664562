/** Review on the whole screen: lanes, queue, keys, accepting, versions and the choice of engine. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ObjectId } from '../../core/base/ids';
import { encodeRle } from '../../core/mask/rle';
import { maskAt, type FrameMask } from '../../core/track/maskTrack';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;
let upper: ObjectId;
let lower: ObjectId;

const width = 64;
const height = 36;

/** A rectangle of 20 x 10 px, `dx` to the right. */
function rectangle(dx: number, confidence?: number): FrameMask {
  const data = new Uint8Array(width * height);
  for (let y = 10; y < 20; y += 1) {
    data.fill(1, y * width + 10 + dx, y * width + 30 + dx);
  }
  const rle = encodeRle({ width, height, data });
  const judged = confidence === undefined ? {} : { confidence, cue: 'colour' as const };
  return { rle, box: [10 + dx, 10, 30 + dx, 20], areaPx: 200, predictedIou: 0.9, ...judged };
}

const state = () => app.store.getState();

/** Two labels, annotated on frame 0, propagated to frame 99; the first is doubtful on 20-29, the second on 60. */
function annotateAndPropagate(): void {
  upper = state().labels[0]!.objectId;
  lower = state().addLabel().objectId;
  state().updateLabel(upper, { name: 'upper dye' });
  state().updateLabel(lower, { name: 'lower dye' });
  state().setFrameMasks('prompted', 0, [
    [upper, rectangle(0)],
    [lower, rectangle(22)],
  ]);
  for (let frame = 1; frame < 100; frame += 1) {
    const isDoubtful = frame >= 20 && frame < 30;
    state().setFrameMasks('propagated', frame, [
      [upper, rectangle(0, isDoubtful ? (frame === 24 ? 0.1 : 0.42) : 0.9)],
      [lower, rectangle(22, frame === 60 ? 0.3 : 0.95)],
    ]);
  }
}

beforeEach(async () => {
  app = recordingApp();
  unmount = await openScreen(app);
});

afterEach(() => unmount());

describe('the review queue', () => {
  it('lists doubtful stretches, worst first, and counts the frames', async () => {
    expect(page.getByRole('region', { name: 'Review' }).elements()).toHaveLength(0);
    annotateAndPropagate();
    await expect.element(page.getByText('11 doubtful frames in 2 stretches')).toBeVisible();
    const list = page.getByRole('list', { name: 'Doubtful stretches, worst first' });
    const rows = list.getByRole('listitem');
    await expect.element(rows.nth(0)).toHaveTextContent(/upper dye.*20–29.*0\.10/);
    await expect.element(rows.nth(1)).toHaveTextContent(/lower dye.*60.*0\.30/);
    await list
      .getByRole('button', { name: /lower dye.*60/ })
      .first()
      .click();
    expect(state()).toMatchObject({ currentFrame: 60, activeObjectId: lower, tool: 'box' });
    await list.getByRole('button', { name: 'Fix upper dye at frame 24' }).click();
    expect(state()).toMatchObject({ currentFrame: 24, activeObjectId: upper, tool: 'foregroundPoint' });
    await expect.element(rows.nth(0)).toHaveAttribute('aria-current', 'true');
  });

  it('walks doubtful frames by F, and accepting by A takes the frame out of the queue', async () => {
    annotateAndPropagate();
    await userEvent.keyboard('f');
    expect(state()).toMatchObject({ currentFrame: 20, activeObjectId: upper });
    await userEvent.keyboard('f');
    expect(state().currentFrame).toBe(21);
    await userEvent.keyboard('{Shift>}f{/Shift}');
    expect(state().currentFrame).toBe(20);
    await userEvent.keyboard('a');
    await expect.element(page.getByText('10 doubtful frames in 2 stretches')).toBeVisible();
    expect(maskAt(state().tracks.get(lower), 20)).toMatchObject({
      source: 'prompted',
      mask: { isAccepted: true },
    });
    await userEvent.keyboard('f');
    expect(state().currentFrame).toBe(21);
    await userEvent.keyboard('{Shift>}f{/Shift}');
    await expect.element(page.getByText('No doubtful frame before this one.')).toBeVisible();
    // Annotated frames are what Shift and the arrows go between.
    await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    expect(state().currentFrame).toBe(20);
    await page.getByRole('button', { name: 'Take back acceptance' }).click();
    await expect.element(page.getByText('11 doubtful frames in 2 stretches')).toBeVisible();
  });

  it('says why a frame cannot be accepted', async () => {
    annotateAndPropagate();
    const accept = page.getByRole('button', { name: /^Accept frame/ });
    await expect.element(accept).toHaveAccessibleDescription('This frame is annotated already.');
    state().seek(5);
    await expect.element(accept).not.toHaveAttribute('aria-disabled');
    await accept.click();
    await expect.element(page.getByRole('button', { name: 'Take back acceptance' })).toBeVisible();
  });

  it('tells next to a correction how to propagate again', async () => {
    annotateAndPropagate();
    const guide = page.getByRole('region', { name: 'Next step' });
    await expect.element(guide).toHaveTextContent(/Shift\+R propagates again/);
    state().seek(5);
    await expect.element(guide).toHaveTextContent(/F goes to the next doubtful frame/);
  });
});

describe('the lanes', () => {
  /** Where a lane is painted above or below its dashes, over some frames: 0..1 of the canvas's columns. */
  function paintedShare(laneMiddle: number, dy: number, fromFrame: number, toFrame: number): number {
    const canvas = document.querySelector<HTMLCanvasElement>('.lanes-canvas')!;
    const ratio = canvas.height / canvas.clientHeight;
    const pxPerFrame = (canvas.clientWidth - 16) / 100;
    const left = Math.round((8 + fromFrame * pxPerFrame + 1) * ratio);
    const right = Math.round((8 + (toFrame + 1) * pxPerFrame - 1) * ratio);
    const y = Math.round((laneMiddle + dy) * ratio);
    const { data } = canvas.getContext('2d')!.getImageData(left, y, right - left, 1);
    const painted = Array.from({ length: right - left }, (_, x) => data[x * 4 + 3]!).filter(
      (alpha) => alpha > 60,
    );
    return painted.length / (right - left);
  }

  it('paint sure frames as a bar and doubtful ones as low dashes', async () => {
    annotateAndPropagate();
    await expect.poll(() => paintedShare(12, -3, 5, 18)).toBe(1);
    expect(paintedShare(12, -3, 20, 29)).toBe(0);
    const dashes = paintedShare(12, 0, 20, 29);
    expect(dashes).toBeGreaterThan(0.4);
    expect(dashes).toBeLessThan(0.85);
    expect(paintedShare(36, -3, 20, 29)).toBe(1);
  });

  it('tell the numbers at the pointer, and in words to those who listen', async () => {
    annotateAndPropagate();
    const overlay = document.querySelector<HTMLElement>('.tracks-overlay')!;
    await expect.poll(() => overlay.clientWidth).toBeGreaterThan(400);
    const lanes = document.querySelector<HTMLElement>('.lane-names')!.getBoundingClientRect();
    const area = overlay.getBoundingClientRect();
    const at = (clientY: number) =>
      overlay.dispatchEvent(
        new PointerEvent('pointermove', { bubbles: true, clientX: area.left + area.width * 0.245, clientY }),
      );
    at(lanes.top + 12);
    await expect
      .poll(() => document.querySelector('.lane-tip')?.textContent)
      .toBe('upper dye, frame 24: confidence 0.10, doubtful, drawn by colour');
    at(lanes.top + 36);
    await expect
      .poll(() => document.querySelector('.lane-tip')?.textContent)
      .toBe('lower dye, frame 24: confidence 0.95, drawn by colour');
    at(area.top + 4);
    await expect.poll(() => document.querySelector('.lane-tip')).toBeNull();
    await expect
      .element(
        page.getByRole('button', {
          name: /^upper dye ?: 1 annotated, masks on 100 of 100 frames, 10 doubtful$/,
        }),
      )
      .toBeVisible();
  });

  it('are told in the inspector too', async () => {
    annotateAndPropagate();
    state().seek(24);
    await expect.element(page.getByText('confidence 0.10, doubtful, drawn by colour')).toBeVisible();
  });
});

describe('versions', () => {
  function refine(): void {
    annotateAndPropagate();
    state().beginPropagationRun({
      kind: 'refine',
      name: 'Before SAM refinement of frames 3-20, box + mask',
      fromFrame: 3,
      toFrame: 20,
    });
    for (let frame = 3; frame <= 20; frame += 1) {
      state().setFrameMasks('propagated', frame, [[upper, rectangle(-2)]]);
    }
    state().seek(5);
  }

  /** How many pixels of the comparison are painted in each of its colours. */
  function comparedPixels(): { before: number; now: number } | null {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="compare-layer"]');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, width, height).data;
    if (!data) {
      return null;
    }
    const counts = { before: 0, now: 0 };
    for (let index = 0; index < data.length; index += 4) {
      if (data[index + 3]! > 0) {
        counts[data[index + 1]! > 200 ? 'now' : 'before'] += 1;
      }
    }
    return counts;
  }

  it('are compared pixel by pixel on the frame on show, and restored', async () => {
    refine();
    const section = page.getByRole('region', { name: 'Versions' });
    await expect.element(section).toHaveTextContent('Before SAM refinement of frames 3-20, box + mask');
    await expect.element(section).toHaveTextContent('Now 720 px apart on 18 frames');
    await section.getByRole('button', { name: 'Compare' }).click();
    await expect.element(section).toHaveTextContent('Only then: 20 px');
    await expect.element(section).toHaveTextContent('Only now: 20 px');
    state().setShownFrame(5);
    await expect.poll(comparedPixels).toEqual({ before: 20, now: 20 });
    state().setActiveLabel(lower);
    await section.getByRole('radio', { name: 'Active label' }).click();
    await expect.element(section).toHaveTextContent('Only then: 0 px');
    await expect.poll(comparedPixels).toEqual({ before: 0, now: 0 });
    state().setShownFrame(50);
    await expect.element(section).toHaveTextContent('The frame on show is not part of this version.');
    const restore = section.getByRole('button', { name: 'Restore' });
    await restore.click();
    await expect.element(section).toHaveTextContent('Before restoring frames 3-20');
    expect(state().tracks.get(upper)?.propagated.get(5)?.box).toEqual([10, 10, 30, 20]);
    await expect.element(restore.nth(1)).toHaveAccessibleDescription('The masks are the same now.');
  });

  it.each(['light', 'dark'] as const)('and the queue are open to everyone, %s', async (theme) => {
    state().setTheme(theme);
    refine();
    state().seek(24);
    await page.getByRole('region', { name: 'Versions' }).getByRole('button', { name: 'Compare' }).click();
    await expect.poll(() => document.documentElement.dataset.theme).toBe(theme);
    const { violations } = await axe.run(document.body);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('; ')}`)).toEqual([]);
  });
});

describe('the propagation engine', () => {
  it('is chosen in the Propagate menu', async () => {
    annotateAndPropagate();
    expect(state().propagationEngine).toBe('memory');
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    const choice = page.getByRole('menuitem', { name: 'Propagate with Memory' });
    await choice.click();
    const ours = page.getByRole('menuitemradio', { name: /^Memory \(default\)/ });
    await expect.element(ours).toHaveAttribute('aria-checked', 'true');
    await page.getByRole('menuitemradio', { name: /^SAM Each mask/ }).click();
    expect(state().propagationEngine).toBe('sam');
    await expect.element(ours).toHaveAttribute('aria-checked', 'false');
  });
});
