import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { createLabel, type Label } from '../label/label';
import type { FrameMask, Tracks } from './maskTrack';
import { rleArea } from '../mask/rle';
import { planPropagation, seenMasks } from './propagationPlan';
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
