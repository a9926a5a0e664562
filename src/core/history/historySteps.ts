/** All steps that can be taken back or made again, by name. */
import { describeStep, type HistorySnapshot } from './describeStep';

export type HistoryStep = {
  readonly name: string;
  /** How far the present is from the state after this step: 0 for the last one made, negative for those before it. */
  readonly distance: number;
};

/** Snapshots are immutable, and two of them lie side by side for as long as they last. */
const names = new WeakMap<HistorySnapshot, WeakMap<HistorySnapshot, string>>();

function remembered(before: HistorySnapshot, after: HistorySnapshot): string {
  const known = names.get(before) ?? new WeakMap<HistorySnapshot, string>();
  const name = known.get(after) ?? describeStep(before, after);
  names.set(before, known.set(after, name));
  return name;
}

/**
 * Oldest first. `past` are the states before each step that can be taken back, oldest first; `future` the states that
 * redoing leads to, the nearest one last.
 */
export function historySteps(
  past: readonly HistorySnapshot[],
  present: HistorySnapshot,
  future: readonly HistorySnapshot[],
): HistoryStep[] {
  const states = [...past, present, ...future.toReversed()];
  return states.slice(1).map((after, index) => ({
    name: remembered(states[index]!, after),
    distance: index + 1 - past.length,
  }));
}
