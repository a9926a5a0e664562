/** The preview's choices, and what the import would do with them. */
import { useMemo, useState } from 'react';
import type { GreyReading, ImportSource } from '../../core/import/importSource';
import {
  choicesFor,
  planImport,
  type ImportChoices,
  type ImportPlan,
  type ImportPurpose,
} from '../../core/import/planImport';
import { sourceOf, type ReadImport } from '../../core/import/readImport';
import { importTarget } from '../../state/importTarget';
import { useApp, useMaskflow } from '../hooks/useMaskflow';

export type ImportPreview = {
  readonly purpose: ImportPurpose;
  readonly source: ImportSource;
  readonly plan: ImportPlan;
  readonly choices: ImportChoices;
  readonly greyReading: GreyReading | null;
  readonly choose: (change: Partial<ImportChoices>) => void;
  readonly readGreys: (reading: GreyReading) => void;
};

/** Null while no footage is open. */
export function useImportPlan(read: ReadImport, purpose: ImportPurpose): ImportPreview | null {
  const { store } = useApp();
  const [choices, setChoices] = useState(() => choicesFor(purpose));
  const [greyReading, setGreyReading] = useState<GreyReading | null>(null);
  // What else changes while the dialog is open (the playhead, a run) has no say in the plan.
  const tracks = useMaskflow((state) => state.tracks);
  const labels = useMaskflow((state) => state.labels);
  const footage = useMaskflow((state) => state.footage);
  const target = useMemo(
    () => importTarget(store.getState(), purpose),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- tracks, labels and footage stand for the state that is read
    [store, purpose, tracks, labels, footage],
  );
  const stems = target?.frameStems;
  const source = useMemo(
    () => (stems ? sourceOf(read, stems, greyReading) : null),
    [read, stems, greyReading],
  );
  const plan = useMemo(
    () => (source && target ? planImport(source, target, choices) : null),
    [source, target, choices],
  );
  return (
    source &&
    plan && {
      purpose,
      source,
      plan,
      choices,
      greyReading,
      choose: (change) => setChoices((before) => ({ ...before, ...change })),
      // Other values are other labels: choices made for the old ones mean nothing.
      readGreys: (reading) => {
        setGreyReading(reading);
        setChoices((before) => ({ ...before, labels: new Map() }));
      },
    }
  );
}
