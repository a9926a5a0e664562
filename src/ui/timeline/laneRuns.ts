/** What a label's lane shows: runs of like frames, so that a long clip is drawn with a few rectangles. */
import { isRegionRole, type Label } from '../../core/label/label';
import { DOUBT_BELOW } from '../../core/review/doubtfulStretches';
import type { FrameMask, MaskTrack } from '../../core/track/maskTrack';

/** `mask`: something was found. `nothingFound`: propagation passed here and the label was not there. */
export type LaneRunKind = 'mask' | 'nothingFound';

/** Like frames in a row; both ends included. */
export type LaneRun = {
  readonly kind: LaneRunKind;
  readonly fromFrame: number;
  readonly toFrame: number;
  /** Confidence in whole tenths, cut off: 0..10. What the user said, and what no engine judged, is 10. */
  readonly level: number;
};

const SURE_LEVEL = 10;

/** Whether the frames of a run are doubtful: their confidence is below 0.5. */
export function isDoubtfulRun({ level }: LaneRun): boolean {
  return level < DOUBT_BELOW * SURE_LEVEL;
}

function levelOf({ confidence }: FrameMask): number {
  return confidence === undefined
    ? SURE_LEVEL
    : Math.min(Math.max(Math.floor(confidence * SURE_LEVEL), 0), SURE_LEVEL);
}

export type Lane = {
  /** Runs of all frames that have a mask of either source, ascending. */
  readonly runs: readonly LaneRun[];
  /** Annotated frames, however they were: prompted, accepted or made by hand; ascending. */
  readonly prompted: readonly number[];
  /** Those of them that were painted, imported, copied or interpolated, ascending. */
  readonly edited: readonly number[];
};

const emptyLane: Lane = { runs: [], prompted: [], edited: [] };
const kinds: readonly LaneRunKind[] = ['mask', 'nothingFound'];

/**
 * One byte for each frame: 0 no mask, else 1 + level of a mask, or that + 16 of an empty one. What was prompted counts
 * before what was propagated.
 */
function statesOfFrames(track: MaskTrack, count: number): Uint8Array {
  const states = new Uint8Array(count);
  for (const [frame, mask] of track.propagated) {
    states[frame] = 1 + levelOf(mask) + (mask.areaPx > 0 ? 0 : 16);
  }
  for (const [frame, mask] of track.prompted) {
    states[frame] = 1 + SURE_LEVEL + (mask.areaPx > 0 ? 0 : 16);
  }
  return states;
}

/** The runs of a track over a clip of `count` frames; masks outside the clip are left out. */
export function laneOfTrack(track: MaskTrack | undefined, count: number): Lane {
  if (!track) {
    return emptyLane;
  }
  const states = statesOfFrames(track, count);
  const runs: LaneRun[] = [];
  let fromFrame = 0;
  for (let frame = 1; frame <= count; frame += 1) {
    if (frame === count || states[frame] !== states[fromFrame]) {
      const state = (states[fromFrame] ?? 0) - 1;
      const kind = kinds[state >> 4];
      if (kind) {
        runs.push({ kind, fromFrame, toFrame: frame - 1, level: state & 15 });
      }
      fromFrame = frame;
    }
  }
  const prompted = [...track.prompted.keys()].filter((frame) => frame < count).toSorted((a, b) => a - b);
  const edited = prompted.filter((frame) => track.prompted.get(frame)?.edit !== undefined);
  return { runs, prompted, edited };
}

const lanes = new WeakMap<MaskTrack, { count: number; lane: Lane }>();

/** As `laneOfTrack`, remembered for as long as the (immutable) track lives. */
export function rememberedLane(track: MaskTrack | undefined, count: number): Lane {
  const known = track && lanes.get(track);
  if (known && known.count === count) {
    return known.lane;
  }
  const lane = laneOfTrack(track, count);
  if (track) {
    lanes.set(track, { count, lane });
  }
  return lane;
}

const heldLanes = new WeakMap<Lane, Lane>();

/**
 * The lane of a label, remembered. A painted region holds from frame to frame, so its one mask covers the whole clip.
 */
export function laneOfLabel(label: Pick<Label, 'role'>, track: MaskTrack | undefined, count: number): Lane {
  const lane = rememberedLane(track, count);
  if (!isRegionRole(label.role) || lane.prompted.length === 0) {
    return lane;
  }
  const known = heldLanes.get(lane);
  const held = known ?? {
    ...lane,
    runs: [{ kind: 'mask', fromFrame: 0, toFrame: count - 1, level: SURE_LEVEL } as const],
  };
  heldLanes.set(lane, held);
  return held;
}
