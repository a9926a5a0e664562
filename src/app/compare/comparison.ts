/** Comparing, put together: scoring, and references coming in. */
import type { ImportOrder } from '../../core/import/planImport';
import type { MaskflowStore } from '../../state/store';
import type { InputFile } from '../inputFile';
import type { Services } from '../services';
import { ReferenceImport } from './importReference';
import { Scorer } from './scorer';

export type Comparison = {
  score(): void;
  stop(): void;
  importReference(files: readonly InputFile[]): Promise<void>;
  finishReference(order: ImportOrder): Promise<void>;
  cancelReference(): void;
};

export function startComparison(
  store: MaskflowStore,
  { comparer, importer }: Pick<Services, 'comparer' | 'importer'>,
): Comparison {
  const scorer = new Scorer(store, comparer);
  const references = new ReferenceImport(store, importer);
  return {
    score: () => scorer.start(),
    stop: () => scorer.stop(),
    importReference: (files) => references.read(files),
    finishReference: (order) => references.commit(order),
    cancelReference: () => references.cancel(),
  };
}
