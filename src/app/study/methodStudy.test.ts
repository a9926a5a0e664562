/** Studies over engines that draw as told: what each method is given, and that the project stays as it is. */
import { describe, expect, it } from 'vitest';
import { cancelledError, UserFacingError } from '../../core/base/errors';
import { scoreFrame, type FrameToScore } from '../../core/compare/comparisonFrames';
import type { StudyMethod } from '../../core/study/methods';
import type { LabelPrompts, PropagationRequest } from '../../workers/segment/segmentProtocol';
import { addPoint, maskOf, one, ready, timings } from '../__fixtures__/appFixtures';
import { ProvenanceRecorder } from '../provenance/recorder';
import { StudyUseCases, type StudyServices } from './studyUseCases';

const sam: StudyMethod = { kind: 'propagate', engine: 'sam', sharedPoints: 'asIs' };
const memory: StudyMethod = { kind: 'propagate', engine: 'memory', sharedPoints: 'asIs' };
const refined: StudyMethod = { kind: 'refine', of: 'memory', prompt: 'boxAndMask' };

function made() {
  const store = ready();
  store.getState().setFrameMasks('prompted', 2, [[one, maskOf(20)]]);
  store.getState().setFrameMasks('prompted', 5, [[one, maskOf(30)]]);
  store.getState().setInFrame(1);
  store.getState().setOutFrame(6);
  const requests: PropagationRequest[] = [];
  const predicted: (readonly LabelPrompts[])[] = [];
  let failing: string | null = null;
  const calls: string[] = [];
  const segment = {
    setFootage: () => void calls.push('setFootage'),
    predict: async (frameIndex: number, labels: readonly LabelPrompts[]) => {
      predicted.push(labels);
      return {
        frameIndex,
        timings,
        masks: [{ objectId: one, mask: maskOf(labels[0]!.prompts.points.length + 1) }],
      };
    },
    async *propagate(request: PropagationRequest, options?: { signal?: AbortSignal }) {
      requests.push(request);
      if (request.engine === failing) {
        throw new UserFacingError({ code: 'internal', what: 'It broke.', safe: 'All.', todo: 'Nothing.' });
      }
      const step = Math.sign(request.endFrame - request.startFrame);
      for (let frame = request.startFrame + step; frame !== request.endFrame + step; frame += step) {
        if (options?.signal?.aborted) {
          throw cancelledError();
        }
        const mask = { ...maskOf(request.engine === 'sam' ? 10 : 20), confidence: 0.5 };
        yield { frameIndex: frame, timings, masks: [{ objectId: one, mask }] };
      }
    },
  };
  const comparer = { score: async (frames: readonly FrameToScore[]) => frames.map(scoreFrame) };
  const services = { segment, comparer, footage: {} } as unknown as StudyServices;
  const recorder = new ProvenanceRecorder(store);
  const study = new StudyUseCases(store, services, recorder, async () => void calls.push('settled'));
  return { store, calls, study, requests, predicted, fail: (engine: string) => void (failing = engine) };
}

describe('A method study', () => {
  it('gives every method the first annotated frame alone, and leaves the project as it is', async () => {
    const { store, study, requests } = made();
    const { tracks, versions } = store.getState();
    await study.startStudy({ methods: [sam, memory], start: 'first' });
    expect(requests.map(({ engine, startFrame, endFrame }) => [engine, startFrame, endFrame])).toEqual([
      ['sam', 2, 6],
      ['sam', 2, 1],
      ['memory', 2, 6],
      ['memory', 2, 1],
    ]);
    expect(requests.every(({ annotated }) => annotated.length === 1)).toBe(true);
    const { studyResult, studyJob } = store.getState();
    expect(studyJob).toBeNull();
    expect(studyResult?.methods.map(({ name, frames }) => [name, [...frames]])).toEqual([
      ['SAM', [1, 3, 4, 5, 6]],
      ['Memory', [1, 3, 4, 5, 6]],
    ]);
    expect(store.getState().tracks).toBe(tracks);
    expect(store.getState().versions).toBe(versions);
    expect(store.getState().resultSets.map(({ name }) => name)).toEqual(['SAM', 'Memory']);
  });

  it('tells how long each method will take from its first frame on', async () => {
    const { store, study } = made();
    const told: (readonly [method: string, done: number, secondsLeft: number | null])[] = [];
    store.subscribe(({ studyJob: job }, { studyJob: before }) => {
      if (job && job !== before) {
        told.push([job.method, job.framesDone, job.secondsLeft]);
      }
    });
    await study.startStudy({ methods: [sam, refined], start: 'first' });
    const first = told.filter(([, done]) => done === 0);
    expect(first.map(([method, , left]) => [method, left])).toEqual([
      ['SAM', null],
      ['Memory', null],
      ['Memory + SAM, box + mask', null],
    ]);
    expect(told.filter(([, done, left]) => done === 5 && left === 0)).toHaveLength(3);
    expect(told.every(([, done, left]) => done === 0 || (left !== null && left > 0) === done < 5)).toBe(true);
  });

  it('lets prompts be drawn to their end before the engine is told to forget', async () => {
    const { calls, study } = made();
    await study.startStudy({ methods: [sam, memory], start: 'first' });
    const forgotten = calls.flatMap((call, place) => (call === 'setFootage' ? [calls[place - 1]] : []));
    expect(forgotten).toEqual(['settled', 'settled']);
  });

  it('gives all annotated frames when asked to, and then draws none of them', async () => {
    const { store, study, requests } = made();
    await study.startStudy({ methods: [sam], start: 'all' });
    expect(requests[0]?.annotated.map(({ frameIndex }) => frameIndex)).toEqual([2, 5]);
    expect(store.getState().studyResult?.frames).toEqual([1, 3, 4, 6]);
  });

  it('redraws another method’s masks, which it runs first and does not show unless chosen', async () => {
    const { store, study, predicted } = made();
    await study.startStudy({ methods: [refined], start: 'first' });
    expect(store.getState().studyResult?.methods.map(({ name }) => name)).toEqual([
      'Memory + SAM, box + mask',
    ]);
    expect(predicted).toHaveLength(5);
    expect(predicted[0]?.[0]?.prompts.mask?.counts[1]).toBe(20);
  });

  it('draws the given masks again with and without shared points', async () => {
    const { store, study, requests } = made();
    addPoint(store, 2);
    store.getState().addPrompt({
      kind: 'sharedPoint',
      id: 'shared' as never,
      frameIndex: 2,
      point: { x: 3, y: 3 },
    });
    const methods = (['on', 'off'] as const).map((sharedPoints) => ({ ...sam, sharedPoints }) as StudyMethod);
    await study.startStudy({ methods, start: 'first' });
    const given = requests
      .filter(({ endFrame }) => endFrame === 6)
      .map(({ startMasks }) => startMasks[0]?.rle.counts[1]);
    expect(given).toEqual([3, 2]);
  });

  it('is held against the present masks, and its results can be kept as versions', async () => {
    const { store, study } = made();
    await study.startStudy({ methods: [memory], start: 'first' });
    expect(store.getState().studyReference).toBe('present');
    const scores = store.getState().studyScores?.[0]?.scores;
    expect(scores?.map(({ frameIndex }) => frameIndex)).toEqual([5]);
    expect(scores?.[0]?.pairs[0]?.j).toBeCloseTo(20 / 30);
    await study.scoreStudy(null);
    expect(store.getState().studyScores).toBeNull();
    const steps = store.temporal.getState().pastStates.length;
    await study.keepStudyResult('memory');
    expect(store.getState().versions.at(-1)).toMatchObject({
      kind: 'study',
      name: 'Study: Memory',
      fromFrame: 1,
    });
    expect(store.temporal.getState().pastStates).toHaveLength(steps + 1);
    store.getState().restoreVersion(store.getState().versions.at(-1)!.id);
    const { steps: logged } = JSON.parse(await study.provenanceText()) as { steps: { actions: unknown[] }[] };
    expect(logged.at(-1)?.actions).toMatchObject([
      { kind: 'studyResult', name: 'Study: Memory', fromFrame: 1 },
    ]);
  });

  it('goes on after a method that fails, and keeps what was finished when it is stopped', async () => {
    const { store, study, fail } = made();
    fail('sam');
    await study.startStudy({ methods: [sam, memory], start: 'first' });
    expect(store.getState().studyResult?.methods.map(({ name }) => name)).toEqual(['Memory']);
    expect(store.getState().messages.some(({ kind }) => kind === 'error')).toBe(true);
    fail('none');
    const run = study.startStudy({ methods: [memory, sam], start: 'first' });
    const unsubscribe = store.subscribe((state) => {
      if (state.studyJob?.method === 'SAM' && state.studyJob.framesDone === 2 && !state.studyJob.isStopping) {
        study.stopStudy();
      }
    });
    await run;
    unsubscribe();
    expect(
      store.getState().studyResult?.methods.map(({ outcome, frames }) => [outcome, frames.length]),
    ).toEqual([
      ['done', 5],
      ['stopped', 2],
    ]);
  });

  it('says what is missing when nothing is annotated', async () => {
    const { store, study } = made();
    store.getState().setInFrame(6);
    await study.startStudy({ methods: [sam], start: 'first' });
    const [message] = store.getState().messages;
    expect(message?.kind === 'error' && message.message.what).toContain('nothing to start from');
  });
});
