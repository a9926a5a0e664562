/** Lanes tell for each frame what the track holds, in as few runs as there can be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { maskAt, type FrameMask, type MaskTrack } from '../../core/track/maskTrack';
import {
  isDoubtfulRun,
  laneOfLabel,
  laneOfTrack,
  rememberedLane,
  type Lane,
  type LaneRunKind,
} from './laneRuns';

function mask(areaPx: number): FrameMask {
  return { rle: { size: [1, 1], counts: Uint32Array.of(1) }, box: null, areaPx, predictedIou: null };
}

function trackOf(prompted: [number, number][], propagated: [number, number][]): MaskTrack {
  return {
    objectId: objectId(1),
    prompted: new Map(prompted.map(([frame, area]) => [frame, mask(area)])),
    propagated: new Map(propagated.map(([frame, area]) => [frame, mask(area)])),
  };
}

function kindAt(lane: Lane, frame: number): LaneRunKind | null {
  return lane.runs.find((run) => run.fromFrame <= frame && frame <= run.toFrame)?.kind ?? null;
}

const masks = fc.array(fc.tuple(fc.nat(60), fc.constantFrom(0, 7)), { maxLength: 60 });

describe('laneOfTrack', () => {
  it('is empty without a track', () => {
    expect(laneOfTrack(undefined, 10)).toEqual({ runs: [], prompted: [], edited: [] });
  });

  it('joins neighbours and parts masks from empty ones', () => {
    const lane = laneOfTrack(
      trackOf(
        [[2, 5]],
        [
          [3, 5],
          [4, 5],
          [5, 0],
          [6, 0],
          [9, 1],
        ],
      ),
      10,
    );
    expect(lane).toEqual({
      prompted: [2],
      edited: [],
      runs: [
        { kind: 'mask', fromFrame: 2, toFrame: 4, level: 10 },
        { kind: 'nothingFound', fromFrame: 5, toFrame: 6, level: 10 },
        { kind: 'mask', fromFrame: 9, toFrame: 9, level: 10 },
      ],
    });
  });

  it('tells frames made by hand from the other annotated ones', () => {
    const track = trackOf(
      [
        [4, 5],
        [2, 5],
        [9, 5],
      ],
      [],
    );
    const painted: MaskTrack = {
      ...track,
      prompted: new Map([
        ...track.prompted,
        [9, { ...mask(5), edit: 'painted' }],
        [2, { ...mask(5), edit: 'imported' }],
      ]),
    };
    expect(laneOfTrack(painted, 10)).toMatchObject({ prompted: [2, 4, 9], edited: [2, 9] });
  });

  it('parts frames by how sure they are, in tenths that never hide a doubt', () => {
    const sure = [0.95, 0.9, 0.5, 0.499, 0.41, undefined];
    const track: MaskTrack = {
      objectId: objectId(1),
      prompted: new Map([[6, { ...mask(3), confidence: 0.1 }]]),
      propagated: new Map(
        sure.map((confidence, frame) => [
          frame,
          { ...mask(3), ...(confidence === undefined ? {} : { confidence }) },
        ]),
      ),
    };
    const { runs } = laneOfTrack(track, 7);
    expect(runs.map((run) => [run.fromFrame, run.toFrame, run.level, isDoubtfulRun(run)])).toEqual([
      [0, 1, 9, false],
      [2, 2, 5, false],
      [3, 4, 4, true],
      [5, 6, 10, false],
    ]);
  });

  it('says for every frame what the mask that counts says', () => {
    fc.assert(
      fc.property(masks, masks, fc.integer({ min: 1, max: 50 }), (prompted, propagated, count) => {
        const track = trackOf(prompted, propagated);
        const lane = laneOfTrack(track, count);
        for (let frame = 0; frame < count; frame += 1) {
          const found = maskAt(track, frame);
          const expected = found ? (found.mask.areaPx > 0 ? 'mask' : 'nothingFound') : null;
          expect(kindAt(lane, frame)).toBe(expected);
        }
        expect(lane.runs.every((run) => run.toFrame < count)).toBe(true);
      }),
    );
  });

  it('never leaves two like runs side by side', () => {
    fc.assert(
      fc.property(masks, masks, (prompted, propagated) => {
        const { runs } = laneOfTrack(trackOf(prompted, propagated), 61);
        for (const [index, run] of runs.slice(1).entries()) {
          const before = runs[index];
          expect(before && before.kind === run.kind && before.toFrame + 1 === run.fromFrame).toBe(false);
        }
      }),
    );
  });
});

describe('laneOfLabel', () => {
  it('lets a painted region hold over the whole clip, and nothing else', () => {
    const track = trackOf([[4, 7]], []);
    const whole = [{ kind: 'mask', fromFrame: 0, toFrame: 9, level: 10 }];
    expect(laneOfLabel({ role: 'locked' }, track, 10)).toMatchObject({ runs: whole, prompted: [4] });
    expect(laneOfLabel({ role: 'void' }, track, 10)).toBe(laneOfLabel({ role: 'void' }, track, 10));
    expect(laneOfLabel({ role: 'object' }, track, 10).runs).toEqual([
      { kind: 'mask', fromFrame: 4, toFrame: 4, level: 10 },
    ]);
    expect(laneOfLabel({ role: 'void' }, undefined, 10).runs).toEqual([]);
  });
});

describe('rememberedLane', () => {
  it('gives the same lane for the same track, and a new one for another length', () => {
    const track = trackOf([[0, 1]], [[1, 1]]);
    const lane = rememberedLane(track, 10);
    expect(rememberedLane(track, 10)).toBe(lane);
    expect(rememberedLane(track, 1).runs).toEqual([{ kind: 'mask', fromFrame: 0, toFrame: 0, level: 10 }]);
  });
});
