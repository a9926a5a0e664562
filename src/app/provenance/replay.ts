/** Replays the log on the open footage: everything a model drew is drawn again, and nothing of the project changes. */
import { cancelledError } from '../../core/base/errors';
import type { ObjectId } from '../../core/base/ids';
import {
  isSameAdjustment,
  neutralAdjustments,
  type DisplayAdjustments,
} from '../../core/display/displayAdjustments';
import { entriesInForce, type Action, type LogEntry } from '../../core/provenance/log';
import { replayReport, type ReplayReport } from '../../core/provenance/replayReport';
import { applied, maskLibrary, replayStart, type ReplayState } from '../../core/provenance/replayState';
import { withFrameMasks } from '../../core/track/trackEdits';
import { frameCount } from '../../core/video/frameTable';
import type { MaskflowState } from '../../state/maskflowState';
import type { ReplayJob } from '../../state/slices/studyState';
import type { PropagatedFrame } from '../../workers/segment/segmentProtocol';
import { masksToKeep } from '../maskRun';
import { wantedAdjustments } from '../modelPictures';
import { promptedChanges, requestsOf, setsToDraw } from '../promptedMasks';
import { framesDrawnBy, plansOf, requestOf } from '../propagate';
import { RateMeter } from '../rateMeter';
import { framesToRefine, refinementPrompts } from '../refineTracks';
import type { SegmentService } from '../services';
import { checkReplayModels } from './replayModels';

type Engine = Pick<SegmentService, 'predict' | 'propagate' | 'setFootage'>;
type RunAction = Extract<Action, { kind: 'run' }>;

export type ReplayOptions = {
  readonly signal: AbortSignal;
  readonly onProgress: (job: ReplayJob) => void;
};

/** What the log is replayed from, and compared with. */
export type ReplayInput = Pick<
  MaskflowState,
  | 'display'
  | 'engine'
  | 'footage'
  | 'labels'
  | 'hydratedModels'
  | 'prompts'
  | 'tracks'
  | 'versions'
  | 'provenance'
  | 'provenanceHead'
>;

/**
 * Regenerates the masks of all steps in force, in order, and compares them with those that are kept. Prompts go to SAM
 * and runs to their engines, anew: the engine forgets what it has drawn of this footage. Masks made by hand or imported
 * are taken as given. Rejects as cancelled once `signal` aborts, and with `model-missing` where it needs another model
 * than those at hand.
 */
export async function replayLog(
  input: ReplayInput,
  segment: Engine,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const { footage, provenance, provenanceHead, tracks, versions, prompts, labels } = input;
  if (!footage) {
    throw cancelledError();
  }
  const entries = entriesInForce(provenance, provenanceHead);
  const engine = input.engine.kind === 'ready' ? input.engine.info : null;
  checkReplayModels(provenance, entries, { hydratedModels: input.hydratedModels, engine });
  segment.setFootage(footage.footageId);
  const library = maskLibrary(tracks, versions, prompts);
  const replay = new Replay(segment, entries, options, replayStart(frameCount(footage.frameTable)));
  for (const entry of entries) {
    for (const action of entry.actions) {
      await replay.prepare(action);
      replay.state = applied(replay.state, action, library);
      if (action.kind === 'run') {
        await replay.run(entry, action);
      }
    }
  }
  await replay.drawStale();
  return replayReport(
    entries,
    labels,
    { kept: tracks, replayed: replay.state.tracks },
    {
      replacedMasks: replay.state.replacedMasks,
      droppedEntries: provenance.droppedEntries,
      otherPictures: otherPictures(entries, wantedAdjustments(input)),
    },
  );
}

class Replay {
  state: ReplayState;
  readonly #segment: Engine;
  readonly #options: ReplayOptions;
  readonly #total: number;
  readonly #meter = new RateMeter();
  #done = 0;

  constructor(segment: Engine, entries: readonly LogEntry[], options: ReplayOptions, start: ReplayState) {
    this.#segment = segment;
    this.#options = options;
    this.state = start;
    this.#total = framesToDraw(entries);
  }

  /** What a step looks at has to be drawn before it: all prompts for a run, a frame's prompts for its edits. */
  async prepare(action: Action): Promise<void> {
    if (action.kind === 'run') {
      await this.drawStale();
    } else if (action.kind === 'edit' || action.kind === 'accept' || action.kind === 'clear') {
      const frames = new Set(action.masks.flatMap((entry) => entry.frames));
      await this.drawStale((frame) => frames.has(frame));
    }
  }

  async drawStale(isWanted: (frame: number) => boolean = () => true): Promise<void> {
    for (const [frameIndex, own] of this.state.stale) {
      if (isWanted(frameIndex)) {
        await this.#drawPrompts(frameIndex, own);
        this.#report(`Prompts of frame ${frameIndex}`);
      }
    }
  }

  async run({ name }: LogEntry, { parameters, result }: RunAction): Promise<void> {
    if (!parameters || !result) {
      return;
    }
    const { method, range } = parameters;
    // A run that was stopped drew only so many frames.
    const steps = result.drawn.reduce((sum, { fromFrame, toFrame }) => sum + toFrame - fromFrame + 1, 0);
    const isWhole = result.outcome === 'done';
    if (!isWhole && steps === 0) {
      return;
    }
    const drawn = new Set<number>();
    const frames =
      method.kind === 'propagate' ? this.#propagated(method, range) : this.#redrawn(method.prompt, range);
    for await (const frame of frames) {
      const { tracks } = this.state;
      const masks = masksToKeep(this.state, frame);
      this.state = {
        ...this.state,
        tracks: withFrameMasks(tracks, 'propagated', frame.frameIndex, masks),
      };
      drawn.add(frame.frameIndex);
      this.#report(name);
      if (!isWhole && drawn.size >= steps) {
        break;
      }
    }
  }

  async *#propagated(
    {
      engine,
      shortSidePx,
      direction,
      extent,
      fromFrame,
    }: Extract<NonNullable<RunAction['parameters']>['method'], { kind: 'propagate' }>,
    range: ReplayState['range'],
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const { tracks, labels } = this.state;
    const { signal } = this.#options;
    const start = { tracks, labels, currentFrame: fromFrame, range };
    for (const plan of plansOf(start, direction, extent)) {
      yield* this.#segment.propagate(requestOf(plan, tracks, labels, { engine, shortSidePx }), { signal });
    }
  }

  async *#redrawn(
    prompt: 'boxAndMask' | 'box',
    range: ReplayState['range'],
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const { tracks, labels } = this.state;
    const { signal } = this.#options;
    for (const frameIndex of framesToRefine(tracks, labels, range)) {
      const requests = refinementPrompts(tracks, labels, frameIndex, prompt);
      yield await this.#segment.predict(frameIndex, requests, { signal });
    }
  }

  async #drawPrompts(frameIndex: number, own: ReadonlySet<ObjectId>): Promise<void> {
    const { signal } = this.#options;
    const sets = setsToDraw(this.state, frameIndex, own);
    const prompted = new Set(sets.map(({ objectId }) => objectId));
    const requests = sets.length === 0 ? [] : requestsOf(this.state, sets, frameIndex);
    const drawn =
      requests.length === 0 ? [] : (await this.#segment.predict(frameIndex, requests, { signal })).masks;
    const masks = new Map(
      drawn.flatMap(({ objectId, mask }) => (prompted.has(objectId) ? [[objectId, mask] as const] : [])),
    );
    const stale = new Map(this.state.stale);
    stale.delete(frameIndex);
    const changes = promptedChanges(this.state, frameIndex, masks);
    const tracks = withFrameMasks(this.state.tracks, 'prompted', frameIndex, changes);
    this.state = { ...this.state, stale, tracks };
  }

  #report(step: string): void {
    if (this.#options.signal.aborted) {
      throw cancelledError();
    }
    this.#done += 1;
    const done = Math.min(this.#done, this.#total);
    const { secondsLeft } = this.#meter.frameDone(this.#total - done);
    this.#options.onProgress({ step, done, total: this.#total, secondsLeft });
  }
}

/**
 * How many runs saw the pictures adjusted otherwise than they are now. They are drawn as the pictures are now: prompts
 * placed meanwhile would else be drawn in the pictures of some run of the past.
 */
function otherPictures(entries: readonly LogEntry[], now: DisplayAdjustments | null): number {
  return entries
    .flatMap(({ actions }) => actions)
    .filter(
      (action) =>
        action.kind === 'run' &&
        action.parameters !== null &&
        !isSameAdjustment(action.parameters.adjustments ?? neutralAdjustments, now ?? neutralAdjustments),
    ).length;
}

/** About how many drawings a replay takes: frames of runs, and frames whose prompts were drawn. */
function framesToDraw(entries: readonly LogEntry[]): number {
  const prompted = new Set<number>();
  let count = 0;
  for (const action of entries.flatMap(({ actions }) => actions)) {
    if (action.kind === 'prompts') {
      action.frames.forEach(({ frameIndex }) => prompted.add(frameIndex));
    } else if (action.kind === 'run') {
      count += stepsOf(action);
    }
  }
  return Math.max(1, count + prompted.size);
}

function stepsOf({ parameters, result }: RunAction): number {
  return (result?.drawn ?? []).reduce((sum, { fromFrame, toFrame }) => {
    const ends = { startFrame: fromFrame - 1, endFrame: toFrame, frameCount: toFrame - fromFrame + 1 };
    const method = parameters?.method;
    const annotated = (parameters?.annotatedFrames ?? []).map((frameIndex) => ({
      frameIndex,
      masks: [],
      guesses: [],
    }));
    return (
      sum +
      (method?.kind === 'propagate' ? framesDrawnBy(method.engine, { ...ends, annotated }) : ends.frameCount)
    );
  }, 0);
}
