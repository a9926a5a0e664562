/** The engine on a film of coloured boxes, its model scripted: which frames and labels it draws, and what changes what. */
import { describe, expect, it } from 'vitest';
import { isCancelled } from '../../../core/base/errors';
import type { ObjectId } from '../../../core/base/ids';
import { decodeRle } from '../../../core/mask/rle';
import { createLabel } from '../../../core/label/label';
import { thresholdSoft } from '../../../core/mask/softThreshold';
import type { AnnotatedFrame, PropagatedFrame } from '../../../core/segment/segmentation';
import type { FrameMask, Tracks } from '../../../core/track/maskTrack';
import { countSteps, planPropagation } from '../../../core/track/propagationPlan';
import { withFrameMasks } from '../../../core/track/trackEdits';
import { frameMaskOf } from '../../sam/frameMaskOf';
import {
  ScriptedVision,
  blue,
  blueId,
  filmHeight,
  filmOf,
  filmWidth,
  green,
  greenId,
  iouWith,
  maskRle,
  red,
  redId,
  type Actor,
} from './__fixtures__/scriptedVision';
import {
  actors,
  film,
  masksAt,
  given,
  request,
  propagate,
  keptOf,
  rleOf,
  indicesOf,
  idsOf,
} from './__fixtures__/scriptedRuns';
import { MemoryPropagator } from './memoryPropagator';
import { allCues } from './options';

/** No pixel has two labels, and the probabilities cut at a half are the masks. */
function expectSound(frames: readonly PropagatedFrame[]): void {
  for (const { masks } of frames) {
    const taken = new Uint8Array(filmWidth * filmHeight);
    for (const { mask } of masks) {
      const { data } = decodeRle(mask.rle);
      data.forEach((value, pixel) => {
        expect(taken[pixel]! + value).toBeLessThanOrEqual(1);
        taken[pixel]! += value;
      });
      expect(thresholdSoft(mask.soft!, { width: filmWidth, height: filmHeight }, 0.5).data).toEqual(data);
      expect(mask.confidence).toBeGreaterThanOrEqual(0);
      expect(mask.confidence).toBeLessThanOrEqual(1);
      expect(mask.cue).toBeDefined();
    }
  }
}

function expectFollowed(frames: readonly PropagatedFrame[], ids: readonly ObjectId[]): void {
  expect(frames.length).toBeGreaterThan(0);
  for (const frame of frames) {
    for (const id of ids) {
      expect(iouWith(rleOf(frame, id), actors.get(id)!.at(frame.frameIndex))).toBeGreaterThan(0.85);
    }
  }
}

describe('labels', () => {
  const all = [redId, greenId, blueId];

  it('are followed together, touching ones too, without sharing a pixel', async () => {
    const frames = await propagate(request({ ids: all }));
    expect(indicesOf(frames)).toEqual([1, 2, 3, 4, 5]);
    expect(frames.map(idsOf)).toEqual(frames.map(() => all));
    expectFollowed(frames, all);
    expectSound(frames);
  });

  it('are followed backward', async () => {
    const frames = await propagate(request({ ids: all, startFrame: 6, endFrame: 2 }));
    expect(indicesOf(frames)).toEqual([5, 4, 3, 2]);
    expectFollowed(frames, all);
    expectSound(frames);
  });

  it('are followed in a window when they are small, and without any one cue', async () => {
    for (const off of ['useWindow', 'useSam', 'useColour', 'useMotion', 'useLongMemory', null] as const) {
      const options = off ? { ...allCues, [off]: false } : allCues;
      const frames = await propagate(
        request({ ids: [redId], endFrame: 2 }),
        new ScriptedVision(film),
        options,
      );
      expectFollowed(frames, [redId]);
    }
  });

  describe('that vanish', () => {
    const isAway = (frame: number): boolean => frame >= 2 && frame <= 4;
    const shy: Actor = { ...red, at: (frame) => (isAway(frame) ? null : red.at(frame)) };

    it('are nowhere until they return', async () => {
      const together = request({ endFrame: 7 });
      const alone = request({ ids: [redId], endFrame: 7 });
      for (const [asked, options] of [
        [together, { ...allCues, useWindow: false }],
        [alone, allCues],
      ] as const) {
        const vision = new ScriptedVision(filmOf([shy, green]));
        for (const frame of await propagate(asked, vision, options)) {
          const { frameIndex } = frame;
          expect(iouWith(rleOf(frame, redId), shy.at(frameIndex))).toBeGreaterThan(0.85);
          expect(decodeRle(rleOf(frame, redId)).data.includes(1)).toBe(!isAway(frameIndex));
        }
      }
    });

    it('are found again soon, outside the window around those that stayed too', async () => {
      const vision = new ScriptedVision(filmOf([shy, green]));
      const frames = await propagate(request({ endFrame: 11 }), vision);
      expectFollowed(frames, [greenId]);
      expectFollowed(frames.slice(-1), [redId]);
    });
  });

  it('compete whatever their role', async () => {
    const asked = request({ ids: all, endFrame: 3 });
    const frames = await propagate({
      ...asked,
      labels: asked.labels.map((label) => ({
        ...label,
        role: label.objectId === blueId ? 'competitor' : 'object',
      })),
    });
    expect(keptOf(frames)).toEqual(keptOf(await propagate(asked)));
  });

  it('keep others off their pixels by competing', async () => {
    // The red and the blue box have one colour now: only their places tell them apart.
    const twin: Actor = { ...blue, colour: red.colour };
    const twins = filmOf([red, twin, green]);
    const frames = await propagate(request({ ids: all, endFrame: 3 }), new ScriptedVision(twins));
    expectSound(frames);
    for (const frame of frames) {
      const overlap = iouWith(rleOf(frame, redId), twin.at(frame.frameIndex));
      expect(overlap).toBeLessThan(0.35);
    }
  });
});

describe('a label that starts on a later frame', () => {
  const late: AnnotatedFrame = { frameIndex: 3, masks: masksAt(3, [blueId]), guesses: [] };
  const labels = request({ ids: [redId, greenId, blueId] }).labels;
  const base = request();
  const withLate = { ...base, labels, annotated: [...base.annotated, late] };

  it('is not drawn before it, is not yielded on it, and is followed from it', async () => {
    const frames = await propagate(withLate);
    for (const frame of frames) {
      expect(idsOf(frame).includes(blueId)).toBe(frame.frameIndex > 3);
      expectFollowed([frame], [redId, greenId]);
    }
    const after = frames.filter(({ frameIndex }) => frameIndex > 3);
    expect(indicesOf(after)).toEqual([4, 5]);
    expectFollowed(after, [blueId]);
    expectSound(frames);
  });

  it('changes nothing before it', async () => {
    const before = ({ frameIndex }: PropagatedFrame): boolean => frameIndex < 3;
    const alone = keptOf((await propagate(base)).filter(before));
    expect(keptOf((await propagate(withLate)).filter(before))).toEqual(alone);
    const guessed = { ...late, guesses: masksAt(3, [redId]) };
    const withGuess = { ...withLate, annotated: [...base.annotated, guessed] };
    expect(keptOf((await propagate(withGuess)).filter(before))).toEqual(alone);
  });

  it('leaves frames empty until it starts when it is the only one', async () => {
    const vision = new ScriptedVision(film);
    const frames = await propagate(
      { ...base, labels, startMasks: [], annotated: [late], endFrame: 5 },
      vision,
    );
    expect(frames.map((frame) => [frame.frameIndex, ...idsOf(frame)])).toEqual([
      [1],
      [2],
      [3],
      [4, blueId],
      [5, blueId],
    ]);
    expectFollowed(frames.slice(3), [blueId]);
    expect(Math.min(...vision.looks)).toBe(3);
  });
});

describe('annotated frames', () => {
  const ids = [redId, greenId];

  it('have what lies between them drawn twice: on the way there, and then for good on the way back', async () => {
    const frames = await propagate(request({ endFrame: 3, annotated: [given(0, ids), given(4, ids)] }));
    expect(indicesOf(frames)).toEqual([1, 2, 3, 3, 2, 1]);
    expectFollowed(frames, ids);
    expectSound(frames);
    const [first, last] = [frames[0]!, frames[5]!];
    ids.forEach((_, label) => {
      expect(last.masks[label]!.mask.confidence).toBeGreaterThanOrEqual(
        first.masks[label]!.mask.confidence! - 1e-9,
      );
    });
  });

  it('are passed through, and drawn only for labels that are not given there', async () => {
    const frames = await propagate(request({ annotated: [given(0, ids), given(3, [redId])] }));
    expect(indicesOf(frames)).toEqual([1, 2, 2, 1, 3, 4, 5]);
    expect(idsOf(frames[4]!)).toEqual([greenId]);
    expectFollowed([frames[4]!], [greenId]);
    expect(frames.filter(({ frameIndex }) => frameIndex !== 3).map(idsOf)).toEqual(
      Array.from({ length: 6 }, () => ids),
    );
    expectSound(frames);
  });

  it('keep their pixels from labels that are drawn there', async () => {
    // The user says that the left edge of the green box is red.
    const [x0, y0, , y1] = green.at(3)!;
    const claimed = maskRle([x0, y0, x0 + 2, y1]);
    const frame = { frameIndex: 3, masks: [{ objectId: redId, rle: claimed }], guesses: [] };
    const frames = await propagate(request({ endFrame: 3, annotated: [given(0, ids), frame] }));
    const drawn = frames.at(-1)!;
    expect(idsOf(drawn)).toEqual([greenId]);
    const taken = decodeRle(claimed).data;
    const { data } = decodeRle(rleOf(drawn, greenId));
    expect(data.some((value, pixel) => value === 1 && taken[pixel] === 1)).toBe(false);
    expect(data.includes(1)).toBe(true);
    expectSound([drawn]);
  });

  it('need no look when nothing is drawn there', async () => {
    const vision = new ScriptedVision(film);
    const frames = await propagate(
      request({ startFrame: 1, endFrame: 2, annotated: [given(1, ids), given(2, ids), given(3, ids)] }),
      vision,
    );
    expect(frames).toMatchObject([{ frameIndex: 2, masks: [] }]);
  });

  it('cut a run into runs of their own', async () => {
    const annotated = [given(0, ids), given(3, ids), given(6, ids)];
    const whole = keptOf(await propagate(request({ endFrame: 7, annotated })));
    const parts = [
      request({ endFrame: 2, annotated }),
      request({ startFrame: 3, endFrame: 5, annotated }),
      request({ startFrame: 6, endFrame: 7, annotated }),
    ];
    const pieces: PropagatedFrame[] = [];
    for (const part of parts) {
      pieces.push(...(await propagate(part)));
    }
    expect(keptOf(pieces)).toEqual(whole);
  });
});

describe('a planned run', () => {
  const frameMask = (frameIndex: number, id: ObjectId): FrameMask =>
    frameMaskOf(decodeRle(maskRle(actors.get(id)!.at(frameIndex))), null);
  const tracks = [0, 3, 6].reduce<Tracks>(
    (sum, frame) =>
      withFrameMasks(
        sum,
        'prompted',
        frame,
        [redId, greenId].slice(0, frame === 3 ? 1 : 2).map((id) => [id, frameMask(frame, id)] as const),
      ),
    new Map(),
  );
  const first = createLabel([]);
  const labels = [first, createLabel([first])];

  it.each([
    { startFrame: 0, direction: 1, untilPrompted: true },
    { startFrame: 0, direction: 1, untilPrompted: false },
    { startFrame: 6, direction: -1, untilPrompted: true },
    { startFrame: 6, direction: -1, untilPrompted: false },
    { startFrame: 3, direction: 1, untilPrompted: false },
  ] as const)('draws as many frames as its progress counts: %o', async ({ startFrame, ...options }) => {
    const range = { inFrame: 0, outFrame: 7 };
    const plan = planPropagation(tracks, labels, startFrame, { ...options, range })!;
    const frames = await propagate({ ...request(), ...plan });
    expect(frames).toHaveLength(countSteps(plan));
    for (const frame of frames) {
      const ids = [redId, greenId].filter((id) => !tracks.get(id)?.prompted.has(frame.frameIndex));
      expect(idsOf(frame)).toEqual(ids);
    }
  });
});

describe('a correction', () => {
  const ids = [redId, greenId];

  it('draws the frames between its neighbours and no others', async () => {
    const annotated = [given(0, ids), given(3, ids), given(6, ids)];
    const ahead = await propagate(request({ startFrame: 3, endFrame: 5, annotated }));
    const back = await propagate(request({ startFrame: 3, endFrame: 1, annotated }));
    expect(new Set(indicesOf(ahead))).toEqual(new Set([4, 5]));
    expect(new Set(indicesOf(back))).toEqual(new Set([2, 1]));
    expectFollowed([...ahead, ...back], ids);
  });
});

describe('a run', () => {
  it('is the same every time, and when the device is lost in every look', async () => {
    const asked = request({
      endFrame: 3,
      annotated: [given(0, [redId, greenId]), given(4, [redId, greenId])],
    });
    const once = keptOf(await propagate(asked));
    expect(keptOf(await propagate(asked))).toEqual(once);
    expect(keptOf(await propagate(asked, new ScriptedVision(film, 2)))).toEqual(once);
  });

  it('tells where the time went', async () => {
    const [first] = await propagate(request({ endFrame: 1 }));
    expect(first!.timings.encodeMs).toBe(3);
    expect(first!.timings.decodeMs).toBeGreaterThan(0);
    expect(first!.timings).toHaveProperty('restMs');
  });

  it('ends as cancelled, with what it has', async () => {
    const controller = new AbortController();
    const propagator = new MemoryPropagator(new ScriptedVision(film), allCues);
    const seen: number[] = [];
    const run = (async () => {
      for await (const { frameIndex } of propagator.propagate(request(), controller.signal)) {
        seen.push(frameIndex);
        if (frameIndex === 2) {
          controller.abort();
        }
      }
    })();
    expect(isCancelled(await run.catch((error: unknown) => error))).toBe(true);
    expect(seen).toEqual([1, 2]);
  });

  it('says so when there is nothing to propagate', async () => {
    const nothing = request({ startMasks: [], annotated: [] });
    await expect(propagate(nothing)).rejects.toMatchObject({ code: 'propagation-no-masks' });
  });

  it('goes on from masks that are all empty', async () => {
    const startMasks = [{ objectId: redId, rle: maskRle(null) }];
    const frames = await propagate(request({ ids: [redId], endFrame: 2, startMasks, annotated: [] }));
    expect(indicesOf(frames)).toEqual([1, 2]);
    expect(frames.every((frame) => !decodeRle(rleOf(frame, redId)).data.includes(1))).toBe(true);
  });
});
