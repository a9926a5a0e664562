/** What the interface may ask about comparing; the work behind it is loaded when it is first asked for. */
import type { ImportOrder } from '../../core/import/planImport';
import type { MaskflowStore } from '../../state/store';
import type { InputFile } from '../inputFile';
import type { Services } from '../services';

export interface ComparisonApp {
  /**
   * Scores the frames of the in/out range that have no score yet, and from then on those whose masks change, until
   * `stop`. What was chosen to be compared may change meanwhile.
   */
  score(): Promise<void>;
  /** Stops scoring; scores that are there stay. */
  stop(): Promise<void>;
  /** Reads files with masks to compare with and shows what they hold; nothing changes before `finishReference`. */
  importReference(files: readonly InputFile[]): Promise<void>;
  /** Makes a reference of what is on show: one step of undo, and no track changes. */
  finishReference(order: ImportOrder): Promise<void>;
  /** Stops reading, or closes what is on show. */
  cancelReference(): Promise<void>;
}

type Loaded = { [Name in keyof ComparisonApp]: (...args: Parameters<ComparisonApp[Name]>) => unknown };

/** Nothing is loaded before the first call. */
export function comparisonOf(
  store: MaskflowStore,
  services: Pick<Services, 'comparer' | 'importer'>,
): ComparisonApp {
  let loading: Promise<Loaded> | null = null;
  const loaded = (): Promise<Loaded> =>
    (loading ??= import('./comparison').then(({ startComparison }) => startComparison(store, services)));
  return {
    score: async () => void (await loaded()).score(),
    stop: async () => void (await loaded()).stop(),
    importReference: async (files) => void (await (await loaded()).importReference(files)),
    finishReference: async (order) => void (await (await loaded()).finishReference(order)),
    cancelReference: async () => void (await loaded()).cancelReference(),
  };
}
