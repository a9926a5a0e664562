/** The numbers that a paper tells of how masks were made, counted from the masks and the log. */
import type { Label } from '../label/label';
import { isNeutral, type DisplayAdjustments } from '../display/displayAdjustments';
import type { LoggedModel } from '../models/modelStatus';
import type { Prompt } from '../prompt/prompt';
import type { PropagationEngineId } from '../segment/segmentation';
import type { Tracks } from '../track/maskTrack';
import {
  entriesInForce,
  type Environment,
  type LogEntry,
  type ProvenanceLog,
  type RunParameters,
} from './log';
import { promptingModelAt } from './promptingModelAt';
import { maskKey, maskOrigins, traceLog, type MaskOrigin, type MaskSourceName } from './origins';

export type MethodsInput = {
  readonly footage: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly frameCount: number;
    /** Frames per second; null when they are unevenly spaced. */
    readonly frameRate: number | null;
  };
  readonly labels: readonly Label[];
  readonly prompts: readonly Prompt[];
  readonly useSharedPoints: boolean;
  readonly tracks: Tracks;
  readonly log: ProvenanceLog;
  readonly head: number | null;
  /** What would draw now; stands in where the log names nothing. */
  readonly environment: Environment | null;
  /** How pictures are changed for the model now; null: as they are. */
  readonly adjustments: DisplayAdjustments | null;
};

/** `shortSidePx`: how large it saw the frames; null: as they are; left out where there is no choice. */
export type UsedModel = LoggedModel & { readonly shortSidePx?: number | null };

/** Masks of one kind, and the frames they lie on. */
export type Counted = { readonly frames: number; readonly masks: number };

export type MethodsFacts = {
  readonly footage: MethodsInput['footage'];
  readonly objects: readonly string[];
  readonly competitors: readonly string[];
  readonly hasVoid: boolean;
  readonly hasLocked: boolean;
  /** Frames on which objects have masks, the first and the last of them; null for none. */
  readonly masked: { readonly frames: number; readonly fromFrame: number; readonly toFrame: number } | null;
  /** Frames with at least one mask that was drawn from prompts or made or brought in by hand. */
  readonly handFrames: number;
  readonly bySource: Readonly<Partial<Record<MaskSourceName, Counted>>>;
  readonly prompts: {
    readonly boxes: number;
    readonly foreground: number;
    readonly background: number;
    readonly shared: number;
    readonly masks: number;
  };
  /** Names of the models that drew the masks from prompts; empty where the log does not tell. */
  readonly promptingModels: readonly string[];
  /** Steps of painting still in force. */
  readonly strokes: number;
  readonly corrected: Counted;
  readonly engines: readonly ({ readonly engine: PropagationEngineId | null } & Counted)[];
  /** `from`: the engine whose masks were redrawn; null where the log does not tell. */
  readonly refined: readonly ({
    readonly prompt: 'boxAndMask' | 'box';
    readonly from: PropagationEngineId | null;
  } & Counted)[];
  /** Masks taken from studies of methods, by what the log calls each: `Study: Memory`. */
  readonly studies: readonly ({ readonly name: string } & Counted)[];
  readonly thresholds: readonly {
    readonly label: string;
    readonly probability: number;
    readonly frames: number;
  }[];
  readonly cleanedMasks: number;
  readonly adjustments: DisplayAdjustments | null;
  readonly environments: readonly Environment[];
  /** Models of the shelf that propagated. */
  readonly models: readonly UsedModel[];
  readonly stepsInForce: number;
  readonly stepsTakenBack: number;
  readonly droppedEntries: number;
};

export function methodsFacts(input: MethodsInput): MethodsFacts {
  const { labels, log, head } = input;
  const entries = entriesInForce(log, head);
  // Competitors are no result: their masks would make the numbers of the objects' look larger.
  const objects = new Set(labels.flatMap(({ objectId, role }) => (role === 'object' ? [objectId] : [])));
  const origins = maskOrigins(entries, input.tracks).filter(({ objectId }) => objects.has(objectId));
  const names = (role: Label['role']): string[] =>
    labels.filter((label) => label.role === role).map(({ name }) => name);
  return {
    footage: input.footage,
    objects: names('object'),
    competitors: names('competitor'),
    hasVoid: names('void').length > 0,
    hasLocked: names('locked').length > 0,
    masked: maskedFrames(origins),
    handFrames: framesOf(origins.filter(({ source }) => isByHand(source))),
    bySource: bySource(origins),
    prompts: promptCounts(input),
    promptingModels: promptingModels(entries, log, origins),
    strokes: strokeCount(entries),
    corrected: correctedCount(entries, origins),
    engines: engineCounts(entries, origins),
    refined: refinedCounts(entries, origins),
    studies: studyCounts(entries, origins),
    thresholds: thresholdCounts(origins, labels),
    cleanedMasks: origins.filter(({ isCleaned }) => isCleaned).length,
    adjustments: input.adjustments && !isNeutral(input.adjustments) ? input.adjustments : null,
    environments: usedEnvironments(entries, log, input.environment),
    models: usedModels(entries, origins),
    stepsInForce: entries.length,
    stepsTakenBack: log.entries.length - entries.length,
    droppedEntries: log.droppedEntries,
  };
}

function isByHand(source: MaskSourceName): boolean {
  return (
    source !== 'propagated' &&
    source !== 'refined' &&
    source !== 'study' &&
    source !== 'accepted' &&
    source !== 'interpolated'
  );
}

function maskedFrames(origins: readonly MaskOrigin[]): MethodsFacts['masked'] {
  const frames = origins.map(({ frameIndex }) => frameIndex).toSorted((a, b) => a - b);
  const [fromFrame] = frames;
  return fromFrame === undefined
    ? null
    : { frames: framesOf(origins), fromFrame, toFrame: frames.at(-1) ?? fromFrame };
}

function framesOf(origins: readonly MaskOrigin[]): number {
  return new Set(origins.map(({ frameIndex }) => frameIndex)).size;
}

function counted(origins: readonly MaskOrigin[]): Counted {
  return { frames: framesOf(origins), masks: origins.length };
}

function bySource(origins: readonly MaskOrigin[]): MethodsFacts['bySource'] {
  const sources = [...new Set(origins.map(({ source }) => source))];
  return Object.fromEntries(
    sources.map((source) => [source, counted(origins.filter((origin) => origin.source === source))]),
  );
}

/** Prompts that are there now; shared points only while they are switched on. */
function promptCounts({ prompts, useSharedPoints }: MethodsInput): MethodsFacts['prompts'] {
  const count = (isCounted: (prompt: Prompt) => boolean): number => prompts.filter(isCounted).length;
  return {
    boxes: count(({ kind }) => kind === 'box'),
    foreground: count((prompt) => prompt.kind === 'point' && prompt.label === 1),
    background: count((prompt) => prompt.kind === 'point' && prompt.label === 0),
    shared: useSharedPoints ? count(({ kind }) => kind === 'sharedPoint') : 0,
    masks: count(({ kind }) => kind === 'mask'),
  };
}

function promptingModels(
  entries: readonly LogEntry[],
  log: ProvenanceLog,
  origins: readonly MaskOrigin[],
): string[] {
  const frames = new Set(
    origins.flatMap((origin) => (origin.source === 'prompts' ? [origin.frameIndex] : [])),
  );
  return [...new Set([...frames].flatMap((frame) => promptingModelAt(log, entries, frame) ?? []))];
}

function strokeCount(entries: readonly LogEntry[]): number {
  return entries.filter(({ actions }) =>
    actions.some((action) => action.kind === 'edit' && action.masks.some(({ edit }) => edit === 'painted')),
  ).length;
}

/** Annotated masks that stand where a run had drawn one before. */
function correctedCount(entries: readonly LogEntry[], origins: readonly MaskOrigin[]): Counted {
  const { corrected } = traceLog(entries);
  return counted(
    origins.filter(
      ({ source, objectId, frameIndex }) => isByHand(source) && corrected.has(maskKey(objectId, frameIndex)),
    ),
  );
}

function engineCounts(entries: readonly LogEntry[], origins: readonly MaskOrigin[]): MethodsFacts['engines'] {
  const methods = methodsOf(entries);
  const engineOf = ({ entry }: MaskOrigin): PropagationEngineId | null => {
    const method = methods.get(entry);
    return method?.kind === 'propagate' ? method.engine : null;
  };
  const propagated = origins.filter(({ source }) => source === 'propagated');
  return [...new Set(propagated.map(engineOf))].map((engine) => ({
    engine,
    ...counted(propagated.filter((origin) => engineOf(origin) === engine)),
  }));
}

/** Those of the runs whose masks are still there, each once. */
function usedModels(entries: readonly LogEntry[], origins: readonly MaskOrigin[]): UsedModel[] {
  const drawing = new Set(
    origins.flatMap(({ source, entry, redrawnFrom }) =>
      source === 'propagated' ? [entry] : source === 'refined' ? [redrawnFrom] : [],
    ),
  );
  const used = entries
    .filter(({ id }) => drawing.has(id))
    .flatMap(({ actions }) =>
      actions.flatMap((action) => {
        const { model, method } = (action.kind === 'run' && action.parameters) || {};
        const hasSize = method?.kind === 'propagate' && method.shortSidePx !== undefined;
        return model ? [hasSize ? { ...model, shortSidePx: method.shortSidePx } : model] : [];
      }),
    );
  return [...new Map(used.map((model) => [JSON.stringify(model), model])).values()];
}

function refinedCounts(
  entries: readonly LogEntry[],
  origins: readonly MaskOrigin[],
): MethodsFacts['refined'] {
  const methods = methodsOf(entries);
  const promptOf = ({ entry }: MaskOrigin): 'boxAndMask' | 'box' | null => {
    const method = methods.get(entry);
    return method?.kind === 'refine' ? method.prompt : null;
  };
  const engineOf = ({ redrawnFrom }: MaskOrigin): PropagationEngineId | null => {
    const method = methods.get(redrawnFrom);
    return method?.kind === 'propagate' ? method.engine : null;
  };
  const refined = origins.filter(({ source }) => source === 'refined');
  return (['boxAndMask', 'box'] as const).flatMap((prompt) => {
    const ofPrompt = refined.filter((origin) => promptOf(origin) === prompt);
    return [...new Set(ofPrompt.map(engineOf))].map((from) => ({
      prompt,
      from,
      ...counted(ofPrompt.filter((origin) => engineOf(origin) === from)),
    }));
  });
}

function studyCounts(entries: readonly LogEntry[], origins: readonly MaskOrigin[]): MethodsFacts['studies'] {
  const names = new Map(
    entries.flatMap(({ id, actions }) =>
      actions.flatMap((action) => (action.kind === 'studyResult' ? [[id, action.name] as const] : [])),
    ),
  );
  const nameOf = ({ entry }: MaskOrigin): string => names.get(entry ?? 0) ?? '';
  const taken = origins.filter(({ source }) => source === 'study');
  return [...new Set(taken.map(nameOf))].map((name) => ({
    name,
    ...counted(taken.filter((origin) => nameOf(origin) === name)),
  }));
}

/** By the id of the entry; null is the id of none. */
function methodsOf(entries: readonly LogEntry[]): ReadonlyMap<number | null, RunParameters['method']> {
  return new Map(
    entries.flatMap(({ id, actions }) => {
      const run = actions.find((action) => action.kind === 'run');
      return run?.parameters ? [[id, run.parameters.method] as const] : [];
    }),
  );
}

function thresholdCounts(
  origins: readonly MaskOrigin[],
  labels: readonly Label[],
): MethodsFacts['thresholds'] {
  return labels.flatMap(({ objectId, name }) => {
    const own = origins.filter(
      (origin) => origin.objectId === objectId && origin.threshold !== 0.5 && origin.mask.soft !== undefined,
    );
    return [...new Set(own.map(({ threshold }) => threshold))].map((probability) => ({
      label: name,
      probability,
      frames: framesOf(own.filter(({ threshold }) => threshold === probability)),
    }));
  });
}

/** Of the steps that a model drew for; the one at hand when the log names none. */
function usedEnvironments(
  entries: readonly LogEntry[],
  { environments }: ProvenanceLog,
  present: Environment | null,
): readonly Environment[] {
  const places = new Set(
    entries.flatMap(({ environment, actions }) =>
      environment !== null && actions.some(({ kind }) => kind === 'run' || kind === 'prompts')
        ? [environment]
        : [],
    ),
  );
  const used = environments.filter((_, place) => places.has(place));
  return used.length > 0 ? used : present ? [present] : [];
}
