/** What has to be read is not cut at usual sizes of the window: names of labels, and the sentences of the introduction. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { FrameMask } from '../core/track/maskTrack';
import { mountScreen, openClip, recordingApp, squareMask, type RecordingApp } from './__fixtures__/screen';
import { setIntroductionWanted } from './topbar/introduction';

let app: RecordingApp;
let unmount: () => void;

const state = () => app.store.getState();

const sizes = [
  [1440, 900],
  [1024, 768],
] as const;

/** Two labels with masks on frames 0 to 9; all but the first are propagated with this confidence. */
function annotate(confidence: number): void {
  state().addLabel();
  const names = ['upper dye', 'lower dye'];
  state().labels.forEach(({ objectId }, index) =>
    state().updateLabel(objectId, { name: names[index] ?? '' }),
  );
  for (let frame = 0; frame < 10; frame += 1) {
    const source = frame === 0 ? 'prompted' : 'propagated';
    const mask: FrameMask = frame === 0 ? squareMask() : { ...squareMask(), confidence };
    state().setFrameMasks(
      source,
      frame,
      state().labels.map(({ objectId }) => [objectId, mask] as const),
    );
  }
  state().seek(1);
}

function isCut(element: Element): boolean {
  return element.scrollWidth > element.clientWidth;
}

beforeEach(async () => {
  app = recordingApp();
  unmount = mountScreen(app);
  openClip(app.store);
  await expect.element(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
});

afterEach(() => {
  setIntroductionWanted(true);
  unmount();
});

describe.each(sizes)('at %i x %i', (width, height) => {
  beforeEach(() => page.viewport(width, height));

  it.each([
    { what: 'nothing else', hasPlots: false, tab: 'masks' },
    { what: 'plots', hasPlots: true, tab: 'masks' },
    { what: 'Measure', hasPlots: false, tab: 'measure' },
    { what: 'Measure and plots', hasPlots: true, tab: 'measure' },
  ] as const)(
    'labels keep their names beside $what, and every tool is in reach',
    async ({ hasPlots, tab }) => {
      annotate(0.9);
      state().setPlotsOpen(hasPlots);
      state().setInspectorTab(tab);
      await expect
        .poll(() => document.querySelectorAll('.tool-bar .tool-group').length)
        .toBe(tab === 'measure' ? 4 : 3);
      await expect.poll(() => document.querySelector('.plots') !== null).toBe(hasPlots);
      const names = [...document.querySelectorAll('.label-name')];
      expect(names.map(({ textContent }) => textContent)).toEqual(['upper dye', 'lower dye']);
      expect(names.map(isCut)).toEqual([false, false]);
      const bar = document.querySelector('.tool-bar')!;
      expect(bar.scrollHeight - bar.clientHeight).toBe(0);
    },
  );

  it.each([
    { words: /Where it drifted/, confidence: 0.9, frame: 1 },
    { words: /next doubtful frame/, confidence: 0.2, frame: 1 },
    { words: /Corrected\?/, confidence: 0.2, frame: 0 },
  ])('the sentence of the last step stands in full: $words', async ({ words, confidence, frame }) => {
    setIntroductionWanted(true);
    annotate(confidence);
    state().seek(frame);
    await expect.element(page.getByText('Introduction, step 3 of 3:')).toBeInTheDocument();
    const sentence = page.getByText(words);
    await expect.element(sentence).toBeVisible();
    const element = sentence.element() as HTMLElement;
    const shownPx = element.clientHeight;
    // Lines beyond the last that is shown count for nothing until they may be shown.
    element.style.setProperty('-webkit-line-clamp', 'none');
    expect(element.scrollHeight).toBe(shownPx);
  });
});

it('the mark around a pane goes by itself: one that stayed would look like the focus', async () => {
  setIntroductionWanted(true);
  annotate(0.9);
  await expect.poll(() => document.documentElement.dataset.introduction).toBe('timeline');
  const timeline = document.querySelector('.timeline')!;
  const mark = (): CSSStyleDeclaration => getComputedStyle(timeline, '::after');
  expect(mark().boxShadow).not.toBe('none');
  timeline.getAnimations({ subtree: true }).forEach((animation) => animation.finish());
  expect(mark().opacity).toBe('0');
});

it('pictures of the timeline end where the lanes do, so that none lies beyond what is dimmed', async () => {
  await page.viewport(1440, 900);
  await expect.element(page.getByTestId('filmstrip')).toBeVisible();
  const right = (selector: string): number => document.querySelector(selector)!.getBoundingClientRect().right;
  await expect.poll(() => right('.filmstrip-area')).toBeCloseTo(right('.tracks-overlay'));
  expect(getComputedStyle(document.querySelector('.filmstrip-area')!).overflowX).toBe('clip');
});
