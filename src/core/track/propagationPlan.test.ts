import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { createLabel, type Label } from '../label/label';
import type { FrameMask, Tracks } from './maskTrack';
import { rleArea } from '../mask/rle';
import { countSteps, planPropagation } from './propagationPlan';
import { acceptedMasks, hasAcceptedMask, withoutAccepted } from './acceptedMasks';
import { annotatedFrames } from './annotatedFrames';
import { seenMasks } from './seenMasks';
import { withFrameMasks, withoutPropagated } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const mask: FrameMask = {
  rle: { size: [2, 2], counts: Uint32Array.of(0, 4) },
  box: [0, 0, 2, 2],
  areaPx: 4,
  predictedIou: null,
};
const one = objectId(1);
const two = objectId(2);
const first = createLabel([]);
const labels: Label[] = [first, createLabel([first], 'competitor')];
const range = { inFrame: 0, outFrame: 20 };

function prompted(...frames: number[]): Tracks {
  return frames.reduce<Tracks>(
    (tracks, frame) => withFrameMasks(tracks, 'prompted', frame, [[one, mask]]),
    new Map(),
  );
}

describe('planPropagation', () => {
  it('runs to the out point when no other frame is prompted', () => {
    const plan = planPropagation(prompted(3), labels, 3, { direction: 1, untilPrompted: true, range });
    expect(plan).toMatchObject({ startFrame: 3, endFrame: 20, frameCount: 17, conditioning: [] });
    expect(plan?.startMasks.map((entry) => entry.objectId)).toEqual([one]);
  });

  it('stops before the neighbouring prompted frame, both ways', () => {
    const tracks = prompted(2, 8, 15);
    const forward = planPropagation(tracks, labels, 8, { direction: 1, untilPrompted: true, range });
    const backward = planPropagation(tracks, labels, 8, { direction: -1, untilPrompted: true, range });
    expect(forward?.endFrame).toBe(14);
    expect(backward?.endFrame).toBe(3);
  });

  it('passes prompted frames with their masks as conditioning, in running order', () => {
    const plan = planPropagation(prompted(2, 5, 9), labels, 12, {
      direction: -1,
      untilPrompted: false,
      range,
    });
    expect(plan?.endFrame).toBe(0);
    expect(plan?.conditioning.map((entry) => entry.frameIndex)).toEqual([9, 5, 2]);
  });

  it('has nothing to do at the end of the range or beside a prompted frame', () => {
    expect(
      planPropagation(prompted(20), labels, 20, { direction: 1, untilPrompted: true, range }),
    ).toBeNull();
    expect(
      planPropagation(prompted(4, 5), labels, 4, { direction: 1, untilPrompted: true, range }),
    ).toBeNull();
  });

  it('never leaves the range nor steps onto a prompted frame when told to stop there', () => {
    const frames = fc.uniqueArray(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(
        frames,
        fc.nat(40),
        fc.constantFrom(1 as const, -1 as const),
        fc.nat(40),
        fc.nat(40),
        (at, start, direction, a, b) => {
          const bounds = { inFrame: Math.min(a, b), outFrame: Math.max(a, b) };
          const plan = planPropagation(prompted(...at), labels, start, {
            direction,
            untilPrompted: true,
            range: bounds,
          });
          for (let step = 1; step <= (plan?.frameCount ?? 0); step += 1) {
            const frame = start + direction * step;
            expect(at).not.toContain(frame);
            expect(direction === 1 ? frame <= bounds.outFrame : frame >= bounds.inFrame).toBe(true);
          }
        },
      ),
    );
  });
});

describe('countSteps', () => {
  it('counts frames between two annotated frames of the run twice', () => {
    const bracket = planPropagation(prompted(3, 9), labels, 3, { direction: 1, untilPrompted: true, range });
    expect(bracket).toMatchObject({ startFrame: 3, endFrame: 8, frameCount: 5 });
    expect(countSteps(bracket!)).toBe(10);
    const open = planPropagation(prompted(3), labels, 3, { direction: 1, untilPrompted: true, range });
    expect(countSteps(open!)).toBe(open?.frameCount);
  });

  it('agrees with looking at each frame', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(20), { maxLength: 8 }),
        fc.nat(20),
        fc.constantFrom(1 as const, -1 as const),
        fc.boolean(),
        (at, start, direction, untilPrompted) => {
          const plan = planPropagation(prompted(...at), labels, start, { direction, untilPrompted, range });
          fc.pre(plan !== null);
          // Annotated frames that the run can see: from its start to just behind its end.
          const onWay = at.filter((frame) => {
            const step = (frame - start) * direction;
            return step >= 0 && step <= plan!.frameCount + 1;
          });
          let steps = 0;
          for (let step = 1; step <= plan!.frameCount; step += 1) {
            const frame = start + direction * step;
            const isBetween =
              !at.includes(frame) && onWay.some((a) => a < frame) && onWay.some((a) => a > frame);
            steps += isBetween ? 2 : 1;
          }
          expect(countSteps(plan!)).toBe(steps);
        },
      ),
    );
  });
});

describe('annotatedFrames', () => {
  it('tells true masks from guesses, as they are seen, on every prompted frame of the clip', () => {
    const left: FrameMask = { ...mask, rle: { size: [2, 2], counts: Uint32Array.of(0, 2, 2) } };
    let tracks = withFrameMasks(prompted(7), 'propagated', 3, [[two, mask]]);
    tracks = withFrameMasks(tracks, 'prompted', 3, [[one, left]]);
    tracks = withFrameMasks(tracks, 'propagated', 5, [[one, mask]]);
    const [third, seventh, ...others] = annotatedFrames(tracks, labels);
    expect(others).toEqual([]);
    expect(third?.masks).toEqual([{ objectId: one, rle: left.rle }]);
    expect(third?.guesses.map((guess) => [guess.objectId, rleArea(guess.rle)])).toEqual([[two, 2]]);
    expect(seventh).toEqual({ frameIndex: 7, masks: [{ objectId: one, rle: mask.rle }], guesses: [] });
  });
});

describe('accepting a frame', () => {
  const guess: FrameMask = { ...mask, confidence: 0.3, cue: 'colour' };
  const nothing: FrameMask = {
    ...mask,
    rle: { size: [2, 2], counts: Uint32Array.of(4) },
    box: null,
    areaPx: 0,
  };

  it('makes what is seen true, empty masks too, and leaves prompted ones and labels never looked for', () => {
    const three = createLabel(labels);
    const all = [...labels, three, createLabel([...labels, three])];
    const left: FrameMask = { ...mask, rle: { size: [2, 2], counts: Uint32Array.of(0, 2, 2) } };
    let tracks = withFrameMasks(new Map(), 'propagated', 3, [
      [two, guess],
      [three.objectId, nothing],
    ]);
    tracks = withFrameMasks(tracks, 'prompted', 3, [[one, left]]);
    const accepted = new Map(acceptedMasks(tracks, all, 3));
    expect([...accepted.keys()]).toEqual([two, three.objectId]);
    const kept = accepted.get(two);
    expect(kept).toMatchObject({ areaPx: 2, box: [1, 0, 2, 2], isAccepted: true });
    expect(kept).not.toHaveProperty('confidence');
    expect(accepted.get(three.objectId)?.areaPx).toBe(0);
  });

  it('lets a correction cover what was accepted, and is taken back to what was propagated', () => {
    const before = withFrameMasks(new Map(), 'propagated', 3, [
      [one, guess],
      [two, nothing],
    ]);
    let tracks = withFrameMasks(before, 'prompted', 3, acceptedMasks(before, labels, 3));
    expect(hasAcceptedMask(tracks, 3)).toBe(true);
    tracks = withFrameMasks(tracks, 'prompted', 3, [[two, mask]]);
    expect(seenMasks(tracks, labels, 3).map((seen) => [seen.objectId, rleArea(seen.rle)])).toEqual([
      [one, 0],
      [two, 4],
    ]);
    const back = withoutAccepted(tracks, 3);
    expect([...(back.get(one)?.prompted.keys() ?? [])]).toEqual([]);
    expect(back.get(two)?.prompted.get(3)).toBe(mask);
    expect(back.get(one)?.propagated.get(3)).toBe(guess);
  });
});

describe('seenMasks', () => {
  it('takes the pixels of prompted masks from propagated ones, as on the screen', () => {
    const left: FrameMask = { ...mask, rle: { size: [2, 2], counts: Uint32Array.of(0, 2, 2) } };
    let tracks = withFrameMasks(new Map(), 'propagated', 3, [[two, mask]]);
    tracks = withFrameMasks(tracks, 'prompted', 3, [[one, left]]);
    const areas = new Map(seenMasks(tracks, labels, 3).map((entry) => [entry.objectId, rleArea(entry.rle)]));
    expect(areas).toEqual(
      new Map([
        [one, 2],
        [two, 2],
      ]),
    );
  });
});

describe('tracks', () => {
  it('keep what was propagated under a prompted mask and give it back', () => {
    const propagated: FrameMask = { ...mask, predictedIou: 0.5 };
    let tracks = withFrameMasks(new Map(), 'propagated', 7, [[one, propagated]]);
    tracks = withFrameMasks(tracks, 'prompted', 7, [[one, mask]]);
    expect(masksOfFrame(tracks, labels, 7)).toEqual([{ objectId: one, mask, source: 'prompted' }]);
    tracks = withFrameMasks(tracks, 'prompted', 7, [[one, null]]);
    expect(masksOfFrame(tracks, labels, 7)).toEqual([
      { objectId: one, mask: propagated, source: 'propagated' },
    ]);
  });

  it('put prompted masks over propagated ones', () => {
    let tracks = withFrameMasks(new Map(), 'prompted', 1, [[one, mask]]);
    tracks = withFrameMasks(tracks, 'propagated', 1, [[two, mask]]);
    expect(masksOfFrame(tracks, labels, 1).map((entry) => entry.objectId)).toEqual([two, one]);
  });

  it('clear propagated masks of a range and no prompted one', () => {
    let tracks = withFrameMasks(new Map(), 'prompted', 5, [[one, mask]]);
    for (const frame of [4, 5, 6, 7]) {
      tracks = withFrameMasks(tracks, 'propagated', frame, [[one, mask]]);
    }
    const cleared = withoutPropagated(tracks, 5, 6).get(one);
    expect([...(cleared?.propagated.keys() ?? [])]).toEqual([4, 7]);
    expect([...(cleared?.prompted.keys() ?? [])]).toEqual([5]);
  });
});
