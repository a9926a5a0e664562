/** Thousands of random edits, undos, redos and reloads, against a plain model of deep copies. */
import { describe, expect, it } from 'vitest';
import { HISTORY_LIMIT } from '../state/history';
import { createMaskflowStore, type MaskflowStore } from '../state/store';
import { travelHistory } from '../state/travelHistory';
import { footage } from './__fixtures__/appFixtures';
import { FRAMES, PlainHistory, plainOf } from './__fixtures__/plainAnnotation';
import { operations, pictureSize, type World } from './__fixtures__/randomOperations';
import { reload } from './__fixtures__/reloadStore';

const clip = footage({
  ...pictureSize,
  frameTable: {
    timestampsSec: Float64Array.from({ length: FRAMES }, (_, i) => i / 10),
    lastDurationSec: 0.1,
  },
});

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function freshStore(): MaskflowStore {
  let now = 0;
  // Far apart, so that no two changes of one prompt become one step.
  const store = createMaskflowStore(() => (now += 10_000));
  store.getState().replaceFootage(clip);
  store.temporal.getState().clear();
  return store;
}

/** Compares store and model, then undoes everything and compares each state on the way. */
function play(seed: number, steps: number, mayReload: boolean): Map<string, number> {
  const store = freshStore();
  const world: World = {
    store,
    model: new PlainHistory(plainOf(store.getState()), HISTORY_LIMIT),
    below: randomOf(seed),
  };
  const names = Object.keys(operations);
  const done = new Map<string, number>();
  const agree = (what: string): void => {
    const { pastStates, futureStates } = world.store.temporal.getState();
    expect(plainOf(world.store.getState()), what).toEqual(world.model.present);
    expect([pastStates.length, futureStates.length], what).toEqual([
      world.model.past.length,
      world.model.future.length,
    ]);
  };
  const travel = (way: 'undo' | 'redo'): void => {
    travelHistory(world.store, way);
    world.model.travel(way);
  };
  for (let step = 0; step < steps; step += 1) {
    const kind = world.below(100);
    let name = kind < 20 ? 'undo' : kind < 32 ? 'redo' : names[world.below(names.length)]!;
    if (name === 'undo' || name === 'redo') {
      travel(name);
    } else if (kind === 99 && mayReload) {
      name = 'reload';
      const fresh = freshStore();
      reload(world.store, fresh, clip);
      world.store = fresh;
      world.model.clear();
    } else {
      operations[name]!(world);
    }
    done.set(name, (done.get(name) ?? 0) + 1);
    agree(`seed ${seed}, step ${step}: ${name}`);
  }
  const most = world.model.past.length;
  while (world.model.past.length > 0) {
    travel('undo');
    agree(`seed ${seed}, taking everything back`);
  }
  while (world.model.future.length > 0) {
    travel('redo');
    agree(`seed ${seed}, making everything again`);
  }
  if (!mayReload) {
    expect(most).toBe(HISTORY_LIMIT);
  }
  return done;
}

describe('random edits', () => {
  it.each([1, 2, 3, 4, 5, 6])('and reloads agree with the plain model, with seed %i', (seed) => {
    const done = play(seed, 600, true);
    expect([...done.keys()].toSorted()).toEqual(
      [...Object.keys(operations), 'redo', 'reload', 'undo'].toSorted(),
    );
  });

  it.each([7, 8])('fill the history and agree beyond its end, with seed %i', (seed) => {
    const done = play(seed, 1200, false);
    expect([...done.values()].reduce((sum, count) => sum + count, 0)).toBe(1200);
  });
});
