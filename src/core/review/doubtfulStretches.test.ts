/** The review queue holds what was doubtful, all of it, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLabel, type Label } from '../label/label';
import type { FrameMask, Tracks } from '../track/maskTrack';
import { withFrameMasks } from '../track/trackEdits';
import { DOUBT_BELOW, doubtfulFrames, doubtfulStretches, MERGE_GAP_FRAMES } from './doubtfulStretches';

const mask: FrameMask = {
  rle: { size: [1, 1], counts: Uint32Array.of(0, 1) },
  box: [0, 0, 1, 1],
  areaPx: 1,
  predictedIou: null,
};
const first = createLabel([]);
const second = createLabel([first]);
const rival = createLabel([first, second], 'competitor');
const labels: Label[] = [first, second, rival];
const everywhere = { inFrame: 0, outFrame: 99 };

type Guesses = readonly (readonly [frame: number, confidence: number | null])[];

function tracksOf(guesses: Guesses, prompted: readonly number[] = [], label = first): Tracks {
  let tracks: Tracks = new Map();
  for (const [frame, confidence] of guesses) {
    const guess = confidence === null ? mask : { ...mask, confidence };
    tracks = withFrameMasks(tracks, 'propagated', frame, [[label.objectId, guess]]);
  }
  for (const frame of prompted) {
    tracks = withFrameMasks(tracks, 'prompted', frame, [[label.objectId, mask]]);
  }
  return tracks;
}

const guesses = fc.uniqueArray(
  fc.tuple(fc.nat(60), fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null })),
  { selector: ([frame]) => frame, maxLength: 50 },
);
const prompted = fc.uniqueArray(fc.nat(60), { maxLength: 6 });
const ranges = fc
  .tuple(fc.nat(60), fc.nat(60))
  .map(([a, b]) => ({ inFrame: Math.min(a, b), outFrame: Math.max(a, b) }));

describe('doubtfulStretches', () => {
  it('joins over short gaps, names the worst frame, and puts the worst stretch first', () => {
    const tracks = tracksOf([
      [10, 0.4],
      [11, 0.9],
      [12, 0.9],
      [13, 0.2],
      [14, 0.9],
      [15, 0.9],
      [16, 0.9],
      [17, 0.45],
      [30, 0.49],
      [31, 0.1],
      [32, 0.3],
    ]);
    expect(
      doubtfulStretches(tracks, labels, everywhere).map(
        ({ fromFrame, toFrame, worstFrame, worstConfidence }) => [
          fromFrame,
          toFrame,
          worstFrame,
          worstConfidence,
        ],
      ),
    ).toEqual([
      [30, 32, 31, 0.1],
      [10, 13, 13, 0.2],
      [17, 17, 17, 0.45],
    ]);
  });

  it('ends before an annotated frame: a stretch never spans one', () => {
    const around = tracksOf(
      [
        [10, 0.4],
        [11, 0.4],
        [13, 0.4],
        [15, 0.4],
      ],
      [12],
    );
    expect(
      doubtfulStretches(around, labels, everywhere)
        .map(({ fromFrame, toFrame }) => [fromFrame, toFrame])
        .toSorted(([a = 0], [b = 0]) => a - b),
    ).toEqual([
      [10, 11],
      [13, 15],
    ]);
  });

  it('leaves competitors and masks that nothing judged out', () => {
    expect(doubtfulStretches(tracksOf([[3, 0.1]], [], rival), labels, everywhere)).toEqual([]);
    expect(doubtfulStretches(tracksOf([[3, null]]), labels, everywhere)).toEqual([]);
  });

  it('covers exactly the doubtful frames of the range, apart by more than the gap or by an annotated frame, in order of what is missing', () => {
    fc.assert(
      fc.property(guesses, prompted, ranges, (given, annotated, range) => {
        const tracks = tracksOf(given, annotated);
        const expected = given
          .filter(
            ([frame, confidence]) =>
              confidence !== null &&
              confidence < DOUBT_BELOW &&
              !annotated.includes(frame) &&
              frame >= range.inFrame &&
              frame <= range.outFrame,
          )
          .toSorted(([a], [b]) => a - b);
        const ranked = doubtfulStretches(tracks, labels, range);
        const inTime = ranked.toSorted((a, b) => a.fromFrame - b.fromFrame);
        const inside = inTime.map(({ fromFrame, toFrame }) =>
          expected.filter(([frame]) => frame >= fromFrame && frame <= toFrame),
        );
        expect(inside.flat()).toEqual(expected);
        inTime.forEach((stretch, place) => {
          const own = inside[place] ?? [];
          expect(own[0]?.[0]).toBe(stretch.fromFrame);
          expect(own.at(-1)?.[0]).toBe(stretch.toFrame);
          expect(own).toHaveLength(stretch.doubtfulFrames);
          expect(Math.min(...own.map(([, confidence]) => confidence ?? 1))).toBe(stretch.worstConfidence);
          expect(own).toContainEqual([stretch.worstFrame, stretch.worstConfidence]);
          const missing = own.reduce((sum, [, confidence]) => sum + 1 - (confidence ?? 1), 0);
          expect(stretch.missingConfidence).toBeCloseTo(missing);
          expect(annotated.some((frame) => frame >= stretch.fromFrame && frame <= stretch.toFrame)).toBe(
            false,
          );
          for (const [index, [frame]] of own.slice(1).entries()) {
            expect(frame - (own[index]?.[0] ?? frame) - 1).toBeLessThanOrEqual(MERGE_GAP_FRAMES);
          }
          const next = inTime[place + 1]?.fromFrame ?? Infinity;
          const isSplit = annotated.some((frame) => frame > stretch.toFrame && frame < next);
          expect(isSplit || next - stretch.toFrame - 1 > MERGE_GAP_FRAMES).toBe(true);
        });
        const sums = ranked.map(({ missingConfidence }) => missingConfidence);
        expect(sums).toEqual(sums.toSorted((a, b) => b - a));
        expect(doubtfulFrames(tracks, labels, range).map(({ frameIndex }) => frameIndex)).toEqual(
          expected.map(([frame]) => frame),
        );
      }),
    );
  });
});

describe('doubtfulFrames', () => {
  it('names the object that is least sure on each frame', () => {
    const tracks = new Map([
      ...tracksOf([[4, 0.3]]),
      ...tracksOf(
        [
          [4, 0.2],
          [5, 0.4],
        ],
        [],
        second,
      ),
    ]);
    expect(doubtfulFrames(tracks, labels, everywhere)).toEqual([
      { frameIndex: 4, objectId: second.objectId, confidence: 0.2 },
      { frameIndex: 5, objectId: second.objectId, confidence: 0.4 },
    ]);
  });
});
