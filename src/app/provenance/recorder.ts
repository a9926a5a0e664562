/** Writes the log: an entry for every step of undo, following commits, undo and redo. */
import type { EngineInfo } from '../../core/engine/engineInfo';
import { describeStep } from '../../core/history/describeStep';
import {
  withEntry,
  withEnvironment,
  withFrame,
  type Action,
  type Environment,
  type LogEntry,
  type RunParameters,
  type RunResult,
} from '../../core/provenance/log';
import { stepActions } from '../../core/provenance/stepActions';
import type { Cue } from '../../core/track/maskTrack';
import { historyEntryOf, type HistoryEntry } from '../../state/history';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import type { HydratedModels } from '../../state/slices/modelsState';
import type { PropagatedFrame, RunReport } from '../../workers/segment/segmentProtocol';
import { runModel } from '../models/runModel';
import { appCommit, appVersion } from './appVersion';

/** Pointer work must not wait for the log: a step is worked out when it has rested this long. */
const REST_MS = 100;

/** The newest step, whose entry follows the state until the next one begins. */
type OpenStep = {
  readonly id: number;
  readonly parent: number | null;
  readonly atMs: number;
  /** What history keeps of the state before it: the same object as there. */
  readonly before: HistoryEntry;
  parameters: RunParameters | null;
};

type OpenRun = {
  readonly id: number;
  readonly startMs: number;
  drawn: RunResult['drawn'];
  readonly cues: Map<string, Cue | undefined>;
  readonly cueCounts: Map<Cue, number>;
};

/** What would draw now; null while no engine is ready. */
export function presentEnvironment({
  engine,
  hydratedModels,
}: Pick<MaskflowState, 'engine' | 'hydratedModels'>): Environment | null {
  if (engine.kind !== 'ready') {
    return null;
  }
  return environmentOf(engine.info, hydratedModels);
}

/** The weights are those that were loaded, which need not be the ones that lie here by now. */
function environmentOf(
  { modelName, modelFiles = [], provider, adapter, threads, modelId, loaded, fallbackReason }: EngineInfo,
  hydrated: HydratedModels,
): Environment {
  const model = loaded ?? (modelId && runModel(hydrated, modelId));
  return {
    appVersion,
    appCommit,
    modelName,
    modelFiles,
    ...(model ? { model } : {}),
    provider,
    adapter,
    threads,
    ...(fallbackReason === null ? {} : { fallbackReason }),
  };
}

export class ProvenanceRecorder {
  readonly #store: MaskflowStore;
  readonly #now: () => number;
  readonly #unsubscribe: readonly (() => void)[];
  #open: OpenStep | null = null;
  #run: OpenRun | null = null;
  #head: number | null;
  #top: HistoryEntry | null = null;
  #lastId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: MaskflowStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.#head = store.getState().provenanceHead;
    this.#unsubscribe = [
      store.temporal.subscribe(() => this.#followHistory()),
      store.subscribe((state, previous) => this.#notice(state, previous)),
    ];
  }

  /** Brings the newest entry up to date; call before the log is read. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#open) {
      this.#write(this.#open, historyEntryOf(this.#store.getState()));
    }
  }

  /** Tells what the run that has just begun was asked to do. */
  runBegan(parameters: RunParameters): void {
    if (this.#open) {
      this.#open.parameters = parameters;
      const startMs = this.#now();
      this.#run = { id: this.#open.id, startMs, drawn: [], cues: new Map(), cueCounts: new Map() };
      this.flush();
    }
  }

  /** Writes at once what has been drawn, so that a page that goes before the end of the run leaves it in the log. */
  runDrew({ frameIndex, masks, drawnBy }: PropagatedFrame): void {
    const run = this.#run;
    if (run) {
      if (drawnBy) {
        this.#noteEngine(run.id, drawnBy);
      }
      run.drawn = withFrame(run.drawn, frameIndex);
      masks.forEach(({ objectId, mask }) => countCue(run, `${objectId} ${frameIndex}`, mask.cue));
      this.#writeResult(run, 'stopped');
    }
  }

  runEnded(outcome: RunResult['outcome']): void {
    const run = this.#run;
    this.#run = null;
    if (run) {
      this.flush();
      this.#writeResult(run, outcome);
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#unsubscribe.forEach((end) => end());
  }

  #notice(state: MaskflowState, previous: MaskflowState): void {
    if (state.footage?.footageId !== previous.footage?.footageId) {
      // Its end comes later, when the log may be another project's.
      this.#run = null;
    }
    const hasChanged =
      state.labels !== previous.labels ||
      state.prompts !== previous.prompts ||
      state.lastEdit !== previous.lastEdit ||
      state.range !== previous.range;
    if (this.#open && hasChanged) {
      this.#schedule();
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), REST_MS);
  }

  /** Called synchronously with every change of history, after the state has changed. */
  #followHistory(): void {
    const { pastStates, futureStates } = this.#store.temporal.getState();
    const top = (pastStates.at(-1) ?? null) as HistoryEntry | null;
    const head = this.#store.getState().provenanceHead;
    if (head !== this.#head) {
      this.#leave(futureStates.at(-1) as HistoryEntry | undefined);
      this.#head = head;
    } else if (top !== this.#top) {
      const isNew = top !== null && (pastStates.at(-2) ?? null) === this.#top;
      if (isNew) {
        this.#begin(top);
        return;
      }
      this.#giveUp();
    }
    this.#top = top;
  }

  #begin(before: HistoryEntry): void {
    if (this.#open) {
      this.#write(this.#open, before);
    }
    const known = this.#store.getState().provenance.entries.at(-1)?.id ?? 0;
    this.#lastId = Math.max(this.#lastId, known, this.#head ?? 0) + 1;
    this.#open = { id: this.#lastId, parent: this.#head, atMs: this.#now(), before, parameters: null };
    this.#top = before;
    // First, so that the change of state it makes is seen as nobody's step.
    this.#head = this.#lastId;
    this.#store.getState().setProvenanceHead(this.#lastId);
    this.#schedule();
  }

  /** History moved, or another annotation took the place of this one; `after` is how things were before. */
  #leave(after: HistoryEntry | undefined): void {
    if (this.#open && after) {
      this.#write(this.#open, after);
    }
    this.#open = null;
  }

  /** The newest step is no step any more: a gesture that came to nothing, or a history that starts anew. */
  #giveUp(): void {
    const open = this.#open;
    this.#open = null;
    if (open) {
      this.#head = open.parent;
      const { provenance, setProvenance, setProvenanceHead } = this.#store.getState();
      setProvenanceHead(open.parent);
      if (provenance.entries.some(({ id }) => id === open.id)) {
        setProvenance({ ...provenance, entries: provenance.entries.filter(({ id }) => id !== open.id) });
      }
    }
  }

  #write({ id, parent, atMs, before, parameters }: OpenStep, after: HistoryEntry): void {
    const state = this.#store.getState();
    const written = state.provenance.entries.find((entry) => entry.id === id);
    const environment = presentEnvironment(state);
    const [log, place] = environment
      ? withEnvironment(state.provenance, environment)
      : ([state.provenance, null] as const);
    const entry: LogEntry = {
      id,
      parent,
      atMs,
      name: describeStep(before, after),
      environment: written?.environment ?? place,
      actions: keepResults(stepActions(before, after, parameters), written?.actions ?? []),
    };
    if (JSON.stringify(entry) !== JSON.stringify(written)) {
      state.setProvenance(withEntry(log, entry, id));
    }
  }

  /** Until the engine tells what it loaded and where that runs, the log has what was expected. */
  #noteEngine(id: number, report: RunReport): void {
    if (this.#open?.id === id) {
      this.#open.parameters = this.#open.parameters && asDrawn(this.#open.parameters, report);
    }
    const { provenance, hydratedModels, setProvenance } = this.#store.getState();
    const [log, environment] = withEnvironment(provenance, environmentOf(report, hydratedModels));
    const entries = log.entries.map((entry) =>
      entry.id === id
        ? { ...entry, environment, actions: entry.actions.map((action) => actionAsDrawn(action, report)) }
        : entry,
    );
    setProvenance({ ...log, entries });
  }

  #writeResult({ id, startMs, drawn, cueCounts }: OpenRun, outcome: RunResult['outcome']): void {
    const { provenance, setProvenance } = this.#store.getState();
    const seconds = Math.round((this.#now() - startMs) / 100) / 10;
    const result: RunResult = { outcome, drawn, cues: Object.fromEntries(cueCounts), seconds };
    setProvenance({
      ...provenance,
      entries: provenance.entries.map((entry) =>
        entry.id === id
          ? { ...entry, actions: entry.actions.map((a) => (a.kind === 'run' ? { ...a, result } : a)) }
          : entry,
      ),
    });
  }
}

function actionAsDrawn(action: Action, report: RunReport): Action {
  return action.kind === 'run' && action.parameters
    ? { ...action, parameters: asDrawn(action.parameters, report) }
    : action;
}

/** With the weights and the working size that were really used. */
function asDrawn(parameters: RunParameters, { loaded, shortSidePx }: RunReport): RunParameters {
  const { method, model } = parameters;
  const hasSize = method.kind === 'propagate' && shortSidePx !== undefined;
  return {
    ...parameters,
    method: hasSize ? { ...method, shortSidePx } : method,
    ...(model && loaded ? { model: loaded } : {}),
  };
}

/** Frames may come twice; the cue of the last time counts. */
function countCue({ cues, cueCounts }: OpenRun, key: string, cue: Cue | undefined): void {
  const before = cues.get(key);
  cues.set(key, cue);
  if (before) {
    const left = (cueCounts.get(before) ?? 1) - 1;
    if (left > 0) {
      cueCounts.set(before, left);
    } else {
      cueCounts.delete(before);
    }
  }
  if (cue) {
    cueCounts.set(cue, (cueCounts.get(cue) ?? 0) + 1);
  }
}

/** The actions of a step, with the results of runs that are known already. */
function keepResults(actions: readonly Action[], written: readonly Action[]): readonly Action[] {
  const known = written.find((action) => action.kind === 'run');
  return actions.map((action) =>
    action.kind === 'run' && known?.kind === 'run' && known.run === action.run
      ? { ...action, parameters: action.parameters ?? known.parameters, result: known.result }
      : action,
  );
}
