/** Pieces that split, merge, appear and vanish, told from pictures drawn by hand. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { frameOf, rleWhere } from './__fixtures__/shapes';
import { measureFrame } from './measureFrame';
import {
  defaultEventRules,
  pieceEvents,
  type EventRules,
  type LinkedFrame,
  type PieceEvent,
} from './pieceEvents';
import { pieceLinks, type PiecedPicture } from './pieces';

const one = objectId(1);
const size = { width: 40, height: 20 };
const groups = new Set(['shape'] as const);

type Place = readonly [x: number, y: number, side: number];

/** Squares; null is a frame on which the label has no mask. */
function framesOf(pictures: readonly (readonly Place[] | null)[]): LinkedFrame[] {
  let before: PiecedPicture | null = null;
  return pictures.map((squares, frameIndex) => {
    const rle = rleWhere(size, (x, y) =>
      (squares ?? []).some(([x0, y0, side]) => x > x0 && x < x0 + side && y > y0 && y < y0 + side),
    );
    const { measurement, pieced } = measureFrame(frameOf(size, squares ? [rle] : []), groups, null);
    const links: Float64Array | null = before && pieceLinks(before, pieced, [0, squares ? 1 : 0]);
    before = pieced;
    return { frameIndex, measurement, links };
  });
}

function eventsOf(
  pictures: readonly (readonly Place[] | null)[],
  rules: EventRules = { minAreaPx: 9 },
): PieceEvent[] {
  return pieceEvents(framesOf(pictures), [one], rules);
}

const brief = ({ frameIndex, kind, piecesBefore, piecesAfter }: PieceEvent): unknown[] => [
  frameIndex,
  kind,
  piecesBefore,
  piecesAfter,
];

describe('pieceEvents', () => {
  it('finds a split and a merge, with where and how large', () => {
    const whole: Place[] = [
      [4, 4, 8],
      [12, 4, 8],
    ];
    const apart: Place[] = [
      [3, 4, 8],
      [13, 4, 8],
    ];
    const events = eventsOf([whole, apart, whole]);
    expect(events.map(brief)).toEqual([
      [1, 'split', 1, 2],
      [2, 'merge', 2, 1],
    ]);
    expect(events[0]).toMatchObject({ objectId: one, areaPx: 128, at: { x: 12, y: 8 } });
  });

  it('finds what appears and vanishes, but not at the beginning', () => {
    const lasting: Place = [2, 2, 6];
    const passing: Place = [20, 10, 5];
    expect(eventsOf([[lasting], [lasting, passing], [lasting, passing], [lasting], []]).map(brief)).toEqual([
      [1, 'appear', 0, 1],
      [3, 'vanish', 1, 0],
      [4, 'vanish', 1, 0],
    ]);
  });

  it('follows a piece that moves less than its size, and loses one that jumps', () => {
    expect(eventsOf([[[2, 2, 6]], [[5, 3, 6]], [[8, 5, 6]]])).toEqual([]);
    expect(eventsOf([[[2, 2, 6]], [[25, 9, 6]]]).map(brief)).toEqual([
      [1, 'vanish', 1, 0],
      [1, 'appear', 0, 1],
    ]);
  });

  it('passes by specks, and by pieces that waver about the smallest size', () => {
    const speck: Place = [30, 10, 2];
    expect(eventsOf([[[2, 2, 6]], [[2, 2, 6], speck], [[2, 2, 6]]])).toEqual([]);
    // 4x4 counts; 3x3 is below the size but above its half; 2x2 is below the half.
    const sides = [4, 3, 4, 3, 2, 3, 4];
    const events = eventsOf(
      sides.map((side): Place[] => [[10, 10, side]]),
      { minAreaPx: 16 },
    );
    expect(events.map(brief)).toEqual([
      [4, 'vanish', 1, 0],
      [6, 'appear', 0, 1],
    ]);
  });

  it('says nothing across frames without a mask', () => {
    expect(
      eventsOf([
        [[2, 2, 6]],
        null,
        [
          [2, 2, 6],
          [20, 2, 6],
        ],
        [[2, 2, 6]],
      ]).map(brief),
    ).toEqual([[3, 'vanish', 1, 0]]);
  });

  it('changes the number of counted pieces by just what it tells', () => {
    const square = fc.tuple(
      fc.integer({ min: 0, max: 34 }),
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 1, max: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(square, { maxLength: 6 }), { minLength: 2, maxLength: 4 }),
        (pictures) => {
          // With one pixel as the smallest size every piece counts, so the counts are those that are measured.
          const frames = framesOf(pictures);
          const events = pieceEvents(frames, [one], { minAreaPx: 1 });
          frames.slice(1).forEach((frame, index) => {
            const was = frames[index]!.measurement.labels[0]!.values.pieces;
            const is = frame.measurement.labels[0]!.values.pieces;
            const here = events.filter(({ frameIndex }) => frameIndex === frame.frameIndex);
            const appeared = here.filter(({ kind }) => kind === 'appear').length;
            const vanished = here.filter(({ kind }) => kind === 'vanish').length;
            expect(appeared).toBeLessThanOrEqual(is);
            expect(vanished).toBeLessThanOrEqual(was);
            if (!here.some(({ kind }) => kind === 'split' || kind === 'merge')) {
              expect(is - was).toBe(appeared - vanished);
            }
          });
        },
      ),
    );
  });

  it('counts from 0.02 % of the picture on, unless told otherwise', () => {
    expect(defaultEventRules({ width: 1000, height: 1000 })).toEqual({ minAreaPx: 200 });
    expect(defaultEventRules({ width: 10, height: 10 })).toEqual({ minAreaPx: 4 });
  });
});
