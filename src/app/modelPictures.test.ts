/** The engine is shown adjusted pictures only where the user wants it, when nothing runs, and once for each change. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { neutralAdjustments, type DisplayAdjustments } from '../core/display/displayAdjustments';
import { ready } from './__fixtures__/appFixtures';
import { startShowingModel } from './modelPictures';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function harness() {
  const store = ready();
  const told: (DisplayAdjustments | null)[] = [];
  startShowingModel(store, { setAdjustments: (next) => void told.push(next) }, async () => undefined);
  return { store, told };
}

it('tells nothing while the switch is off, and the resting value when it is on', async () => {
  const { store, told } = harness();
  store.getState().setAdjustments({ gamma: 2 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([]);
  store.getState().setForModel(true);
  for (const contrast of [1.1, 1.2, 1.3]) {
    store.getState().setAdjustments({ contrast });
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([{ ...neutralAdjustments, gamma: 2, contrast: 1.3 }]);
  store.getState().setForModel(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.at(-1)).toBeNull();
});

it('waits for the end of a run, and forgets what was taken back meanwhile', async () => {
  const { store, told } = harness();
  const run = {
    kind: 'propagate',
    framesDone: 0,
    frameCount: 9,
    lastFrame: null,
    framesPerSec: null,
    secondsLeft: null,
    state: 'running',
  } as const;
  store.getState().setPropagation(run);
  store.getState().setForModel(true);
  store.getState().setAdjustments({ brightness: 0.5 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([]);
  store.getState().setPropagation(null);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(1);
  store.getState().setAdjustments({ brightness: 0.6 });
  store.getState().setAdjustments({ brightness: 0.5 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(1);
});

it.each([
  [
    'study',
    {
      studyJob: {
        method: 'SAM',
        methodsDone: 0,
        methodCount: 1,
        framesDone: 0,
        frameCount: 9,
        secondsLeft: null,
        isStopping: false,
      },
    },
  ],
  ['replay', { replayJob: { step: '', done: 0, total: 1, secondsLeft: null } }],
])('waits for the end of a %s', async (_name, job) => {
  const { store, told } = harness();
  store.getState().setStudyData(job);
  store.getState().setForModel(true);
  store.getState().setAdjustments({ gamma: 2 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([]);
  store.getState().setStudyData({ studyJob: null, replayJob: null });
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toEqual([{ ...neutralAdjustments, gamma: 2 }]);
});

it('goes back to the plain pictures with other footage', async () => {
  const { store, told } = harness();
  store.getState().setForModel(true);
  store.getState().setAdjustments({ gamma: 2 });
  await vi.advanceTimersByTimeAsync(1000);
  store.getState().replaceFootage(store.getState().footage!);
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.at(-1)).toBeNull();
});
