import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import { rleArea } from '../core/mask/rle';
import { composeLabelMap } from '../core/mask/labelMap';
import { encodeSoftMask } from '../core/mask/softMask';
import { travelHistory } from '../state/travelHistory';
import { exportRequest, numberedMasks } from './exportRequest';
import { LatestWins } from './latestWins';
import { FootageOpener } from './openFootage';
import { startPlaybackClock } from './playbackClock';
import { RateMeter } from './rateMeter';
import type { Services } from './services';
import { one, maskOf, footage, ready, nextTurn, addPoint } from './__fixtures__/appFixtures';

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

describe('FootageOpener', () => {
  function services(open: Services['footage']['open']) {
    const closed: string[] = [];
    let lose = (): void => undefined;
    return {
      closed,
      lose: () => lose(),
      footage: {
        onLost: (listener: () => void) => {
          lose = listener;
        },
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

  it('keeps prompts and masks when footage whose worker died is opened again', async () => {
    const store = ready();
    addPoint(store);
    const again = footage();
    const fakes = services(async () => again);
    const opener = new FootageOpener(store, fakes);
    fakes.lose();
    await opener.open(input);
    expect(store.getState().footage).toBe(again);
    expect(store.getState().prompts).toHaveLength(1);
    expect(store.getState().confirmation).toBeNull();
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
    const request = exportRequest(store.getState(), images);
    expect(request.frames).toEqual([
      { frameIndex: 1, timestampSec: 0.1, durationSec: 0.1, fileName: 'a2.png' },
      { frameIndex: 2, timestampSec: 0.2, durationSec: expect.closeTo(0.1, 9), fileName: 'a10.png' },
    ]);
    expect(exportRequest(store.getState(), footage()).frames[0]?.fileName).toBe('00001.png');
  });

  it('asks for soft masks only when they are wanted, and names the frames without probabilities', () => {
    const store = ready();
    const soft = encodeSoftMask(new Float32Array(64).fill(3), 8, 8);
    store.getState().addLabel('competitor');
    store.getState().setFrameMasks('propagated', 2, [[one, { ...maskOf(3), soft }]]);
    store.getState().setFrameMasks('propagated', 3, [[one, maskOf(4)]]);
    const plain = exportRequest(store.getState(), footage());
    expect(plain.softSequences).toBeUndefined();
    expect(numberedMasks(store.getState(), 2)[0]?.soft).toBeUndefined();
    store.getState().setSoftExported(true);
    const request = exportRequest(store.getState(), footage());
    expect(request.softSequences).toEqual([{ number: 1, binaryFrames: [3] }]);
    expect(numberedMasks(store.getState(), 2)[0]?.soft).toBe(soft);
  });

  it('asks for probabilities of cut-outs only where their edges are soft', () => {
    const store = ready();
    const soft = encodeSoftMask(new Float32Array(64).fill(3), 8, 8);
    store.getState().setFrameMasks('propagated', 2, [[one, { ...maskOf(3), soft }]]);
    const asked = (options: Record<string, string>): boolean[] => {
      const order = { fromFrame: 2, toFrame: 2, formats: [{ id: 'cutout', options }] } as const;
      const { softSequences } = exportRequest(store.getState(), footage(), order);
      const [mask] = numberedMasks(store.getState(), 2, order);
      return [softSequences !== undefined, mask?.soft !== undefined];
    };
    expect(asked({})).toEqual([false, false]);
    expect(asked({ edge: 'hard' })).toEqual([false, false]);
    expect(asked({ edge: 'soft' })).toEqual([true, true]);
  });

  it('exports masks at their thresholds', () => {
    const store = ready();
    const soft = encodeSoftMask(new Float32Array(64).fill(1), 8, 8);
    store.getState().setFrameMasks('propagated', 2, [[one, { ...maskOf(3), soft }]]);
    store.getState().setThreshold(one, { fromFrame: 0, toFrame: 9, probability: 0.3 });
    expect(numberedMasks(store.getState(), 2).map(({ rle }) => rleArea(rle))).toEqual([64]);
    store.getState().setThreshold(one, { fromFrame: 2, toFrame: 2, probability: 0.8 });
    expect(numberedMasks(store.getState(), 2).map(({ rle }) => rleArea(rle))).toEqual([0]);
  });

  it('exports masks after their clean-up rules, and leaves the drawn ones alone', () => {
    const store = ready();
    store.getState().setFrameMasks('propagated', 2, [[one, maskOf(3)]]);
    const rule = { minAreaPx: 5, maxHolePx: 0, keep: 'all', growPx: 0 } as const;
    store.getState().setCleanup(one, { fromFrame: 0, toFrame: 9, rule });
    expect(numberedMasks(store.getState(), 2).map(({ rle }) => rleArea(rle))).toEqual([0]);
    expect(store.getState().tracks.get(one)?.propagated.get(2)?.areaPx).toBe(3);
    travelHistory(store, 'undo');
    expect(numberedMasks(store.getState(), 2).map(({ rle }) => rleArea(rle))).toEqual([3]);
  });

  it('writes the labels that were chosen, and takes the place of others with background', () => {
    const store = ready();
    const second = store.getState().addLabel().objectId;
    store.getState().setFrameMasks('propagated', 2, [[one, maskOf(9)]]);
    store.getState().setFrameMasks('prompted', 2, [[second, maskOf(4)]]);
    const order = {
      fromFrame: 2,
      toFrame: 3,
      objectIds: [one],
      formats: [{ id: 'npz', options: {} }],
    } as const;
    const request = exportRequest(store.getState(), footage(), order);
    expect(request.labels.map(({ number }) => number)).toEqual([1]);
    expect(request.frames.map(({ frameIndex }) => frameIndex)).toEqual([2, 3]);
    const masks = numberedMasks(store.getState(), 2, order);
    expect(composeLabelMap({ width: 8, height: 8 }, masks).data.filter(Boolean).length).toBe(5);
  });

  it('makes void pixels 255 on every frame, over all labels, and writes nothing of locked regions', () => {
    const store = ready();
    const ignored = store.getState().addLabel('void').objectId;
    const locked = store.getState().addLabel('locked').objectId;
    const painted = { isAccepted: true, edit: 'painted' } as const;
    const note = { name: 'Brush', objectIds: [ignored, locked], fromFrame: 5, toFrame: 5 };
    store.getState().commitEdit(note, [
      {
        frameIndex: 5,
        masks: [
          [ignored, { ...maskOf(2), ...painted }],
          [locked, { ...maskOf(9), ...painted }],
        ],
      },
    ]);
    store.getState().setFrameMasks('propagated', 2, [[one, maskOf(4)]]);
    const masks = numberedMasks(store.getState(), 2);
    expect(masks.map(({ number }) => number)).toEqual([1, 255]);
    expect([...composeLabelMap({ width: 8, height: 8 }, masks).data].filter(Boolean).toSorted()).toEqual([
      1, 1, 255, 255,
    ]);
    const { labels } = exportRequest(store.getState(), store.getState().footage!);
    expect(labels.map(({ number, role }) => [number, role])).toEqual([
      [1, 'object'],
      [255, 'void'],
    ]);
  });
});
