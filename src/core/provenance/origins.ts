/** Where each present mask came from: the log read together with the masks. */
import type { ObjectId } from '../base/ids';
import { maskAt, type FrameMask, type MaskEdit, type Tracks } from '../track/maskTrack';
import { cleanupRangeAt } from '../track/cleanupRules';
import { thresholdAt } from '../track/thresholdRanges';
import { isInStretches, type Action, type FrameStretch, type LogEntry, type LoggedPrompt } from './log';
import { labelsWithOtherPrompts } from './ownPrompts';

/**
 * `prompts`: drawn by SAM from prompts; `accepted`: a guess that the user took as true; `study`: a guess that a method
 * drew in a study.
 */
export type MaskSourceName = 'prompts' | 'accepted' | 'propagated' | 'refined' | 'study' | MaskEdit;

export type MaskOrigin = {
  readonly frameIndex: number;
  readonly objectId: ObjectId;
  readonly source: MaskSourceName;
  /** Id of the log entry that made it; null where the log does not reach back. */
  readonly entry: number | null;
  /** Number of the run that drew it; null when no run did. */
  readonly run: number | null;
  /** Of a mask that was redrawn: the id of the entry that had propagated it; null where the log does not tell. */
  readonly redrawnFrom: number | null;
  /** Probability at which the mask is cut now; 0.5 is the drawing. */
  readonly threshold: number;
  /** Whether a clean-up rule holds for it now. */
  readonly isCleaned: boolean;
  readonly mask: FrameMask;
};

type RunAction = Extract<Action, { kind: 'run' }>;
type StudyAction = Extract<Action, { kind: 'studyResult' }>;
type Drawn = {
  readonly entry: LogEntry;
  readonly action: RunAction | StudyAction;
  /** Of a mask that was redrawn: what had drawn the one before it. */
  readonly over?: Drawn;
};

/** What the log says of single masks; keys are `<object id> <frame>`. */
export type LogTrace = {
  /** The run that drew the propagated mask, or the step that took it from a study. */
  readonly drawnBy: ReadonlyMap<string, Drawn>;
  /** The step that annotated the mask last. */
  readonly annotatedBy: ReadonlyMap<string, LogEntry>;
  /** Masks that were annotated by prompts or by hand where a run had drawn one before. */
  readonly corrected: ReadonlySet<string>;
};

export function maskKey(objectId: ObjectId, frameIndex: number): string {
  return `${objectId} ${frameIndex}`;
}

/** Follows the entries in force, oldest first. */
export function traceLog(entries: readonly LogEntry[]): LogTrace {
  const needed = new Set(
    entries.flatMap(({ actions }) => actions.flatMap((a) => (a.kind === 'restore' ? [a.beforeRun] : []))),
  );
  const saved = new Map<number, Map<string, Drawn>>();
  let drawnBy = new Map<string, Drawn>();
  const annotatedBy = new Map<string, LogEntry>();
  const corrected = new Set<string>();
  const prompts = new Map<number, readonly LoggedPrompt[]>();
  const annotate = (key: string, entry: LogEntry, isCorrection: boolean): void => {
    annotatedBy.set(key, entry);
    if (isCorrection && drawnBy.has(key)) {
      corrected.add(key);
    }
  };
  for (const entry of entries) {
    for (const action of entry.actions) {
      const isRun = action.kind === 'run' || action.kind === 'restore' || action.kind === 'studyResult';
      if (isRun && needed.has(action.run)) {
        saved.set(action.run, new Map(drawnBy));
      }
      if (action.kind === 'run') {
        runKeys(action).forEach((key) => drawnBy.set(key, drawnOver(drawnBy.get(key), entry, action)));
      } else if (action.kind === 'studyResult') {
        stretchKeys(action.objectIds, [action]).forEach((key) => drawnBy.set(key, { entry, action }));
      } else if (action.kind === 'restore') {
        drawnBy = restored(drawnBy, saved.get(action.beforeRun) ?? new Map(), action);
      } else {
        annotatedKeys(action, prompts).forEach((key) => annotate(key, entry, action.kind !== 'accept'));
      }
    }
  }
  return { drawnBy, annotatedBy, corrected };
}

/** Redrawing is told together with what was redrawn: at first hand, so that chains stay short. */
function drawnOver(before: Drawn | undefined, entry: LogEntry, action: RunAction): Drawn {
  const isRedrawn = action.parameters?.method.kind === 'refine';
  const over = before?.over ?? before;
  return isRedrawn && over ? { entry, action, over } : { entry, action };
}

function runKeys({ parameters, result }: RunAction): string[] {
  return stretchKeys(parameters?.objectIds ?? [], result?.drawn ?? []);
}

function stretchKeys(objectIds: readonly ObjectId[], stretches: readonly FrameStretch[]): string[] {
  return objectIds.flatMap((objectId) =>
    stretches.flatMap(({ fromFrame, toFrame }) =>
      Array.from({ length: toFrame - fromFrame + 1 }, (_, step) => maskKey(objectId, fromFrame + step)),
    ),
  );
}

function restored(
  now: ReadonlyMap<string, Drawn>,
  then: ReadonlyMap<string, Drawn>,
  stretch: { readonly fromFrame: number; readonly toFrame: number },
): Map<string, Drawn> {
  const isInside = (key: string): boolean => isInStretches([stretch], Number(key.split(' ')[1]));
  return new Map([
    ...[...now].filter(([key]) => !isInside(key)),
    ...[...then].filter(([key]) => isInside(key)),
  ]);
}

/** Remembers in `known` the prompts that frames have. */
function annotatedKeys(action: Action, known: Map<number, readonly LoggedPrompt[]>): string[] {
  switch (action.kind) {
    case 'edit':
    case 'accept':
      return action.masks.flatMap(({ objectId, frames }) => frames.map((frame) => maskKey(objectId, frame)));
    case 'prompts':
      return action.frames.flatMap(({ frameIndex, prompts }) => {
        const changed = labelsWithOtherPrompts(known.get(frameIndex) ?? [], prompts);
        known.set(frameIndex, prompts);
        return changed.map((objectId) => maskKey(objectId, frameIndex));
      });
    default:
      return [];
  }
}

/** One for each mask that counts, label after label, ascending by frame. */
export function maskOrigins(entries: readonly LogEntry[], tracks: Tracks): MaskOrigin[] {
  const { drawnBy, annotatedBy } = traceLog(entries);
  return [...tracks.values()].flatMap((track) => {
    const frames = new Set([...track.prompted.keys(), ...track.propagated.keys()]);
    return [...frames]
      .toSorted((a, b) => a - b)
      .map((frameIndex): MaskOrigin => {
        const { mask, source } = maskAt(track, frameIndex)!;
        const key = maskKey(track.objectId, frameIndex);
        const drawn = drawnBy.get(key);
        const isDrawn = source === 'propagated' || (mask.isAccepted && !mask.edit);
        const made = source === 'propagated' ? drawn?.entry : annotatedBy.get(key);
        return {
          frameIndex,
          objectId: track.objectId,
          source: sourceName(mask, source === 'propagated', drawn),
          entry: made?.id ?? null,
          run: isDrawn && drawn?.action.kind === 'run' ? drawn.action.run : null,
          redrawnFrom: isDrawn ? (drawn?.over?.entry.id ?? null) : null,
          threshold: thresholdAt(track.thresholds, frameIndex),
          isCleaned: !mask.edit && cleanupRangeAt(track.rules, frameIndex) !== null,
          mask,
        };
      });
  });
}

function sourceName(mask: FrameMask, isPropagated: boolean, drawn: Drawn | undefined): MaskSourceName {
  if (isPropagated) {
    if (drawn?.action.kind === 'studyResult') {
      return 'study';
    }
    return drawn?.action.parameters?.method.kind === 'refine' ? 'refined' : 'propagated';
  }
  return mask.edit ?? (mask.isAccepted ? 'accepted' : 'prompts');
}
