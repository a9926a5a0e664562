/** Scores are kept up to date with as little work as possible; references come in beside the annotation. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cancelledError } from '../../core/base/errors';
import { scoreFrame, type FrameToScore } from '../../core/compare/comparisonFrames';
import type { LabelChoice } from '../../core/import/importLabels';
import type { ImportedPicture } from '../../core/import/importSource';
import { choicesFor, type ImportChoices, type ImportOrder } from '../../core/import/planImport';
import type { ReadImport } from '../../core/import/readImport';
import { encodeRle, type Rle } from '../../core/mask/rle';
import { comparedSets } from '../../state/maskSets';
import { footage, maskOf, one, ready } from '../__fixtures__/appFixtures';
import { startComparison } from './comparison';

const size = { width: 8, height: 8 };

/** The first `count` pixels of the picture, row by row. */
function pixels(count: number): Rle {
  return encodeRle({ ...size, data: Uint8Array.from({ length: 64 }, (_, index) => (index < count ? 1 : 0)) });
}

function reading(pictures: readonly Partial<ImportedPicture>[]): ReadImport {
  return {
    kind: 'coco',
    source: {
      name: 'truth.json',
      format: 'COCO',
      labels: [{ key: 'k', name: 'dye', colour: null, role: 'object', number: 1, meaning: 'category 1' }],
      pictures: pictures.map((picture, index) => ({
        path: `${index}`,
        frameName: `${index}`,
        frameIndex: index,
        size,
        masks: [],
        ...picture,
      })),
      notes: [],
      greyReading: null,
    },
  };
}

function started(read = reading([])) {
  const store = ready();
  const asked: number[][] = [];
  const comparer = {
    score: vi.fn(async (frames: readonly FrameToScore[], { signal }: { signal?: AbortSignal } = {}) => {
      asked.push(frames.map(({ frameIndex }) => frameIndex));
      await Promise.resolve();
      if (signal?.aborted) {
        throw cancelledError();
      }
      return frames.map(scoreFrame);
    }),
  };
  const importer = {
    read: vi.fn(async () => read),
    scale: vi.fn(async (pictures: readonly ImportedPicture[]) =>
      pictures.map((picture) => ({ ...picture, size, masks: [{ key: 'k', rle: pixels(16) }] })),
    ),
    looksLikeMasks: async () => false,
  };
  const comparison = startComparison(store, { comparer, importer });
  return { store, state: () => store.getState(), comparison, asked, importer };
}

const file = { file: new File([], 'truth.json'), path: 'truth.json' };

/** What the preview's button hands on when nothing was changed. */
function asShown(change: Partial<ImportChoices> = {}): ImportOrder {
  return { choices: { ...choicesFor('reference'), ...change }, greyReading: null };
}

/** Masks on all ten frames, and a reference that has half as much. */
async function withTruth() {
  const all = started(
    reading(Array.from({ length: 10 }, () => ({ masks: [{ key: 'k', rle: pixels(10) }] }))),
  );
  for (let frame = 0; frame < 10; frame += 1) {
    all.state().setFrameMasks('propagated', frame, [[one, { ...maskOf(20), rle: pixels(20) }]]);
  }
  await all.comparison.importReference([file]);
  await all.comparison.finishReference(asShown());
  return all;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('scoring', () => {
  it('scores every frame once, and after a change only the frame that changed', async () => {
    const { state, comparison, asked } = await withTruth();
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    comparison.score();
    await vi.runAllTimersAsync();
    expect(asked.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(state().comparisonScores.get(3)?.pairs).toMatchObject([{ j: 0.5, aOnlyPx: 10, bothPx: 10 }]);
    expect(state().comparisonJob).toBe(null);
    asked.length = 0;
    state().setFrameMasks('prompted', 4, [[one, { ...maskOf(10), rle: pixels(10) }]]);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([[4]]);
    expect(state().comparisonScores.get(4)?.pairs[0]?.j).toBe(1);
    // Ways of looking change no score.
    state().setComparison({ view: 'wipe', wipeShare: 0.3, measure: 'f' });
    await vi.runAllTimersAsync();
    expect(asked).toEqual([[4]]);
  });

  it('keeps to the range, follows it, and waits while a run is on', async () => {
    const { state, comparison, asked } = await withTruth();
    state().setOutFrame(1);
    state().setPropagation({
      kind: 'propagate',
      framesDone: 0,
      frameCount: 3,
      lastFrame: null,
      framesPerSec: null,
      secondsLeft: null,
      state: 'running',
    });
    comparison.score();
    await vi.runAllTimersAsync();
    expect(asked).toEqual([]);
    state().setPropagation(null);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([[0, 1]]);
    state().setOutFrame(2);
    await vi.runAllTimersAsync();
    expect(asked).toEqual([[0, 1], [2]]);
  });

  it('stops when told to, keeps what it has, and drops it when other labels are compared', async () => {
    const { state, comparison, asked } = await withTruth();
    comparison.score();
    comparison.stop();
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(1);
    expect(state().comparisonJob).toBe(null);
    comparison.score();
    await vi.runAllTimersAsync();
    expect(state().comparisonScores.size).toBe(10);
    comparison.stop();
    state().setComparison({ mapping: new Map([[one, null]]) });
    await vi.runAllTimersAsync();
    expect(state().comparisonScores.size).toBe(0);
  });

  it('forgets everything with other footage', async () => {
    const { state, comparison, asked } = await withTruth();
    comparison.score();
    await vi.runAllTimersAsync();
    state().replaceFootage(footage());
    await vi.runAllTimersAsync();
    expect(state().comparisonScores.size).toBe(0);
    expect(asked.flat()).toHaveLength(10);
  });
});

describe('a reference', () => {
  it('is shown before anything changes', async () => {
    const read = reading([{ masks: [{ key: 'k', rle: pixels(10) }] }]);
    const { state, comparison, importer } = started(read);
    const before = state();
    await comparison.importReference([file]);
    expect(state().referenceImport).toEqual({ kind: 'preview', read });
    expect(state()).toMatchObject({ references: [], tracks: before.tracks, labels: before.labels });
    comparison.cancelReference();
    await comparison.finishReference(asShown());
    expect(state()).toMatchObject({ references: [], referenceImport: null, comparison: { bKey: null } });
    expect(importer.scale).not.toHaveBeenCalled();
  });

  it('is kept beside the tracks, absent where a picture shows nothing, and is compared at once', async () => {
    const read = reading([{ masks: [{ key: 'k', rle: pixels(10) }] }, {}, { frameIndex: 99 }]);
    const { state, comparison } = started(read);
    const { tracks, labels } = state();
    await comparison.importReference([file]);
    await comparison.finishReference(asShown());
    expect(state()).toMatchObject({
      tracks,
      labels,
      referenceImport: null,
      comparison: { bKey: 'reference 1' },
    });
    const [reference] = state().references;
    expect(reference).toMatchObject({ name: 'truth.json', labels: [{ name: 'dye' }] });
    const [track] = reference!.tracks.values();
    expect([...track!.prompted].map(([frame, { areaPx }]) => [frame, areaPx])).toEqual([
      [0, 10],
      [1, 0],
    ]);
    expect(comparedSets(state())?.b.name).toBe('truth.json');
    const last = state().messages.at(-1);
    expect(last?.kind === 'notice' && last.text).toContain('2 frames, 1 label; 1 picture left out');
  });

  it('is compared label by label as was chosen, wherever the masks lie', async () => {
    const { state, comparison } = started(reading([{ masks: [{ key: 'k', rle: pixels(10) }] }]));
    const two = state().addLabel().objectId;
    // The first label lies where the reference's does, the second one elsewhere.
    const elsewhere = encodeRle({
      ...size,
      data: Uint8Array.from({ length: 64 }, (_, index) => (index > 40 ? 1 : 0)),
    });
    state().setFrameMasks('prompted', 0, [
      [one, { ...maskOf(10), rle: pixels(10) }],
      [two, { ...maskOf(23), rle: elsewhere }],
    ]);
    const pairsWith = async (choice: LabelChoice): Promise<unknown> => {
      await comparison.importReference([file]);
      await comparison.finishReference(asShown({ labels: new Map([['k', choice]]) }));
      return comparedSets(state())?.pairs.map(({ a }) => a);
    };
    expect(await pairsWith({ kind: 'existing', objectId: two })).toEqual([two]);
    expect(await pairsWith({ kind: 'new' })).toEqual([one]);
    const known = state().references;
    expect(known.map(({ labels }) => labels.map(({ name }) => name))).toEqual([['dye'], ['dye']]);
    // Leaving the only label out leaves nothing to compare with.
    await pairsWith({ kind: 'skip' });
    expect(state().references).toBe(known);
    expect(state().labels.map(({ name }) => name)).toEqual(['label 1', 'label 2']);
  });

  it('is scaled to the footage, or left out', async () => {
    const small = { size: { width: 4, height: 4 }, masks: [{ key: 'k', rle: pixels(4) }] };
    const { state, comparison, importer } = started(reading([small]));
    await comparison.importReference([file]);
    await comparison.finishReference(asShown({ isScaled: false }));
    expect(state().references).toEqual([]);
    await comparison.importReference([file]);
    expect(importer.scale).not.toHaveBeenCalled();
    await comparison.finishReference(asShown());
    expect(importer.scale).toHaveBeenCalledOnce();
    const [track] = state().references[0]!.tracks.values();
    expect(track!.prompted.get(0)?.areaPx).toBe(16);
  });

  it('of several loose files is called after the first and the last', async () => {
    const { state, comparison } = started(reading([{ masks: [{ key: 'k', rle: pixels(4) }] }]));
    const loose = ['m10.png', 'm2.png'].map((path) => ({ file: new File([], path), path }));
    await comparison.importReference(loose);
    await comparison.finishReference(asShown());
    expect(state().references).toMatchObject([{ name: 'm2.png – m10.png' }]);
  });

  it('without a frame in the footage is told of, and nothing changes', async () => {
    const { state, comparison } = started(reading([]));
    await comparison.importReference([file]);
    await comparison.finishReference(asShown());
    expect(state()).toMatchObject({ references: [], referenceImport: null });
    const last = state().messages.at(-1);
    expect(last?.kind === 'error' && last.message.what).toContain('truth.json');
  });

  it('that is given up leaves nothing', async () => {
    const { state, comparison } = started(reading([{ masks: [{ key: 'k', rle: pixels(4) }] }]));
    const reading1 = comparison.importReference([file]);
    expect(state().referenceImport).toEqual({ kind: 'working', name: 'truth.json', fraction: null });
    comparison.cancelReference();
    await reading1;
    expect(state()).toMatchObject({ references: [], referenceImport: null });
  });

  it('is on show no longer once other footage is open', async () => {
    const { state, comparison } = started(reading([{ masks: [{ key: 'k', rle: pixels(4) }] }]));
    await comparison.importReference([file]);
    state().replaceFootage(footage());
    await comparison.finishReference(asShown());
    expect(state()).toMatchObject({ references: [], referenceImport: null });
  });
});
