import { describe, expect, it } from 'vitest';
import { newFootageId, newPromptId, objectId } from '../core/base/ids';
import { UserFacingError } from '../core/base/errors';
import type { FrameMask } from '../core/track/maskTrack';
import type { FootageInfo } from '../core/video/footageInfo';
import { createMaskflowStore } from '../state/store';
import type { FramePrediction, LabelPrompts, PropagationRequest } from '../workers/segment/segmentProtocol';
import { numberedMasks, pngSequenceRequest } from './exportMasks';
import { LatestWins } from './latestWins';
import { FootageOpener } from './openFootage';
import { startPlaybackClock } from './playbackClock';
import { framesWithChangedPrompts, PromptFrames } from './promptFrames';
import { Propagation } from './propagate';
import { RateMeter } from './rateMeter';
import type { Services } from './services';

const one = objectId(1);
const timings = { encodeMs: 0, decodeMs: 0, restMs: 0 };

function maskOf(value: number): FrameMask {
  return {
    rle: { size: [8, 8], counts: Uint32Array.of(64 - value, value) },
    box: [0, 0, 8, 8],
    areaPx: value,
    predictedIou: 0.9,
  };
}

function footage(overrides: Partial<FootageInfo> = {}): FootageInfo {
  return {
    footageId: newFootageId(),
    name: 'clip.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width: 8,
    height: 8,
    frameTable: { timestampsSec: Float64Array.from({ length: 10 }, (_, i) => i / 10), lastDurationSec: 0.1 },
    frameRate: 10,
    frameNames: null,
    codec: 'avc1',
    notes: [],
    ...overrides,
  };
}

function ready() {
  const store = createMaskflowStore();
  store.getState().replaceFootage(footage());
  store.getState().setEngine({
    kind: 'ready',
    info: { provider: 'wasm', adapter: null, threads: 1, fallbackReason: null, modelName: 'test' },
  });
  return store;
}

/** A predictor whose answers wait for `release`; the mask's area tells how many points it was asked with. */
function heldPredictor() {
  const calls: { frameIndex: number; labels: readonly LabelPrompts[]; release: () => void }[] = [];
  return {
    calls,
    encode: async () => ({ encodeMs: 0 }),
    predict: (frameIndex: number, labels: readonly LabelPrompts[]) =>
      new Promise<FramePrediction>((resolve) => {
        calls.push({
          frameIndex,
          labels,
          release: () =>
            resolve({
              frameIndex,
              timings,
              masks: labels.map(({ prompts }) => ({
                objectId: prompts.objectId,
                mask: maskOf(prompts.points.length),
              })),
            }),
        });
      }),
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function addPoint(store: ReturnType<typeof createMaskflowStore>, frameIndex = 0): void {
  store.getState().addPrompt({
    kind: 'point',
    id: newPromptId(),
    objectId: one,
    frameIndex,
    label: 1,
    point: { x: 1, y: 1 },
  });
}

describe('LatestWins', () => {
  it('skips wishes that were replaced while it was busy', async () => {
    const done: number[] = [];
    let release = (): void => undefined;
    const latest = new LatestWins<number>(async (wish) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      done.push(wish);
    });
    [1, 2, 3].forEach((wish) => latest.request(wish));
    release();
    await nextTurn();
    release();
    await nextTurn();
    expect(done).toEqual([1, 3]);
  });
});

describe('PromptFrames', () => {
  it('finds the frames on which prompts differ', () => {
    const store = ready();
    addPoint(store, 2);
    const before = store.getState().prompts;
    addPoint(store, 7);
    expect([...framesWithChangedPrompts(before, store.getState().prompts)]).toEqual([7]);
  });

  it('draws the newest prompts, not every state in between', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    addPoint(store);
    addPoint(store);
    predictor.calls[0]?.release();
    await nextTurn();
    expect(store.getState().tracks.get(one)?.prompted.get(0)?.areaPx).toBe(1);
    predictor.calls[1]?.release();
    await frames.settled();
    expect(predictor.calls).toHaveLength(2);
    expect(store.getState().tracks.get(one)?.prompted.get(0)?.areaPx).toBe(3);
  });

  it('takes the prompted mask away with the last prompt, and the propagated one is back', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    store.getState().setFrameMasks('propagated', 0, [[one, maskOf(9)]]);
    addPoint(store);
    await nextTurn();
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(1);
    store.getState().clearPrompts(0);
    await nextTurn();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(0);
    expect(store.getState().tracks.get(one)?.propagated.get(0)?.areaPx).toBe(9);
  });

  it('does not put the masks of closed footage into new footage', async () => {
    const store = ready();
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    store.getState().replaceFootage(footage());
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.size).toBe(0);
  });

  it('waits for the engine and then draws what was prompted meanwhile', async () => {
    const store = createMaskflowStore();
    store.getState().replaceFootage(footage());
    const predictor = heldPredictor();
    const frames = new PromptFrames(store, predictor);
    addPoint(store);
    await nextTurn();
    expect(predictor.calls).toHaveLength(0);
    store.getState().setEngine(ready().getState().engine);
    await nextTurn();
    predictor.calls[0]?.release();
    await frames.settled();
    expect(store.getState().tracks.get(one)?.prompted.size).toBe(1);
  });
});

/** A propagator that yields one mask a frame when the test says so. */
function steppedPropagator() {
  const requests: PropagationRequest[] = [];
  return {
    requests,
    async *propagate(request: PropagationRequest, options?: { signal?: AbortSignal }) {
      requests.push(request);
      const step = Math.sign(request.endFrame - request.startFrame);
      for (let frame = request.startFrame + step; frame !== request.endFrame + step; frame += step) {
        await nextTurn();
        if (options?.signal?.aborted) {
          return;
        }
        yield { frameIndex: frame, timings, masks: [{ objectId: one, mask: maskOf(frame + 1) }] };
      }
    },
  };
}

describe('Propagation', () => {
  const settled = async (): Promise<void> => undefined;

  it('runs both ways and stops at neighbouring prompted frames, which stay as they were', async () => {
    const store = ready();
    [0, 4, 8].forEach((frame) => store.getState().setFrameMasks('prompted', frame, [[one, maskOf(60)]]));
    store.getState().seek(4);
    await new Propagation(store, steppedPropagator(), settled).start('both', 'untilPrompted');
    const track = store.getState().tracks.get(one);
    expect([...(track?.propagated.keys() ?? [])].toSorted()).toEqual([1, 2, 3, 5, 6, 7]);
    expect([...(track?.prompted.values() ?? [])].every((mask) => mask.areaPx === 60)).toBe(true);
    expect(store.getState().propagation).toBeNull();
  });

  it('pauses, resumes and stops', async () => {
    const store = ready();
    store.getState().setFrameMasks('prompted', 0, [[one, maskOf(60)]]);
    const propagation = new Propagation(store, steppedPropagator(), settled);
    const run = propagation.start('forward', 'wholeRange');
    await nextTurn();
    propagation.pause();
    await nextTurn();
    await nextTurn();
    const doneWhenPaused = store.getState().propagation?.framesDone ?? -1;
    await nextTurn();
    await nextTurn();
    await nextTurn();
    expect(store.getState().propagation?.state).toBe('paused');
    expect(store.getState().propagation?.framesDone).toBe(doneWhenPaused);
    propagation.resume();
    await nextTurn();
    await nextTurn();
    await nextTurn();
    expect(store.getState().propagation?.framesDone).toBeGreaterThan(doneWhenPaused);
    propagation.stop();
    await run;
    const kept = store.getState().tracks.get(one)?.propagated.size ?? 0;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(9);
  });

  it('says why it cannot start, and changes nothing', async () => {
    const store = ready();
    store.temporal.getState().clear();
    const propagator = steppedPropagator();
    await new Propagation(store, propagator, settled).start('forward', 'wholeRange');
    expect(propagator.requests).toHaveLength(0);
    expect(store.getState().messages[0]).toMatchObject({ message: { code: 'propagation-no-masks' } });
    expect(store.temporal.getState().pastStates).toHaveLength(0);
  });
});

describe('FootageOpener', () => {
  function services(open: Services['footage']['open']) {
    const closed: string[] = [];
    return {
      closed,
      footage: {
        open,
        close: async (id: string) => void closed.push(id),
        getBitmap: () => Promise.reject(new Error('not asked')),
        connect: () => undefined,
      } as unknown as Services['footage'],
      segment: { setFootage: () => undefined } as unknown as Services['segment'],
    };
  }
  const input = [{ file: new File(['x'], 'new.mp4'), path: 'new.mp4' }];

  it('keeps what is open when the new file is bad', async () => {
    const store = ready();
    const before = store.getState().footage;
    const fakes = services(async () => {
      throw new UserFacingError({ code: 'footage-truncated', what: 'w', safe: 's', todo: 't' });
    });
    await new FootageOpener(store, fakes).open(input);
    expect(store.getState().footage).toBe(before);
    expect(store.getState().messages[0]).toMatchObject({ message: { code: 'footage-truncated' } });
    expect(store.getState().opening).toBeNull();
  });

  it('asks before it closes work, and a no closes the new footage instead', async () => {
    const store = ready();
    addPoint(store);
    const before = store.getState().footage;
    const fresh = footage({ name: 'new.mp4' });
    const fakes = services(async () => fresh);
    const opener = new FootageOpener(store, fakes);
    const refused = opener.open(input);
    await nextTurn();
    expect(store.getState().confirmation?.title).toContain('clip.mp4');
    store.getState().answer(false);
    await refused;
    expect(store.getState().footage).toBe(before);
    expect(fakes.closed).toEqual([fresh.footageId]);
    const agreed = opener.open(input);
    await nextTurn();
    store.getState().answer(true);
    await agreed;
    expect(store.getState().footage).toBe(fresh);
    expect(store.getState().prompts).toEqual([]);
  });
});

describe('playback clock', () => {
  it('follows presentation times at the chosen rate and stops at the out point', () => {
    const store = ready();
    let callback: ((nowMs: number) => void) | null = null;
    const stop = startPlaybackClock(store, {
      request: (next) => {
        callback = next;
        return 1;
      },
      cancel: () => {
        callback = null;
      },
    });
    const at = (nowMs: number): number => {
      const run = callback;
      callback = null;
      run?.(nowMs);
      return store.getState().currentFrame;
    };
    store.getState().setPlaybackRate(2);
    store.getState().setOutFrame(6);
    store.getState().setPlaying(true);
    expect(at(1000)).toBe(0);
    expect(at(1110)).toBe(2);
    store.getState().seek(5);
    expect(at(1120)).toBe(5);
    expect(at(1400)).toBe(6);
    expect(store.getState().isPlaying).toBe(false);
    store.getState().setPlaying(true);
    expect(store.getState().currentFrame).toBe(0);
    stop();
  });
});

describe('RateMeter', () => {
  it('leaves pauses out', () => {
    let nowMs = 0;
    const meter = new RateMeter(() => nowMs);
    nowMs = 500;
    meter.frameDone(9);
    meter.pause();
    nowMs = 100_500;
    meter.resume();
    nowMs = 101_000;
    expect(meter.frameDone(8)).toEqual({ framesPerSec: 2, secondsLeft: 4 });
  });
});

describe('mask export', () => {
  it('numbers objects by their place and paints competitors as background', () => {
    const store = ready();
    const competitor = store.getState().addLabel('competitor').objectId;
    const second = store.getState().addLabel().objectId;
    store.getState().moveLabel(second, 0);
    store.getState().setFrameMasks('propagated', 2, [
      [one, maskOf(3)],
      [competitor, maskOf(4)],
      [second, maskOf(5)],
    ]);
    const numbers = numberedMasks(store.getState(), 2).map(({ number, rle }) => [rle.counts[1], number]);
    expect(numbers).toEqual([
      [5, 1],
      [3, 2],
      [4, 0],
    ]);
  });

  it('names files like the input images and keeps original indices in a trimmed range', () => {
    const store = ready();
    const images = footage({ frameNames: ['a1', 'a2', 'a10', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] });
    store.getState().replaceFootage(images);
    store.getState().setInFrame(1);
    store.getState().setOutFrame(2);
    const request = pngSequenceRequest(store.getState(), images);
    expect(request.frames).toEqual([
      { frameIndex: 1, timestampSec: 0.1, fileName: 'a2.png' },
      { frameIndex: 2, timestampSec: 0.2, fileName: 'a10.png' },
    ]);
    expect(pngSequenceRequest(store.getState(), footage()).frames[0]?.fileName).toBe('00001.png');
  });
});
