/** Edits by one click: what they change, and that each is one step of undo. */
import { beforeEach, describe, expect, it } from 'vitest';
import { objectId } from '../core/base/ids';
import { decodeRle, encodeRle } from '../core/mask/rle';
import { withRle } from '../core/track/maskAtThreshold';
import type { FrameMask } from '../core/track/maskTrack';
import { masksOfFrame } from '../core/track/visibleMasks';
import type { MaskflowStore } from '../state/store';
import { travelHistory } from '../state/travelHistory';
import { addPoint, one, ready } from './__fixtures__/appFixtures';
import { clearMask, copyMask, interpolateGap, markAbsent, operateOnMask } from './editMasks';

const two = objectId(2);

/** Eight rows of eight pixels. */
function maskOf(rows: readonly string[], extra: Partial<FrameMask> = {}): FrameMask {
  const data = Uint8Array.from(rows.join(''), (pixel) => (pixel === '#' ? 1 : 0));
  const rle = encodeRle({ width: 8, height: 8, data });
  return withRle({ rle, box: null, areaPx: 0, predictedIou: 0.9, confidence: 0.8, ...extra }, rle);
}

/** A square of 3 x 3 at (x, y). */
function square(x: number, y = 2): FrameMask {
  const row = `${'.'.repeat(x)}###${'.'.repeat(5 - x)}`;
  const empty = '........';
  return maskOf(Array.from({ length: 8 }, (_, at) => (at >= y && at < y + 3 ? row : empty)));
}

const ring = maskOf([
  '........',
  '.###....',
  '.#.#....',
  '.###....',
  '........',
  '......#.',
  '........',
  '........',
]);

let store: MaskflowStore;

beforeEach(() => {
  store = ready();
  store.temporal.getState().clear();
});

function seen(frameIndex: number, id = one): FrameMask | undefined {
  const { tracks, labels } = store.getState();
  return masksOfFrame(tracks, labels, frameIndex).find((entry) => entry.objectId === id)?.mask;
}

function pixels(mask: FrameMask | undefined): number {
  return mask ? decodeRle(mask.rle).data.reduce((sum, value) => sum + value, 0) : 0;
}

const steps = (): number => store.temporal.getState().pastStates.length;

describe('operations on a mask', () => {
  it.each([
    [{ kind: 'fillHoles', maxPx: 1 }, 10, 1],
    [{ kind: 'removeSpecks', minPx: 2 }, 8, 1],
    [{ kind: 'keepLargest' }, 8, 1],
    [{ kind: 'shrink', px: 1 }, 0, 9],
    [{ kind: 'smooth', px: 1 }, 0, 9],
  ] as const)('make a painted mask of it: %o', (operation, area, changed) => {
    store.getState().setFrameMasks('propagated', 0, [[one, ring]]);
    expect(operateOnMask(store, one, operation)).toMatchObject({ frames: 1, areaPx: changed });
    expect(seen(0)).toMatchObject({ areaPx: area, edit: 'painted', isAccepted: true, predictedIou: null });
    expect(seen(0)?.confidence).toBeUndefined();
    expect(steps()).toBe(1);
    travelHistory(store, 'undo');
    expect(seen(0)).toBe(ring);
    travelHistory(store, 'redo');
    expect(pixels(seen(0))).toBe(area);
  });

  it('name themselves, and leave no step when nothing changes', () => {
    store.getState().setFrameMasks('propagated', 0, [[one, square(1)]]);
    expect(operateOnMask(store, one, { kind: 'fillHoles', maxPx: 9 })).toEqual({
      name: 'Fill holes',
      frames: 0,
      areaPx: 0,
    });
    expect(operateOnMask(store, two, { kind: 'grow', px: 1 }).frames).toBe(0);
    expect(steps()).toBe(0);
    operateOnMask(store, one, { kind: 'grow', px: 2 });
    expect(store.getState().lastEdit).toEqual({
      name: 'Grow by 2 px',
      objectIds: [one],
      fromFrame: 0,
      toFrame: 0,
    });
  });

  it('grow up to other labels', () => {
    store.getState().addLabel();
    store.temporal.getState().clear();
    store.getState().setFrameMasks('propagated', 0, [
      [one, square(0)],
      [two, square(4)],
    ]);
    operateOnMask(store, one, { kind: 'grow', px: 3 });
    expect(pixels(seen(0, two))).toBe(9);
    expect(seen(0, two)?.edit).toBeUndefined();
    const both = decodeRle(seen(0)!.rle).data.map(
      (value, pixel) => value & decodeRle(seen(0, two)!.rle).data[pixel]!,
    );
    expect(both.includes(1)).toBe(false);
  });
});

describe('not on this frame, and clear', () => {
  it('say that the label is not there, and take it back', () => {
    store.getState().setFrameMasks('propagated', 0, [[one, square(1)]]);
    expect(markAbsent(store, one)).toEqual({ name: 'Not here', frames: 1, areaPx: 9 });
    expect(seen(0)).toMatchObject({ areaPx: 0, edit: 'painted', isAccepted: true });
    expect(clearMask(store, one)).toMatchObject({ frames: 1 });
    expect(seen(0)).toMatchObject({ areaPx: 9, confidence: 0.8 });
    expect(steps()).toBe(2);
    travelHistory(store, 'undo');
    expect(seen(0)?.areaPx).toBe(0);
  });

  it('can be said where the label has no mask at all', () => {
    expect(markAbsent(store, one).frames).toBe(1);
    expect(seen(0)?.areaPx).toBe(0);
    expect(markAbsent(store, one).frames).toBe(0);
  });

  it('takes the prompts that would draw the mask again along', () => {
    addPoint(store);
    store.getState().setFrameMasks('prompted', 0, [[one, square(1)]]);
    store.temporal.getState().clear();
    clearMask(store, one);
    expect(store.getState().prompts).toEqual([]);
    expect(seen(0)).toBeUndefined();
    travelHistory(store, 'undo');
    expect(store.getState().prompts).toHaveLength(1);
    expect(pixels(seen(0))).toBe(9);
  });
});

describe('copies', () => {
  it('go over guesses, and leave annotated frames and annotated pixels of others', async () => {
    store.getState().addLabel();
    const { setFrameMasks } = store.getState();
    setFrameMasks('prompted', 2, [[one, square(2)]]);
    setFrameMasks('propagated', 3, [
      [one, square(5)],
      [two, square(1)],
    ]);
    setFrameMasks('prompted', 4, [[one, square(4)]]);
    setFrameMasks('prompted', 5, [[two, square(0)]]);
    store.getState().seek(2);
    store.temporal.getState().clear();
    const outcome = await copyMask(store, one, { fromFrame: 0, toFrame: 5 });
    expect(outcome).toMatchObject({ name: 'Copy to 4 frames', frames: 4 });
    expect(seen(3)).toMatchObject({ edit: 'copied', isAccepted: true, rle: square(2).rle });
    expect(seen(3, two)).toMatchObject({ rle: square(1).rle, confidence: 0.8 });
    expect(seen(4)).toMatchObject({ rle: square(4).rle });
    expect(pixels(seen(5))).toBe(6);
    expect(seen(5, two)).toMatchObject({ rle: square(0).rle });
    expect(steps()).toBe(1);
    travelHistory(store, 'undo');
    expect(seen(0)).toBeUndefined();
    expect(seen(3)).toMatchObject({ rle: square(5).rle });
  });

  it('become annotation where the guess is the same', async () => {
    const { setFrameMasks } = store.getState();
    setFrameMasks('prompted', 0, [[one, square(2)]]);
    setFrameMasks('propagated', 1, [[one, square(2)]]);
    await copyMask(store, one, { fromFrame: 1, toFrame: 1 });
    expect(seen(1)).toMatchObject({ edit: 'copied', areaPx: 9 });
  });
});

describe('interpolation', () => {
  it('draws the frames between two annotated ones', async () => {
    const { setFrameMasks } = store.getState();
    setFrameMasks('prompted', 1, [[one, square(1)]]);
    setFrameMasks('prompted', 4, [[one, square(4)]]);
    setFrameMasks('propagated', 3, [[one, square(5, 5)]]);
    store.getState().seek(3);
    store.temporal.getState().clear();
    expect(await interpolateGap(store, one)).toMatchObject({ name: 'Interpolate 2 frames', frames: 2 });
    expect([2, 3].map((frame) => seen(frame)?.box)).toEqual([
      [2, 2, 5, 5],
      [3, 2, 6, 5],
    ]);
    expect(seen(3)?.edit).toBe('interpolated');
    expect(steps()).toBe(1);
  });

  it('goes by the times of the frames, not by their numbers', async () => {
    const { setFrameMasks, footage } = store.getState();
    const timestampsSec = Float64Array.from(footage!.frameTable.timestampsSec);
    timestampsSec.set([0.1, 0.5, 0.6, 0.7], 1);
    store.setState({ footage: { ...footage!, frameTable: { timestampsSec, lastDurationSec: 0.1 } } });
    setFrameMasks('prompted', 1, [[one, square(1)]]);
    setFrameMasks('prompted', 4, [[one, square(4)]]);
    store.getState().seek(2);
    await interpolateGap(store, one);
    // 4/6 and 5/6 of the way.
    expect([2, 3].map((frame) => seen(frame)?.box?.[0])).toEqual([3, 4]);
  });

  it('does nothing without two annotated frames', async () => {
    store.getState().setFrameMasks('prompted', 1, [[one, square(0)]]);
    expect(await interpolateGap(store, one)).toMatchObject({ frames: 0 });
    expect(steps()).toBe(0);
  });
});
