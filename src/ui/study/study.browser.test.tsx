/** The dialogs of studies and of the log on the whole screen, with results put into the state. */
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ObjectId } from '../../core/base/ids';
import { resultSet } from '../../core/compare/maskSet';
import { encodeRle } from '../../core/mask/rle';
import { studyRows, type MethodScores, type StudyResult } from '../../core/study/studyResult';
import type { FrameMask, Tracks } from '../../core/track/maskTrack';
import type { StudyJob } from '../../state/slices/studyState';
import { openScreen } from '../__fixtures__/openScreen';
import { recordingApp, type RecordingApp } from '../__fixtures__/screen';
import { pairToCompare } from './pairToCompare';
import { parseFrames } from './parseFrames';

let app: RecordingApp;
let unmount: () => void;

const state = () => app.store.getState();

function mask(): FrameMask {
  const data = new Uint8Array(64 * 36).fill(1, 0, 640);
  const rle = encodeRle({ width: 64, height: 36, data });
  return { rle, box: [0, 0, 64, 10], areaPx: 640, predictedIou: 0.9 };
}

function tracksOf(objectId: ObjectId): Tracks {
  return new Map([[objectId, { objectId, prompted: new Map(), propagated: new Map([[1, mask()]]) }]]);
}

function resultOf(objectId: ObjectId): StudyResult {
  const methods = ['SAM', 'Memory'].map((name) => ({
    id: name.toLowerCase(),
    name,
    set: resultSet(
      name,
      name,
      { labels: state().labels, tracks: tracksOf(objectId) },
      { fromFrame: 0, toFrame: 1 },
    ),
    frames: [1],
    msPerFrame: 1234,
    outcome: 'done' as const,
  }));
  return { frames: [1], givenFrames: [0], methods };
}

function scoresOf(id: string, value: number): MethodScores {
  const score = { j: value, f: value, aOnlyPx: 0, bOnlyPx: 0, bothPx: 640 };
  return { id, scores: [{ frameIndex: 1, pairs: [score] }] };
}

const job: StudyJob = {
  method: 'Memory',
  methodsDone: 1,
  methodCount: 3,
  framesDone: 4,
  frameCount: 9,
  secondsLeft: null,
  isStopping: false,
};

async function seriousFindings(): Promise<string[]> {
  const { violations } = await axe.run(document.querySelector('[role="dialog"]')!, {
    // The test page has no page around the dialog.
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

beforeEach(async () => {
  app = recordingApp();
  unmount = await openScreen(app);
  const { objectId } = state().labels[0]!;
  state().setFrameMasks('prompted', 0, [[objectId, mask()]]);
});

afterEach(() => unmount());

describe('the study dialog', () => {
  it('opens from the propagation menu, chooses methods by keys, and asks for the study', async () => {
    await page.getByRole('button', { name: 'More ways to propagate' }).click();
    await page.getByRole('menuitem', { name: /^Compare methods/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Method study' });
    await expect.element(dialog).toBeVisible();
    const boxOnly = dialog.getByRole('checkbox', { name: /^Memory \+ SAM, box only/ });
    await expect.element(boxOnly).not.toBeChecked();
    (boxOnly.element() as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await expect.element(boxOnly).toBeChecked();
    await expect.element(dialog.getByRole('radio', { name: /^Frame 0 alone/ })).toBeChecked();
    expect(await seriousFindings()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
  });

  it('keeps the ticks while it is closed, also those of the study that runs', async () => {
    state().setStudyData({ openTool: 'study' });
    const dialog = page.getByRole('dialog', { name: 'Method study' });
    const sam = dialog.getByRole('checkbox', { name: /^SAM SAM alone/ });
    const boxOnly = dialog.getByRole('checkbox', { name: /^Memory \+ SAM, box only/ });
    await sam.click();
    await boxOnly.click();
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    state().setStudyData({ openTool: 'study', studyJob: job });
    await expect.element(sam).not.toBeChecked();
    await expect.element(sam).toBeDisabled();
    await expect.element(boxOnly).toBeChecked();
  });

  it('goes on in the top bar while it is closed, which leads back to it', async () => {
    state().setStudyData({ studyJob: { ...job, framesDone: 122, frameCount: 149 } });
    const place = page.getByRole('region', { name: 'Next step' });
    await expect.element(place.getByText('Study: method 2/3, frame 123/149')).toBeVisible();
    await expect.element(place.getByRole('progressbar', { name: 'Method study' })).toBeVisible();
    const run = place.getByRole('button', { name: 'Propagate', exact: true });
    await expect.element(run).toHaveAttribute('aria-disabled', 'true');
    await expect.element(run).toHaveAccessibleDescription(/^A method study is running/);
    for (const width of [1280, 1024, 820]) {
      await page.viewport(width, 768);
      const bar = document.querySelector('.primary-action')!.getBoundingClientRect();
      const words = document.querySelector('.primary-action .job-text')!;
      expect(words.scrollHeight, `words cut at ${width} px`).toBeLessThanOrEqual(words.clientHeight);
      expect(words.getBoundingClientRect().top).toBeGreaterThanOrEqual(bar.top);
    }
    await page.viewport(1280, 800);
    await place.getByRole('button', { name: 'Show the method study' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Method study' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  });

  it('has a foot that nothing shows through, also while the study cannot start', async () => {
    state().setStudyData({ openTool: 'study', studyChoice: [] });
    const run = page.getByRole('button', { name: 'Run the study' });
    await expect.element(run).toHaveAttribute('aria-disabled', 'true');
    const { opacity, backgroundColor } = getComputedStyle(run.element());
    const popup = getComputedStyle(document.querySelector('.sheet.study')!).backgroundColor;
    expect({ opacity, backgroundColor }).toEqual({ opacity: '1', backgroundColor: popup });
  });

  it('shows a table, how methods agree, and what cannot be put on a sheet, in both themes', async () => {
    const { objectId } = state().labels[0]!;
    state().setStudyData({ openTool: 'study', studyResult: resultOf(objectId) });
    const dialog = page.getByRole('dialog', { name: 'Method study' });
    await expect.element(dialog.getByRole('table', { name: 'Mean IoU between methods' })).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Keep Memory' })).toBeVisible();
    await dialog.getByRole('textbox', { name: 'Frames to show' }).fill('0, 7');
    await expect.element(dialog.getByText('Frame 7 is not in the study (0–1).').first()).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
    document.documentElement.dataset['theme'] = 'dark';
    expect(await seriousFindings()).toEqual([]);
    delete document.documentElement.dataset['theme'];
  });

  it('crowns no method that was stopped, and says which ones that leaves out', async () => {
    const two = resultOf(state().labels[0]!.objectId);
    const [stopped, memory] = two.methods;
    const third = { ...memory!, id: 'other', name: 'Other' };
    const studyResult = {
      ...two,
      methods: [{ ...stopped!, outcome: 'stopped' as const }, memory!, third],
    };
    state().setStudyData({
      openTool: 'study',
      studyResult,
      studyReference: 'present',
      studyScores: [scoresOf('sam', 0.9), scoresOf('memory', 0.8), scoresOf('other', 0.7)],
    });
    const dialog = page.getByRole('dialog', { name: 'Method study' });
    await expect.element(dialog.getByText(/did not draw every frame: SAM\.$/)).toBeVisible();
    const weightOf = (name: string) =>
      getComputedStyle(dialog.getByRole('rowheader', { name, exact: true }).element()).fontWeight;
    expect(['SAM', 'Memory', 'Other'].map(weightOf)).toEqual(['400', '700', '400']);
  });

  it('marks methods whose weights are not of the official file, and says of which models', async () => {
    const { methods, ...rest } = resultOf(state().labels[0]!.objectId);
    const [sam, memory] = methods;
    state().setStudyData({
      openTool: 'study',
      studyResult: { ...rest, methods: [sam!, { ...memory!, unofficial: ['SAM ViT-B'] }] },
    });
    const dialog = page.getByRole('dialog', { name: 'Method study' });
    const heads = dialog.getByRole('rowheader', { name: /^(SAM|Memory)/ });
    await expect.element(heads.nth(1)).toHaveTextContent('Memory †');
    await expect.element(dialog.getByText('not of the official file: SAM ViT-B.')).toBeVisible();
    expect(heads.nth(0).element().textContent).toBe('SAM');
  });

  it('goes to the Compare tab with the best method against the reference, at its top', async () => {
    const { objectId } = state().labels[0]!;
    const studyResult = resultOf(objectId);
    state().setFrameMasks('propagated', 1, [[objectId, mask()]]);
    state().setResultSets(studyResult.methods.map(({ set }) => set));
    await page.viewport(1280, 500);
    await page.getByRole('tab', { name: 'Compare' }).click();
    const panel = page.getByRole('tabpanel');
    state().setComparison({ aKey: 'present', bKey: 'result SAM' });
    // From the button far down in the tab.
    await panel.getByRole('button', { name: 'Compare methods…' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Method study' })).toBeVisible();
    const scrolled = document.getElementById('inspector-panel')!;
    expect(scrolled.scrollTop).toBeGreaterThan(0);
    state().setStudyData({
      studyResult,
      studyReference: 'present',
      studyScores: [scoresOf('sam', 0.8), scoresOf('memory', 0.9)],
    });
    await page.getByRole('button', { name: 'Compare pixel by pixel' }).click();
    await expect.element(page.getByRole('dialog', { name: 'Method study' })).not.toBeInTheDocument();
    expect(state().comparison).toMatchObject({ aKey: 'result Memory', bKey: 'present' });
    await expect.element(page.getByRole('tab', { name: 'Compare' })).toHaveFocus();
    expect(scrolled.scrollTop).toBe(0);
  });

  it('compares with the next method where there is no reference', () => {
    const studyResult = resultOf(state().labels[0]!.objectId);
    expect(pairToCompare(studyResult, studyRows(studyResult, []), null)).toEqual({
      aKey: 'result SAM',
      bKey: 'result Memory',
    });
    expect(pairToCompare({ ...studyResult, methods: [] }, [], null)).toBeNull();
  });

  it('tells how far a study is', async () => {
    state().setStudyData({
      openTool: 'study',
      studyJob: job,
    });
    await expect.element(page.getByText('Memory: frame 5 of 9, method 2 of 3')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  });
});

describe('the dialog of the log', () => {
  it('shows the methods text and a replay’s result', async () => {
    const { objectId } = state().labels[0]!;
    const worst = { frameIndex: 3, iou: 0.98 };
    const row = { entry: 1, step: 'Box', objectId, label: 'dye', frames: [worst], meanIou: 0.98, worst };
    state().setStudyData({
      openTool: 'provenance',
      replayReport: {
        rows: [row],
        givenMasks: 2,
        comparedMasks: 1,
        meanIou: 0.98,
        minIou: 0.98,
        replacedMasks: 1,
        droppedEntries: 0,
        otherPictures: 0,
      },
    });
    const dialog = page.getByRole('dialog', { name: 'How the masks were made' });
    await expect.element(dialog.getByText('Masks were made with Maskflow.')).toBeVisible();
    await expect
      .element(dialog.getByText('1 mask compared with those kept: mean IoU 0.980, lowest 0.980.'))
      .toBeVisible();
    await expect.element(dialog.getByText(/^2 masks made by hand or imported/)).toBeVisible();
    await expect.element(dialog.getByText(/^1 mask made by hand changed/)).toBeVisible();
    expect(await seriousFindings()).toEqual([]);
  });
});

describe('an error that comes while a dialog is open', () => {
  it('is told in the dialog, which covers the place of messages, and can be put away there', async () => {
    const told = { code: 'model-missing', safe: 'Nothing was drawn.', todo: 'Give XMem its file.' } as const;
    state().showError({ ...told, code: 'internal', what: 'An earlier one.' });
    state().setStudyData({ openTool: 'provenance' });
    const dialog = page.getByRole('dialog', { name: 'How the masks were made' });
    await expect.element(dialog.getByRole('heading', { name: 'Replay' })).toBeVisible();
    state().showError({ ...told, what: 'XMem’s weights are not on this device.' });
    const alert = dialog.getByRole('alert');
    await expect.element(alert.getByText('XMem’s weights are not on this device.')).toBeVisible();
    expect(alert.element().textContent).not.toContain('An earlier one.');
    expect(await seriousFindings()).toEqual([]);
    await alert.getByRole('button', { name: 'Dismiss this error' }).click();
    await expect.element(alert).toHaveTextContent('');
    expect(alert.element().textContent).toBe('');
    expect(state().messages).toMatchObject([{ message: { what: 'An earlier one.' } }]);
  });
});

describe('a list of frames', () => {
  it('is read with ranges, each frame once, or refused with the reason', () => {
    expect(parseFrames('0, 2-4 4', [0, 1, 2, 3, 4])).toEqual({ frames: [0, 2, 3, 4], problem: null });
    expect(parseFrames('a', [0]).problem).toContain('“a”');
    expect(parseFrames('', [0]).problem).toContain('1 to 12');
    expect(parseFrames('5', [0, 1]).problem).toContain('Frame 5');
  });
});
