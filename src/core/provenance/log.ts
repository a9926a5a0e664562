/** The log of a project: what was done to it, in order, and what is still in force. */
import type { ObjectId } from '../base/ids';
import type { DisplayAdjustments } from '../display/displayAdjustments';
import type { Provider } from '../engine/engineInfo';
import type { ModelFile } from '../models/modelFile';
import type { Box } from '../geometry/box';
import type { LabelRole } from '../label/label';
import type { LoggedModel } from '../models/modelStatus';
import type { PropagationEngineId } from '../segment/segmentation';
import type { CleanupRanges } from '../track/cleanupRules';
import type { Cue, MaskEdit } from '../track/maskTrack';
import type { ThresholdRanges } from '../track/thresholdRanges';

/** What drew masks at the time: the app, the model, and what it ran on. */
export type Environment = {
  readonly appVersion: string;
  /** Commit the app was built from; null when the build did not know. */
  readonly appCommit: string | null;
  readonly modelName: string;
  readonly modelFiles: readonly ModelFile[];
  /** Where its weights came from; left out for the model that comes with the app. */
  readonly model?: LoggedModel;
  readonly provider: Provider;
  readonly adapter: string | null;
  readonly threads: number;
  /** Why it did not run on anything better, in words; left out where it did. */
  readonly fallbackReason?: string;
};

export type LoggedLabel = { readonly objectId: ObjectId; readonly name: string; readonly role: LabelRole };

/** A prompt in source pixels. The mask of a mask prompt is named by its hash. */
export type LoggedPrompt =
  | {
      readonly kind: 'point';
      readonly objectId: ObjectId;
      readonly label: 0 | 1;
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'sharedPoint'; readonly x: number; readonly y: number }
  | { readonly kind: 'box'; readonly objectId: ObjectId; readonly box: Box }
  | { readonly kind: 'mask'; readonly objectId: ObjectId; readonly hash: number };

/** Masks of one label made by hand in one step, a column for each thing known: frame, hash (maskHash) and area. */
export type LoggedMasks = {
  readonly objectId: ObjectId;
  readonly edit: MaskEdit;
  readonly frames: readonly number[];
  readonly hashes: readonly number[];
  readonly areasPx: readonly number[];
};

/** Both frames included; `fromFrame` <= `toFrame`. */
export type FrameStretch = { readonly fromFrame: number; readonly toFrame: number };

export type LabelFrames = { readonly objectId: ObjectId; readonly frames: readonly number[] };

/** How an engine was asked to draw. */
export type RunParameters = {
  readonly method:
    | {
        readonly kind: 'propagate';
        readonly engine: PropagationEngineId;
        readonly direction: 'forward' | 'backward' | 'both';
        readonly extent: 'untilPrompted' | 'wholeRange';
        readonly fromFrame: number;
        /** Shorter side, px, of the frames as XMem saw them; null: as in the file; left out for other engines. */
        readonly shortSidePx?: number | null;
      }
    | { readonly kind: 'refine'; readonly prompt: 'boxAndMask' | 'box' };
  readonly range: { readonly inFrame: number; readonly outFrame: number };
  readonly objectIds: readonly ObjectId[];
  /** Frames whose masks the run took as true. */
  readonly annotatedFrames: readonly number[];
  /** How the pictures were changed for the model; null: as they are in the file. */
  readonly adjustments: DisplayAdjustments | null;
  /** The model of the shelf that drew; left out where none but the environment's did. */
  readonly model?: LoggedModel;
};

/** While a run is under way, what it has drawn so far, as `stopped`: what it is when the page goes before its end. */
export type RunResult = {
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly drawn: readonly FrameStretch[];
  /** On how many of its masks each cue drew the outline. */
  readonly cues: Readonly<Partial<Record<Cue, number>>>;
  readonly seconds: number;
};

export type Action =
  /** All prompts that these frames have after the step. */
  | {
      readonly kind: 'prompts';
      readonly frames: readonly { readonly frameIndex: number; readonly prompts: readonly LoggedPrompt[] }[];
    }
  | { readonly kind: 'sharedPoints'; readonly isOn: boolean }
  /** Masks put in place by hand or from files; `changedPx` counts pixels that are others than before. */
  | { readonly kind: 'edit'; readonly masks: readonly LoggedMasks[]; readonly changedPx: number }
  /** Annotated masks taken away. */
  | { readonly kind: 'clear'; readonly masks: readonly LabelFrames[] }
  /** Guesses taken as true. */
  | { readonly kind: 'accept'; readonly masks: readonly LabelFrames[] }
  | {
      readonly kind: 'run';
      readonly run: number;
      readonly parameters: RunParameters | null;
      /** Null before its first frame. */
      readonly result: RunResult | null;
    }
  /** The propagated masks of a stretch became what they were before run `beforeRun`. */
  | (FrameStretch & { readonly kind: 'restore'; readonly run: number; readonly beforeRun: number })
  /** The propagated masks of a stretch became those of a study's method, which was kept as version `version`. */
  | (FrameStretch & {
      readonly kind: 'studyResult';
      readonly run: number;
      readonly version: number;
      /** As the version is called: `Study: Memory`. */
      readonly name: string;
      readonly objectIds: readonly ObjectId[];
    })
  | { readonly kind: 'labels'; readonly labels: readonly LoggedLabel[] }
  | {
      readonly kind: 'rules';
      readonly objectId: ObjectId;
      readonly thresholds: ThresholdRanges;
      readonly cleanup: CleanupRanges;
    }
  | { readonly kind: 'range'; readonly inFrame: number; readonly outFrame: number };

export type LogEntry = {
  readonly id: number;
  /** The entry that was the last one in force when this one was made; null for the first. */
  readonly parent: number | null;
  /** Milliseconds since 1970, UTC. */
  readonly atMs: number;
  /** As the history calls the step: `Brush, frame 3`. */
  readonly name: string;
  /** Place in the log's environments; null while no engine was ready. */
  readonly environment: number | null;
  readonly actions: readonly Action[];
};

export type ProvenanceLog = {
  readonly environments: readonly Environment[];
  /** Everything that was done, also what was taken back, ascending by id. */
  readonly entries: readonly LogEntry[];
  /** How many of the oldest entries were let go to keep the log small. */
  readonly droppedEntries: number;
};

export const emptyLog: ProvenanceLog = { environments: [], entries: [], droppedEntries: 0 };

/** Beyond this the oldest entries go, those that were taken back first. */
export const MAX_ENTRIES = 4000;

/**
 * The entries still in force, oldest first: those that lead to `head`. Undo moves the head back, and what is done then
 * goes on from there, so that what was taken back is in the log but on no way to the head.
 */
export function entriesInForce(log: ProvenanceLog, head: number | null): LogEntry[] {
  const byId = new Map(log.entries.map((entry) => [entry.id, entry]));
  const found: LogEntry[] = [];
  for (let entry = head === null ? undefined : byId.get(head); entry;) {
    found.push(entry);
    entry = entry.parent === null ? undefined : byId.get(entry.parent);
  }
  return found.toReversed();
}

/** The log with an entry more, or with a newer form of one it has. */
export function withEntry(
  log: ProvenanceLog,
  entry: LogEntry,
  head: number | null,
  maxEntries = MAX_ENTRIES,
): ProvenanceLog {
  const kept = log.entries.filter(({ id }) => id !== entry.id);
  const entries = [...kept, entry].toSorted((a, b) => a.id - b.id);
  return capped({ ...log, entries }, head, maxEntries);
}

function capped(log: ProvenanceLog, head: number | null, maxEntries: number): ProvenanceLog {
  const excess = log.entries.length - maxEntries;
  if (excess <= 0) {
    return log;
  }
  const inForce = new Set(entriesInForce(log, head).map(({ id }) => id));
  const takenBack = log.entries.filter(({ id }) => !inForce.has(id));
  const others = log.entries.filter(({ id }) => inForce.has(id));
  const gone = new Set([...takenBack, ...others].slice(0, excess).map(({ id }) => id));
  return {
    ...log,
    entries: log.entries.filter(({ id }) => !gone.has(id)),
    droppedEntries: log.droppedEntries + gone.size,
  };
}

/** The place of an environment in the log, and the log with it. */
export function withEnvironment(log: ProvenanceLog, environment: Environment): [ProvenanceLog, number] {
  const key = JSON.stringify(environment);
  const known = log.environments.findIndex((entry) => JSON.stringify(entry) === key);
  return known >= 0
    ? [log, known]
    : [{ ...log, environments: [...log.environments, environment] }, log.environments.length];
}

/** Frames as stretches without gaps, ascending. */
export function stretchesOf(frames: Iterable<number>): FrameStretch[] {
  const stretches: { fromFrame: number; toFrame: number }[] = [];
  for (const frame of [...new Set(frames)].toSorted((a, b) => a - b)) {
    const last = stretches.at(-1);
    if (last && last.toFrame + 1 === frame) {
      last.toFrame = frame;
    } else {
      stretches.push({ fromFrame: frame, toFrame: frame });
    }
  }
  return stretches;
}

/** Stretches as `stretchesOf` makes them, with a frame more; quick for frames that come one after the other. */
export function withFrame(stretches: readonly FrameStretch[], frame: number): readonly FrameStretch[] {
  if (isInStretches(stretches, frame)) {
    return stretches;
  }
  const before = stretches.find(({ toFrame }) => toFrame + 1 === frame);
  const after = stretches.find(({ fromFrame }) => fromFrame - 1 === frame);
  const joined = { fromFrame: before?.fromFrame ?? frame, toFrame: after?.toFrame ?? frame };
  const others = stretches.filter((stretch) => stretch !== before && stretch !== after);
  return [...others, joined].toSorted((a, b) => a.fromFrame - b.fromFrame);
}

export function isInStretches(stretches: readonly FrameStretch[], frame: number): boolean {
  return stretches.some(({ fromFrame, toFrame }) => fromFrame <= frame && frame <= toFrame);
}
