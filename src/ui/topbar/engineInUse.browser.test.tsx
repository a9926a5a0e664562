/** The main screen names what draws, and the Propagate menu fits, at the sizes of usual windows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { HydratedModel } from '../../core/models/modelStatus';
import { videoModels } from '../../core/models/shelf';
import { annotate, mountScreen, openClip, recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { setIntroductionWanted } from './introduction';

let app: RecordingApp;
let unmount: () => void;

const state = () => app.store.getState();

const kept: HydratedModel = {
  variant: 'fp32',
  checkpointName: 'w.pth',
  checkpointBytes: 9,
  checkpointSha256: null,
  isOfficial: false,
  weightsSha256: null,
  storedBytes: 9,
  hydratedAtMs: 0,
  graphs: [],
};

const propagate = () => page.getByRole('button', { name: 'Propagate', exact: true });
const choice = () => page.getByRole('menuitem', { name: /^Propagate with/ });

/** Whether all of it lies inside the box of another. */
function isInside(inner: Element, outer: Element): boolean {
  const [a, b] = [inner.getBoundingClientRect(), outer.getBoundingClientRect()];
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

beforeEach(async () => {
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  annotate(app.store);
});

afterEach(() => {
  setIntroductionWanted(true);
  unmount();
});

describe.each([
  [1440, 900],
  [1024, 768],
])('at %i x %i', (width, height) => {
  beforeEach(() => page.viewport(width, height));

  it.each(['xmem', 'sam2.1-base-plus'] as const)('the button names %s, and stays where it is', async (id) => {
    const rect = (): number[] => {
      const { left, top, width: w, height: h } = propagate().element().getBoundingClientRect();
      return [left, top, w, h];
    };
    await expect.element(propagate()).not.toHaveAttribute('aria-disabled');
    const before = rect();
    state().setPropagationEngine(id);
    const name = { xmem: 'XMem', 'sam2.1-base-plus': 'SAM 2.1 base+' }[id];
    const words = propagate().getByText(name);
    await expect.element(words).toBeVisible();
    expect(rect()).toEqual(before);
    const element = words.element();
    expect(element.scrollWidth).toBe(element.clientWidth);
    expect(isInside(element, propagate().element())).toBe(true);
    await expect
      .element(propagate())
      .toHaveAccessibleDescription(new RegExp(`Propagates with ${name.replace('+', '\\+')}\\.$`));
    // Also while it cannot be used.
    state().seek(50);
    await expect.element(propagate()).toHaveAttribute('aria-disabled', 'true');
    await expect
      .element(propagate())
      .toHaveAccessibleDescription(new RegExp(`No label has a mask.*${name.replace('+', '\\+')}`));
  });

  it.each([
    { drawnBy: 'Memory', hasTwoPasses: true },
    { drawnBy: 'SAM 2.1 base+', hasTwoPasses: false },
  ])('the run bar names $drawnBy, and holds all it says', async (job) => {
    state().setPropagation({
      kind: 'propagate',
      framesDone: 112,
      frameCount: 1490,
      lastFrame: 12,
      framesPerSec: 0.3,
      secondsLeft: 15_860,
      state: 'running',
      ...job,
    });
    const words = page.getByText(`${job.drawnBy}: 112 / 1490 frames`);
    await expect.element(words).toBeVisible();
    const bar = document.querySelector('.primary-action')!;
    expect(isInside(bar.querySelector('.job')!, bar)).toBe(true);
    expect(isInside(words.element(), bar)).toBe(true);
  });

  it('the badge names a model that was brought here, and its popover says of what it is', async () => {
    state().setHydratedModel('sam2.1-base-plus', kept);
    state().setEngine({
      kind: 'ready',
      info: {
        provider: 'wasm',
        adapter: null,
        threads: 2,
        fallbackReason: null,
        modelName: 'SAM 2.1 base+',
        modelId: 'sam2.1-base-plus',
      },
    });
    const badge = page.getByRole('button', { name: 'Engine: SAM 2.1 base+ · WASM. Show details' });
    await expect.element(badge).toBeVisible();
    const words = badge.element().querySelector('.engine-words')!;
    expect(words.scrollHeight).toBe(words.clientHeight);
    await expect
      .element(badge)
      .toHaveAttribute('title', 'SAM 2.1 base+, 32-bit, weights not of the official file · WASM · 2 threads');
    await badge.click();
    const details = page.getByRole('dialog', { name: 'Engine' });
    await expect.element(details.getByText('32-bit', { exact: true })).toBeVisible();
    await expect.element(details.getByText('weights not of the official file')).toBeVisible();
  });

  it('the Propagate menu stands whole, however many models are here', async () => {
    videoModels.forEach((id) => state().setHydratedModel(id, kept));
    state().setPropagationEngine('edgetam');
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    const last = page.getByRole('menuitem', { name: /^Methods text and replay/ });
    await expect.element(last).toBeInViewport({ ratio: 1 });
    const menu = last.element().closest('.popup')!;
    expect(menu.scrollHeight).toBe(menu.clientHeight);
    await choice().click();
    const radios = page.getByRole('menuitemradio');
    await expect.poll(() => radios.elements().length).toBe(2 + videoModels.length);
    const list = radios.first().element().closest('.popup')!;
    await expect.poll(() => list.getBoundingClientRect().bottom).toBeLessThanOrEqual(window.innerHeight);
    expect(list.getBoundingClientRect().left).toBeGreaterThanOrEqual(0);
    expect(list.getBoundingClientRect().right).toBeLessThanOrEqual(window.innerWidth);
    expect(list.scrollHeight).toBe(list.clientHeight);
  });
});

it('the engine is chosen by keys alone', async () => {
  await page.viewport(1024, 768);
  await expect.element(propagate()).not.toHaveAttribute('aria-disabled');
  // Over no entry of the menu, which would have the focus then.
  await userEvent.hover(page.getByRole('button', { name: 'Set in' }));
  (page.getByRole('button', { name: 'More ways to propagate' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('menuitem', { name: 'Forward' }).first()).toHaveFocus();
  await userEvent.keyboard('{ArrowDown>6/}');
  await expect.element(choice()).toHaveFocus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('menuitemradio', { name: /^Memory/ })).toHaveFocus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(state().propagationEngine).toBe('sam');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.element(choice()).toHaveFocus();
  await expect.element(choice()).toHaveAccessibleName('Propagate with SAM');
});
