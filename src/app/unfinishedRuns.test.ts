/** A run that a closed page cut short: what is written down of it, and how it is gone on with. */
import { describe, expect, it } from 'vitest';
import type { LabelPrompts } from '../workers/segment/segmentProtocol';
import {
  footage,
  maskOf,
  nextTurn,
  one,
  ready,
  steppedPropagator,
  timings,
} from './__fixtures__/appFixtures';
import { MaskRun } from './maskRun';
import { keptSettings, readSettings } from './projects/keptSettings';
import { planOf } from './runUseCases';
import { UnfinishedRuns } from './unfinishedRuns';

function started(store = ready()) {
  const segment = {
    ...steppedPropagator(),
    predict: async (frameIndex: number, _labels: readonly LabelPrompts[]) => ({
      frameIndex,
      timings,
      masks: [],
    }),
  };
  const run = new MaskRun(store, async () => undefined);
  const runs = new UnfinishedRuns(store, (order) =>
    run.start(order.kind, () => planOf(store, segment, order)),
  );
  return { store, run, runs, segment };
}

const bothWays = { kind: 'propagate', direction: 'both', extent: 'wholeRange' } as const;

/** The state as it is saved in the middle of a run from frame 4, once frame `untilFrame` is drawn. */
async function cutShortAt(untilFrame: number) {
  const { store, run, runs } = started();
  store.getState().setFrameMasks('prompted', 4, [[one, maskOf(60)]]);
  store.getState().seek(4);
  const running = runs.run(bothWays);
  while (store.getState().unfinishedRun?.lastFrame !== untilFrame) {
    await nextTurn();
  }
  const saved = { settings: keptSettings(store.getState()), tracks: store.getState().tracks };
  run.stop();
  await running;
  return { saved, store };
}

describe('UnfinishedRuns', () => {
  it('keeps what is under way with the project, and forgets it at the end', async () => {
    const { saved, store } = await cutShortAt(6);
    expect(saved.settings['unfinishedRun']).toMatchObject({ order: bothWays, startFrame: 4, lastFrame: 6 });
    expect(store.getState().unfinishedRun).toBeNull();
  });

  it('goes on where it ended, and then the other way', async () => {
    const { saved } = await cutShortAt(6);
    const { store, runs, segment } = started();
    store.setState({ tracks: saved.tracks, ...readSettings(JSON.parse(JSON.stringify(saved.settings))) });
    await runs.goOn();
    expect(segment.requests.map(({ startFrame, endFrame }) => [startFrame, endFrame])).toEqual([
      [6, 9],
      [4, 0],
    ]);
    expect([...(store.getState().tracks.get(one)?.propagated.keys() ?? [])].toSorted()).toEqual([
      0, 1, 2, 3, 5, 6, 7, 8, 9,
    ]);
    expect(store.getState().unfinishedRun).toBeNull();
  });

  it('does not turn back after it was stopped', async () => {
    const { saved } = await cutShortAt(6);
    const { store, run, runs, segment } = started();
    store.setState({ tracks: saved.tracks, ...readSettings(saved.settings) });
    const going = runs.goOn();
    await nextTurn();
    run.stop();
    await going;
    expect(segment.requests).toHaveLength(1);
  });

  it('leaves alone what came with another project meanwhile', async () => {
    const { saved } = await cutShortAt(6);
    const { store, runs } = started();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    const running = runs.run({ kind: 'propagate', direction: 'forward', extent: 'wholeRange' });
    await nextTurn();
    store.getState().replaceFootage(footage());
    store.setState(readSettings(saved.settings));
    await running;
    expect(store.getState().unfinishedRun).toMatchObject({ lastFrame: 6 });
  });
});
