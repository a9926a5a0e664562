/** Sets of masks, their labels' pairs, tables, worst frames, CSV and what has to be scored again. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId, type ObjectId } from '../base/ids';
import { createLabel, type Label } from '../label/label';
import { decodeRle, encodeRle, rleArea, rleBox, type Rle } from '../mask/rle';
import { contourAccuracy } from '../metrics/contourAccuracy';
import { sequenceStatistics, withoutEnds } from '../metrics/sequenceStatistics';
import type { Tracks } from '../track/maskTrack';
import { noCleanup } from '../track/cleanupRules';
import { withFrameMasks, withTrackCleanup, withTrackThreshold } from '../track/trackEdits';
import { changedFrames } from './changedFrames';
import { framesCsv, pixelLength, tableCsv } from './comparisonCsv';
import { frameToScore, scoreFrame, type FrameScores } from './comparisonFrames';
import { meanRow, pairRow, worstFrames } from './comparisonTable';
import { labelPairs } from './labelPairs';
import {
  commonFrames,
  framesOfSet,
  maskSetFrame,
  presentSet,
  referenceSet,
  resultSet,
  versionSet,
  type MaskSet,
} from './maskSet';
import { countPair, scorePair } from './pairScore';
import { withReference } from './referenceSet';

const width = 8;
const height = 6;

/** Columns `from` up to (not including) `to`. */
function columns(from: number, to: number): Rle {
  const data = Uint8Array.from({ length: width * height }, (_, index) => {
    const x = index % width;
    return x >= from && x < to ? 1 : 0;
  });
  return encodeRle({ width, height, data });
}

function masks(entries: readonly (readonly [ObjectId, number, Rle])[], tracks: Tracks = new Map()): Tracks {
  return entries.reduce(
    (all, [id, frame, rle]) =>
      withFrameMasks(all, 'prompted', frame, [
        [id, { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null }],
      ]),
    tracks,
  );
}

const upper: Label = { ...createLabel([]), name: 'upper' };
const lower: Label = { ...createLabel([upper]), name: 'lower' };
const glare: Label = { ...createLabel([upper, lower], 'void'), name: 'glare' };
const lock: Label = { ...createLabel([upper, lower, glare], 'locked'), name: 'lock' };
const labels = [upper, lower, glare];

const now = presentSet(
  {
    labels,
    tracks: masks([
      [upper.objectId, 0, columns(0, 4)],
      [lower.objectId, 0, columns(4, 8)],
      [upper.objectId, 2, columns(0, 2)],
      [glare.objectId, 2, columns(1, 2)],
    ]),
  },
  10,
  'Now',
);

/** Its labels have other ids, the other way round. */
function truth(entries: readonly (readonly [ObjectId, number, Rle])[]): MaskSet {
  const one = { ...upper, objectId: objectId(1), name: 'index 1' };
  const two = { ...lower, objectId: objectId(2), name: 'index 2' };
  const [reference] = withReference([], { name: 'truth.zip', labels: [one, two], tracks: masks(entries) });
  return referenceSet(reference!, 10);
}

const turned = truth([
  [objectId(1), 0, columns(5, 8)],
  [objectId(2), 0, columns(0, 5)],
  [objectId(2), 2, columns(0, 2)],
  [objectId(1), 4, columns(0, 2)],
]);

describe('a set of masks', () => {
  it('knows its frames, and takes void pixels out of its masks', () => {
    expect(framesOfSet(now)).toEqual([0, 2]);
    expect(maskSetFrame(now, 1)).toBe(null);
    const frame = maskSetFrame(now, 2)!;
    expect(frame.masks.map(({ objectId: id, rle }) => [id, rleArea(rle)])).toEqual([
      [upper.objectId, height],
    ]);
    expect(rleArea(frame.ignored!)).toBe(height);
    expect(commonFrames(now, turned)).toEqual([0, 2]);
  });

  it('of a version or a result ends with its range, and has no labels that came later', () => {
    const version = versionSet(
      {
        id: 3,
        kind: 'refine',
        name: 'Before refinement',
        fromFrame: 1,
        toFrame: 5,
        createdAtRun: 2,
        objectIds: [upper.objectId],
        tracks: now.tracks,
      },
      labels,
    );
    expect(version).toMatchObject({ key: 'version 3', labels: [upper] });
    expect(framesOfSet(version)).toEqual([2]);
    const result = resultSet('memory', 'Memory', now, { fromFrame: 0, toFrame: 1 });
    expect(framesOfSet(result)).toEqual([0]);
    expect(maskSetFrame(result, 2)).toBe(null);
  });
});

describe('labelPairs', () => {
  it('matches by id where both sets have the labels of the project', () => {
    const result = resultSet('memory', 'Memory', now, { fromFrame: 0, toFrame: 9 });
    expect(labelPairs(now, result).map(({ a, b }) => [a, b])).toEqual([
      [upper.objectId, upper.objectId],
      [lower.objectId, lower.objectId],
    ]);
  });

  it('matches a reference by overlap, and obeys what was chosen', () => {
    expect(labelPairs(now, turned)).toEqual([
      { a: upper.objectId, b: 2 },
      { a: lower.objectId, b: 1 },
    ]);
    expect(labelPairs(now, turned, new Map([[lower.objectId, null]]))).toEqual([{ a: upper.objectId, b: 2 }]);
    // What is chosen for one is not matched to another: that gets the best of what is left.
    expect(labelPairs(now, turned, new Map([[upper.objectId, objectId(1)]]))).toEqual([
      { a: upper.objectId, b: 1 },
      { a: lower.objectId, b: 2 },
    ]);
  });

  it('goes by names where nothing overlaps, and leaves the rest alone', () => {
    const far = truth([[objectId(1), 7, columns(0, 1)]]);
    expect(labelPairs(now, far)).toEqual([]);
    const namesake = { ...far, labels: far.labels.map((label) => ({ ...label, name: 'UPPER' })) };
    expect(labelPairs(now, namesake)).toEqual([{ a: upper.objectId, b: 1 }]);
  });

  it('of a reference are those confirmed at its import, before any overlap', () => {
    const [one, two] = [objectId(1), objectId(2)];
    const said = { ...turned, matches: [{ own: one, project: upper.objectId }] };
    // Left alone, upper would be compared with index 2.
    expect(labelPairs(now, said)).toEqual([
      { a: upper.objectId, b: one },
      { a: lower.objectId, b: two },
    ]);
    expect(labelPairs(now, said, new Map([[upper.objectId, two]]))).toEqual([
      { a: upper.objectId, b: two },
      { a: lower.objectId, b: one },
    ]);
    expect(labelPairs(now, said, new Map([[lower.objectId, one]]))).toEqual([
      { a: upper.objectId, b: two },
      { a: lower.objectId, b: one },
    ]);
    // Both references say which label of the project theirs is.
    const other = { ...turned, key: 'reference 2', matches: [{ own: two, project: upper.objectId }] };
    expect(labelPairs(said, other)).toContainEqual({ a: one, b: two });
    // The label of the project is gone.
    const gone = { ...turned, matches: [{ own: one, project: objectId(77) }] };
    expect(labelPairs(now, gone)).toEqual(labelPairs(now, turned));
  });
});

describe('scores', () => {
  const pairs = labelPairs(now, turned);

  it('count what only one has, and leave void pixels out', () => {
    // The void column of frame 2 holds on earlier frames, too.
    const frame = scoreFrame(frameToScore(now, turned, pairs, 0)!);
    expect(frame.pairs[0]).toMatchObject({ aOnlyPx: 0, bOnlyPx: height, bothPx: 3 * height, j: 3 / 4 });
    expect(frame.pairs[1]).toMatchObject({ aOnlyPx: height, bOnlyPx: 0, bothPx: 3 * height, j: 3 / 4 });
    const withVoid = scoreFrame(frameToScore(now, turned, pairs, 2)!);
    expect(withVoid.pairs[0]).toMatchObject({ aOnlyPx: 0, bOnlyPx: 0, bothPx: height, j: 1, f: 1 });
    // The lower dye has no mask in either: alike.
    expect(withVoid.pairs[1]).toMatchObject({ bothPx: 0, j: 1, f: 1 });
    expect(frameToScore(now, turned, pairs, 4)).toBe(null);
  });

  it('are those of whole pictures, whatever lies where', () => {
    const size = { width: 130, height: 70 };
    const box = fc.tuple(fc.nat(140), fc.nat(80), fc.nat(40), fc.nat(30));
    const mask = fc.array(box, { maxLength: 3 }).map((boxes) => {
      const data = new Uint8Array(size.width * size.height);
      for (const [x, y, w, h] of boxes) {
        for (let row = y; row < Math.min(y + h, size.height); row += 1) {
          data.fill(
            1,
            row * size.width + Math.min(x, size.width),
            row * size.width + Math.min(x + w, size.width),
          );
        }
      }
      return encodeRle({ ...size, data });
    });
    fc.assert(
      fc.property(mask, mask, fc.option(mask), (a, b, ignored) => {
        const { f } = scorePair({ a, b }, ignored);
        const expected = contourAccuracy(
          decodeRle(a),
          decodeRle(b),
          ignored ? decodeRle(ignored) : undefined,
        );
        expect(f).toBeCloseTo(expected, 12);
      }),
      { numRuns: 60 },
    );
  });

  it('of a mask that is not there are those of an empty one', () => {
    const a = columns(2, 4);
    const empty = columns(0, 0);
    expect(scorePair({ a, b: null }, null)).toEqual(scorePair({ a, b: empty }, null));
    expect(scorePair({ a: null, b: null }, null)).toMatchObject({ j: 1, f: 1, bothPx: 0 });
    expect(countPair({ a, b: null }, columns(0, 3))).toEqual({ aOnlyPx: height, bOnlyPx: 0, bothPx: 0 });
  });
});

function scoresOf(values: readonly (readonly number[])[]): FrameScores[] {
  return values.map((js, index) => ({
    frameIndex: index * 10,
    pairs: js.map((j) => ({ j, f: j / 2, aOnlyPx: 1, bOnlyPx: 2, bothPx: 3 })),
  }));
}

describe('the table', () => {
  it('leaves the first and last frame out of means, when asked and there are others', () => {
    const scores = scoresOf([[0], [0.4], [0.8], [0]]);
    const row = pairRow(scores, 0, true)!;
    expect(row.frames).toBe(2);
    expect(row.j.mean).toBeCloseTo(0.6, 12);
    expect(row.j.recall).toBe(0.5);
    expect(row.jAndF).toBeCloseTo(0.45, 12);
    expect(row.counts).toEqual({ aOnlyPx: 4, bOnlyPx: 8, bothPx: 12 });
    expect(pairRow(scores, 0, false)!.j.mean).toBeCloseTo(0.3, 12);
    expect(withoutEnds([1, 2])).toEqual([1, 2]);
    expect(pairRow(scores, 1, true)).toBe(null);
    expect(meanRow([row, row])!.jAndF).toBeCloseTo(0.45, 12);
    expect(meanRow([])).toBe(null);
  });

  it('has the decay from the first to the last of four parts that share their borders', () => {
    // Borders of 8 values at 1, 2.75, 4.5, 6.25, 8, rounded: 1, 3, 5, 6, 8.
    const values = [1, 0.9, 0.8, 0.5, 0.5, 0.4, 0.2, 0];
    expect(sequenceStatistics(values)!.decay).toBeCloseTo(0.9 - 0.2, 12);
    expect(sequenceStatistics([0.7])).toEqual({ mean: 0.7, recall: 1, decay: 0 });
    expect(sequenceStatistics([])).toBe(null);
  });

  it('ranks the worst frames first', () => {
    const scores = scoresOf([
      [0.9, 0.2],
      [0.5, 0.2],
    ]);
    expect(worstFrames(scores, 'j').map(({ frameIndex, place }) => [frameIndex, place])).toEqual([
      [0, 1],
      [10, 1],
      [10, 0],
      [0, 0],
    ]);
    expect(worstFrames(scores, 'jAndF', 0).map(({ value }) => value)).toEqual([0.375, 0.675]);
  });
});

describe('CSV', () => {
  const names = { a: 'Now', b: 'truth, "v2"', pairs: [{ a: 'upper, left', b: 'index 1' }] };

  it('has a row for each frame and pair, and areas when calibrated', () => {
    const text = framesCsv(scoresOf([[0.123456789]]), names, () => 0.04, { length: 0.5, unit: 'mm' });
    expect(text).toBe(
      'frame,time_s,label_a,label_b,j,f,j_and_f,a_only_px,b_only_px,both_px,a_only_mm2,b_only_mm2,both_mm2\r\n' +
        '0,0.04,"upper, left",index 1,0.123457,0.061728,0.092593,1,2,3,0.25,0.5,0.75\r\n',
    );
  });

  it('has lengths only of a scale that is known', () => {
    const scale = { from: { x: 0, y: 0 }, to: { x: 10, y: 0 }, length: 5, unit: 'mm' };
    expect(pixelLength({ scale })).toEqual({ length: 0.5, unit: 'mm' });
    expect(pixelLength({ scale: { ...scale, length: 10, unit: 'px' } })).toBeNull();
    expect(pixelLength({ scale: null })).toBeNull();
  });

  it('has a row for each pair', () => {
    const [head, row, end] = tableCsv(scoresOf([[1], [0.5], [1]]), names, true).split('\r\n');
    expect(head?.split(',').length).toBe(16);
    expect(row).toBe('Now,"truth, ""v2""","upper, left",index 1,1,yes,0.5,0,,0.25,0,,0.375,3,6,9');
    expect(end).toBe('');
  });
});

describe('changedFrames', () => {
  it('names the frames whose masks are others, or all of them', () => {
    expect(changedFrames(now, { ...now, name: 'x' })).toEqual(new Set());
    const edited = { ...now, tracks: masks([[lower.objectId, 5, columns(0, 1)]], now.tracks) };
    expect(changedFrames(now, edited)).toEqual(new Set([5]));
    expect(changedFrames(edited, now)).toEqual(new Set([5]));
    const voided = { ...now, tracks: masks([[glare.objectId, 5, columns(0, 1)]], now.tracks) };
    expect(changedFrames(now, voided)).toBe('all');
    const change = { fromFrame: 0, toFrame: 1, probability: 0.3 };
    const locked = (set: MaskSet, frame = 5): MaskSet => ({
      ...set,
      labels: [...labels, lock],
      tracks: masks([[lock.objectId, frame, columns(0, 1)]], set.tracks),
    });
    const cut = { ...now, tracks: withTrackThreshold(now.tracks, upper.objectId, change) };
    expect(changedFrames(now, cut)).toBe('all');
    expect(changedFrames(locked(cut), locked(cut, 6))).toBe('all');
    expect(changedFrames(locked(now), locked(now, 6))).not.toBe('all');
    // By a rule, a mask may look different on frames after the one that changed.
    const rule = { ...noCleanup, keep: 'touching' as const };
    const ruled = withTrackCleanup(now.tracks, upper.objectId, { fromFrame: 0, toFrame: 9, rule });
    const ruledEdit = masks([[upper.objectId, 5, columns(0, 1)]], ruled);
    expect(changedFrames({ ...now, tracks: ruled }, { ...now, tracks: ruledEdit })).toBe('all');
    const renamed = { ...now, labels: labels.map((label) => ({ ...label, name: 'x' })) };
    expect(changedFrames(now, renamed)).toEqual(new Set());
    expect(changedFrames(now, { ...now, labels: [upper] })).toBe('all');
    expect(changedFrames(now, turned)).toBe('all');
  });
});
