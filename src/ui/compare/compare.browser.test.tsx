/** Comparing on the whole screen: choosing sets, views on the canvas, counts, scores, lanes, leaving. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { objectId, type ObjectId } from '../../core/base/ids';
import { frameToScore, scoreFrame } from '../../core/compare/comparisonFrames';
import { createLabel } from '../../core/label/label';
import { encodeRle } from '../../core/mask/rle';
import type { FrameMask, Tracks } from '../../core/track/maskTrack';
import { withFrameMasks } from '../../core/track/trackEdits';
import { comparedSets } from '../../state/maskSets';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp, type RecordingApp } from '../__fixtures__/screen';

let app: RecordingApp;
let unmount: () => void;
let upper: ObjectId;
let lower: ObjectId;

const width = 64;
const height = 36;
const state = () => app.store.getState();

/** 20 x 10 px, at (x, y). */
function rectangle(x: number, y: number): FrameMask {
  const data = new Uint8Array(width * height);
  for (let row = y; row < y + 10; row += 1) {
    data.fill(1, row * width + x, row * width + x + 20);
  }
  const rle = encodeRle({ width, height, data });
  return { rle, box: [x, y, x + 20, y + 10], areaPx: 200, predictedIou: null };
}

/** Two labels on ten frames; the reference has them 5 px to the right, and the second one not from frame 6 on. */
function fill(): void {
  upper = state().labels[0]!.objectId;
  lower = state().addLabel().objectId;
  state().updateLabel(upper, { name: 'upper dye' });
  state().updateLabel(lower, { name: 'lower dye' });
  const labels = [1, 2].map((id) => ({
    ...createLabel([]),
    objectId: objectId(id),
    name: `index ${id}`,
    colour: '#884400',
  }));
  let tracks: Tracks = new Map();
  const empty = {
    ...rectangle(0, 0),
    rle: encodeRle({ width, height, data: new Uint8Array(width * height) }),
  };
  for (let frame = 0; frame < 10; frame += 1) {
    state().setFrameMasks('propagated', frame, [
      [upper, rectangle(10, 2)],
      [lower, rectangle(10, 20)],
    ]);
    // The other way round: labels are matched by where they lie.
    tracks = withFrameMasks(tracks, 'prompted', frame, [
      [objectId(2), rectangle(15, 2)],
      [objectId(1), frame < 6 ? rectangle(15, 20) : { ...empty, box: null, areaPx: 0 }],
    ]);
  }
  state().addReference({ name: 'truth.zip', labels, tracks });
  state().setShownFrame(0);
}

/** As the scorer does. */
function score(): void {
  const { a, b, pairs } = comparedSets(state())!;
  const frames = Array.from({ length: 10 }, (_, frame) => scoreFrame(frameToScore(a, b, pairs, frame)!));
  state().setCompareData({ comparisonScores: new Map(frames.map((entry) => [entry.frameIndex, entry])) });
}

async function openTab(): Promise<void> {
  await page.getByRole('tab', { name: 'Compare' }).click();
}

async function choose(view: string): Promise<void> {
  await page.getByRole('radio', { name: view, exact: true }).click();
}

/** The colour painted at a source pixel, as #rrggbbaa. */
function painted(layer: string, x: number, y: number): string {
  const canvas = page.getByTestId(`${layer}-layer`).element() as HTMLCanvasElement;
  const { data } = canvas.getContext('2d')!.getImageData(x, y, 1, 1);
  return `#${[...data].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

async function expectNoViolations(): Promise<void> {
  const { violations } = await axe.run(document.body);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

beforeEach(async () => {
  app = recordingApp();
  unmount = await openScreen(app, { size: [1440, 900], frames: 10 });
});

afterEach(() => unmount());

describe('choosing sets', () => {
  it('says what is needed while there is one set, and matches the labels of a reference by overlap', async () => {
    await openTab();
    await expect.element(page.getByText(/There is only one set of masks so far/)).toBeVisible();
    await expectNoViolations();
    fill();
    await expect.element(page.getByRole('combobox', { name: 'Set B' })).toHaveDisplayValue('truth.zip');
    await page.getByRole('button', { name: /Labels compared/ }).click();
    const counterpart = page.getByRole('combobox', { name: 'Counterpart of upper dye in B' });
    await expect.element(counterpart).toHaveDisplayValue('index 2');
    await counterpart.selectOptions('Not compared');
    expect(comparedSets(state())?.pairs).toEqual([{ a: lower, b: 1 }]);
    await page.getByRole('button', { name: 'Match automatically' }).click();
    expect(comparedSets(state())?.pairs).toHaveLength(2);
    await page.getByRole('button', { name: 'Remove reference truth.zip' }).click();
    expect(state().references).toEqual([]);
    await expect.element(page.getByRole('combobox', { name: 'Set B' })).toHaveDisplayValue('Choose a set');
  });

  it('hands chosen files over as a reference', async () => {
    await openTab();
    const input = page.getByTestId('pick-reference');
    await userEvent.upload(input, new File(['x'], 'truth.png', { type: 'image/png' }));
    await vi.waitFor(() => expect(app.callsOf('comparison')).toHaveLength(1));
    state().setCompareData({ referenceImport: { kind: 'working', name: 'truth.png', fraction: 0.4 } });
    await expect.element(page.getByRole('progressbar', { name: /Reading the reference/ })).toBeVisible();
    await expectNoViolations();
  });
});

describe('views', () => {
  beforeEach(async () => {
    fill();
    await openTab();
  });

  it('show differences with counts, for all labels or one', async () => {
    const counts = page.getByTestId('compare-counts');
    // Each of the two is 5 of 20 columns off: 50 px at either side.
    await expect.element(counts).toHaveTextContent(/A only100 pxB only100 pxBoth300 pxJ0\.600/);
    await choose('Difference');
    await expect.element(page.getByTestId('compare-difference-layer')).toBeVisible();
    expect(painted('compare-difference', 10, 2)).toBe('#d6007fff');
    expect(painted('compare-difference', 34, 21)).toBe('#33ddffff');
    expect(painted('compare-both', 20, 6)).toMatch(/^#ffffff/);
    expect(painted('compare-difference', 20, 6)).toBe('#00000000');
    await page.getByRole('combobox', { name: 'Labels', exact: true }).selectOptions('lower dye');
    await expect.element(counts).toHaveTextContent(/A only50 px/);
    await vi.waitFor(() => expect(painted('compare-difference', 10, 2)).toBe('#00000000'));
    await expectNoViolations();
  });

  it('let the wipe be moved by keys and pointer, and are left by Escape', async () => {
    await choose('Wipe');
    const edge = page.getByRole('slider', { name: 'Edge between A and B' });
    await expect.element(edge).toHaveAttribute('aria-valuenow', '50');
    edge.element().focus();
    await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowRight}{/Shift}');
    expect(state().comparison.wipeShare).toBeCloseTo(0.61, 9);
    expect(state().currentFrame).toBe(0);
    await userEvent.keyboard('{Home}');
    expect(state().comparison.wipeShare).toBe(0);
    // Half-transparent orange comes back rounded.
    expect(painted('compare-a', 12, 4)).toMatch(/^#e[67](9f|a0)00/);
    // B's label is another one, painted in the colour of its counterpart.
    expect(painted('compare-b', 30, 4)).toMatch(/^#e[67](9f|a0)00/);
    await expect.element(page.getByTestId('stage')).toHaveAttribute('inert');
    await expect.element(page.getByText('For looking only.')).toBeVisible();
    await expectNoViolations();
    await userEvent.keyboard('{Escape}');
    expect(state().comparison.view).toBe('normal');
    await expect.element(page.getByTestId('stage')).not.toHaveAttribute('inert');
    await expect.element(page.getByTestId('compare-stage')).not.toBeInTheDocument();
  });

  it('flicker no faster than twice a second, pause, and swap by hand', async () => {
    await choose('Flicker');
    const sides: string[] = [];
    const started = performance.now();
    const stop = app.store.subscribe((next, previous) => {
      if (next.comparison.flickerSide !== previous.comparison.flickerSide) {
        sides.push(next.comparison.flickerSide);
      }
    });
    await vi.waitFor(() => expect(sides).toEqual(['b', 'a']), { timeout: 8000 });
    expect(performance.now() - started).toBeGreaterThan(900);
    await page.getByRole('button', { name: 'Pause the flicker' }).click();
    expect(state().comparison.isFlickering).toBe(false);
    const before = state().comparison.flickerSide;
    await page.getByRole('button', { name: 'Swap A and B' }).click();
    expect(state().comparison.flickerSide).not.toBe(before);
    stop();
    await expectNoViolations();
  });

  it('lie side by side, and go back when what is compared goes away', async () => {
    await choose('Side by side');
    await expect.element(page.getByTestId('compare-a-layer')).toBeVisible();
    expect(painted('compare-a', 10, 3)).toMatch(/^#e69f00/);
    expect(painted('compare-b', 10, 3)).toBe('#00000000');
    await expectNoViolations();
    state().removeReference(1);
    await vi.waitFor(() => expect(state().comparison.view).toBe('normal'));
  });
});

describe('scores', () => {
  beforeEach(async () => {
    fill();
    await openTab();
  });

  it('are asked for, shown as a table, a lane and a list that goes to the worst frames', async () => {
    await page.getByRole('button', { name: 'Score 10 frames' }).click();
    expect(app.callsOf('comparison')).toHaveLength(1);
    state().setCompareData({ comparisonJob: { framesDone: 3, frameCount: 10 } });
    await expect.element(page.getByRole('progressbar', { name: 'Scoring frames' })).toBeVisible();
    await expect.element(page.getByText('3 of 10')).toBeVisible();
    state().setCompareData({ comparisonJob: null });
    score();
    const table = page.getByRole('table', { name: /Mean scores by label/ });
    const rows = table.getByRole('row');
    // J of the upper one is 150 / 250 on all frames, of the lower one that on 5 of the 8 frames that count.
    await expect.element(rows.nth(1)).toHaveTextContent(/upper dye0\.\d{3}0\.600/);
    await expect.element(rows.nth(2)).toHaveTextContent(/lower dye0\.\d{3}0\.375/);
    await expect.element(page.getByTestId('score-lanes')).toBeVisible();
    await expectNoViolations();
    const worst = page.getByRole('list', { name: 'Worst frames first' }).getByRole('listitem');
    await expect.element(worst.first()).toHaveTextContent('Frame 6 · lower dye0.000');
    await page.getByRole('button', { name: /Frame 7 · lower dye/ }).click();
    expect(state().currentFrame).toBe(7);
    await page.getByRole('switch', { name: 'Leave out first and last frame' }).click();
    await expect.element(rows.nth(2)).toHaveTextContent(/lower dye0\.\d{3}0\.360/);
  });

  it('fit a small screen in the dark', async () => {
    state().setTheme('dark');
    await page.viewport(1024, 768);
    score();
    await expect.element(page.getByTestId('score-lanes')).toBeVisible();
    await expectNoViolations();
    const panel = document.querySelector('.inspector-body')!;
    expect(panel.scrollWidth).toBe(panel.clientWidth);
  });
});
