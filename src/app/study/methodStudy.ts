/** Runs several methods from the same annotated frames, and keeps what each drew beside the project's masks. */
import { isCancelled, toUserMessage, UserFacingError } from '../../core/base/errors';
import { resultSet, type MaskSet } from '../../core/compare/maskSet';
import type { Label } from '../../core/label/label';
import { methodId, methodName, planStudy, type StudyMethod, type StudyStep } from '../../core/study/methods';
import type { MethodOutcome, MethodResult, StudyResult } from '../../core/study/studyResult';
import { givenFrames, presentAsGuesses, studyBase } from '../../core/study/studyTracks';
import type { Tracks } from '../../core/track/maskTrack';
import { withFrameMasks } from '../../core/track/trackEdits';
import type { MaskflowState } from '../../state/maskflowState';
import { maskSetsOf } from '../../state/maskSets';
import type { MaskflowStore } from '../../state/store';
import type {
  LabelPrompts,
  PropagatedFrame,
  PropagationRequest,
} from '../../workers/segment/segmentProtocol';
import { masksToKeep } from '../maskRun';
import { promptedChanges, requestsOf, setsToDraw } from '../promptedMasks';
import { engineOrder, framesDrawnBy, plansOf, requestOf } from '../propagate';
import { RateMeter } from '../rateMeter';
import { framesToRefine, refinementPrompts } from '../refineTracks';
import type { SegmentService } from '../services';
import type { StudyOrder } from './studyApp';
import { unofficialModels } from './unofficialModels';

type Engine = Pick<SegmentService, 'predict' | 'propagate' | 'setFootage'>;

/** The state that the whole study works on, whatever the user does meanwhile. */
type Snapshot = Pick<MaskflowState, 'labels' | 'prompts' | 'tracks' | 'useSharedPoints' | 'range'> & {
  readonly given: readonly number[];
  readonly frames: readonly number[];
};

/** What a method draws; `frameCount` counts frames that come twice twice. */
type Drawing = { readonly frameCount: number; readonly frames: AsyncIterable<PropagatedFrame> };

export class MethodStudy {
  readonly #store: MaskflowStore;
  readonly #segment: Engine;
  readonly #settled: () => Promise<void>;
  #controller: AbortController | null = null;

  /** `settled` resolves when all prompted masks are up to date. */
  constructor(store: MaskflowStore, segment: Engine, settled: () => Promise<void>) {
    this.#store = store;
    this.#segment = segment;
    this.#settled = settled;
    store.subscribe((state, previous) => {
      if (state.footage?.footageId !== previous.footage?.footageId) {
        this.stop();
      }
    });
  }

  get isRunning(): boolean {
    return this.#controller !== null;
  }

  /** Shows each result as it comes; does nothing while a study is on. */
  async start({ methods, start }: StudyOrder): Promise<void> {
    if (this.#controller) {
      return;
    }
    const { footage, setStudyData, showError } = this.#store.getState();
    const controller = new AbortController();
    this.#controller = controller;
    try {
      const snapshot = snapshotOf(this.#store.getState(), start);
      const steps = planStudy(methods);
      setStudyData({ studyResult: emptyResult(snapshot), studyScores: null });
      const done = new Map<string, MethodResult>();
      for (const [index, step] of steps.entries()) {
        // The engine, told to forget, gives up the prompts it is drawing.
        await this.#settled();
        if (controller.signal.aborted) {
          break;
        }
        if (footage) {
          // Each starts with nothing remembered, so that times can be compared.
          this.#segment.setFootage(footage.footageId);
        }
        const result = await this.#step(step, { index, count: steps.length }, snapshot, done, controller);
        done.set(result.id, result);
        if (step.isShown && result.frames.length > 0) {
          this.#add(result);
        }
      }
    } catch (error) {
      showError(toUserMessage(error));
    } finally {
      this.#controller = null;
      this.#store.getState().setStudyData({ studyJob: null });
    }
  }

  stop(): void {
    const { studyJob, setStudyData } = this.#store.getState();
    if (this.#controller && studyJob) {
      setStudyData({ studyJob: { ...studyJob, isStopping: true } });
    }
    this.#controller?.abort();
  }

  #add(result: MethodResult): void {
    const { studyResult, setStudyData, setResultSets } = this.#store.getState();
    if (studyResult) {
      const methods = [...studyResult.methods.filter(({ id }) => id !== result.id), result];
      setStudyData({ studyResult: { ...studyResult, methods }, isStudyKept: false });
      setResultSets(methods.map(({ set }) => set));
    }
  }

  async #step(
    { method, needs }: StudyStep,
    place: { readonly index: number; readonly count: number },
    snapshot: Snapshot,
    done: ReadonlyMap<string, MethodResult>,
    { signal }: AbortController,
  ): Promise<MethodResult> {
    const { labels, frames } = snapshot;
    const name = methodName(method);
    const unofficial = unofficialModels(this.#store.getState(), method);
    const tell = (framesDone: number, secondsLeft: number | null): void =>
      this.#store.getState().setStudyData({
        studyJob: {
          method: name,
          methodsDone: place.index,
          methodCount: place.count,
          framesDone,
          frameCount: frames.length,
          secondsLeft,
          isStopping: signal.aborted,
        },
      });
    tell(0, null);
    const startMs = performance.now();
    const refined = needs ? done.get(needs) : undefined;
    const drawn = new Set<number>();
    let tracks = studyBase(snapshot.tracks, labels, new Set(snapshot.given));
    let outcome: MethodOutcome = 'done';
    try {
      tracks = await this.#given(method, snapshot, tracks, signal);
      const drawing = this.#drawing(method, snapshot, tracks, refined?.set.tracks ?? null, signal);
      const meter = new RateMeter();
      let comeIn = 0;
      for await (const frame of drawing.frames) {
        const masks = masksToKeep({ tracks, labels }, frame);
        tracks = withFrameMasks(tracks, 'propagated', frame.frameIndex, masks);
        drawn.add(frame.frameIndex);
        comeIn += 1;
        tell(drawn.size, meter.frameDone(Math.max(drawing.frameCount - comeIn, 0)).secondsLeft);
      }
      outcome = signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      outcome = isCancelled(error) ? 'stopped' : 'failed';
      if (!isCancelled(error)) {
        this.#store.getState().showError(toUserMessage(error));
      }
    }
    const id = methodId(method);
    return {
      id,
      name,
      ...(unofficial.length > 0 ? { unofficial } : {}),
      set: studySet(id, name, labels, tracks, frames, snapshot.given),
      frames: [...drawn].toSorted((a, b) => a - b),
      // What it redraws had to be drawn first, whether or not another method shares that work.
      msPerFrame:
        drawn.size === 0 ? null : (performance.now() - startMs) / drawn.size + (refined?.msPerFrame ?? 0),
      outcome,
    };
  }

  /** The given masks; those of frames with shared points are drawn again with or without these. */
  async #given(method: StudyMethod, snapshot: Snapshot, base: Tracks, signal: AbortSignal): Promise<Tracks> {
    if (method.kind !== 'propagate' || method.sharedPoints === 'asIs') {
      return base;
    }
    const useSharedPoints = method.sharedPoints === 'on';
    const { labels, prompts, given } = snapshot;
    let tracks = base;
    for (const frameIndex of given) {
      const state = { labels, prompts, tracks, useSharedPoints };
      const sets = setsToDraw(state, frameIndex, new Set());
      const hasShared = prompts.some(
        (prompt) => prompt.kind === 'sharedPoint' && prompt.frameIndex === frameIndex,
      );
      if (hasShared && sets.length > 0) {
        const { masks } = await this.#segment.predict(frameIndex, requestsOf(state, sets, frameIndex), {
          signal,
        });
        const wanted = new Set(sets.map(({ objectId }) => objectId));
        const drawn = masks.flatMap(({ objectId, mask }) =>
          wanted.has(objectId) ? [[objectId, mask] as const] : [],
        );
        const changes = promptedChanges(state, frameIndex, new Map(drawn));
        tracks = withFrameMasks(tracks, 'prompted', frameIndex, changes);
      }
    }
    return tracks;
  }

  #drawing(
    method: StudyMethod,
    { labels, range, given, tracks: present }: Snapshot,
    tracks: Tracks,
    needed: Tracks | null,
    signal: AbortSignal,
  ): Drawing {
    if (method.kind === 'propagate') {
      const currentFrame = given.find((frame) => frame >= range.inFrame) ?? range.inFrame;
      const order = engineOrder(this.#store.getState(), method.engine);
      const plans = plansOf({ tracks, labels, currentFrame, range }, 'both', 'wholeRange');
      const requests = plans.map((plan) => requestOf(plan, tracks, labels, order));
      return {
        frameCount: plans.reduce((sum, plan) => sum + framesDrawnBy(method.engine, plan), 0),
        frames: this.#propagated(requests, signal),
      };
    }
    const redrawn = needed ?? presentAsGuesses(present, labels, new Set(given));
    const frames = framesToRefine(redrawn, labels, range);
    const promptsOf = (frame: number) => refinementPrompts(redrawn, labels, frame, method.prompt);
    return { frameCount: frames.length, frames: this.#predicted(frames, promptsOf, signal) };
  }

  async *#propagated(
    requests: readonly PropagationRequest[],
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    for (const request of requests) {
      yield* this.#segment.propagate(request, { signal });
    }
  }

  async *#predicted(
    frames: readonly number[],
    promptsOf: (frameIndex: number) => readonly LabelPrompts[],
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    for (const frameIndex of frames) {
      yield await this.#segment.predict(frameIndex, promptsOf(frameIndex), { signal });
    }
  }
}

function studySet(
  id: string,
  name: string,
  labels: readonly Label[],
  tracks: Tracks,
  frames: readonly number[],
  given: readonly number[],
): MaskSet {
  const all = [...frames, ...given];
  return resultSet(id, name, { labels, tracks }, { fromFrame: Math.min(...all), toFrame: Math.max(...all) });
}

function emptyResult({ frames, given }: Snapshot): StudyResult {
  return { frames, givenFrames: given, methods: [] };
}

/** Throws a UserFacingError when there is nothing to start from, or nothing to draw. */
function snapshotOf(state: MaskflowState, start: StudyOrder['start']): Snapshot {
  const { labels, prompts, tracks, useSharedPoints, range } = state;
  const given = givenFrames(tracks, labels, range, start);
  const count = range.outFrame - range.inFrame + 1;
  const frames = Array.from({ length: count }, (_, step) => range.inFrame + step).filter(
    (frame) => !given.includes(frame),
  );
  if (given.length === 0 || frames.length === 0) {
    throw new UserFacingError({
      code: 'propagation-nothing-to-do',
      what:
        given.length === 0
          ? 'No frame between the in and out points is annotated, so the methods have nothing to start from.'
          : 'Every frame between the in and out points is given, so the methods have nothing to draw.',
      safe: 'Your prompts and masks are as they were.',
      todo:
        given.length === 0
          ? 'Prompt or paint a frame of the range first.'
          : 'Widen the range, or start from the first annotated frame alone.',
    });
  }
  return { labels, prompts, tracks, useSharedPoints, range, given, frames };
}

/** The sets that a study can be held against: all but what engines made for it. */
export function referenceSets(state: Parameters<typeof maskSetsOf>[0]): readonly MaskSet[] {
  return maskSetsOf(state).filter(({ kind }) => kind !== 'result');
}
