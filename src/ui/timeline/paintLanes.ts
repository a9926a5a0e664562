/** Paints the lanes: bars as high as the confidence is, dashes for doubt, diamonds where the user said what
 * is true, squares where they made it by hand. */
import { isDoubtfulRun, type Lane, type LaneRun } from './laneRuns';
import { frameMiddlePx, frameToPx, type TimelineScale } from './timelineScale';

export type PaintedLane = {
  readonly lane: Lane;
  readonly colour: string;
  readonly isCompetitor: boolean;
};

export const laneHeightPx = 24;
/** Room at both ends, so that the diamonds of the first and last frame are whole. */
export const laneInsetPx = 8;
const doubtHeightPx = 4;
const dashPx = 5;
const gapPx = 3;
const diamondPx = 5;

function hatching(context: CanvasRenderingContext2D, colour: string): CanvasPattern | string {
  const tile = new OffscreenCanvas(6, 6);
  const tileContext = tile.getContext('2d');
  if (!tileContext) {
    return colour;
  }
  tileContext.strokeStyle = colour;
  tileContext.lineWidth = 1.5;
  for (const offset of [-6, 0, 6]) {
    tileContext.moveTo(offset, 6);
    tileContext.lineTo(offset + 6, 0);
  }
  tileContext.stroke();
  return context.createPattern(tile, 'repeat') ?? colour;
}

function isInView(scale: TimelineScale, fromFrame: number, toFrame: number): boolean {
  return (
    frameToPx(scale, toFrame + 1) >= -laneInsetPx &&
    frameToPx(scale, fromFrame) <= scale.widthPx + laneInsetPx
  );
}

/** The surer, the higher and the stronger. */
function paintSureRun(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  run: LaneRun,
  middle: number,
): void {
  const left = frameToPx(scale, run.fromFrame);
  const width = Math.max(frameToPx(scale, run.toFrame + 1) - left, 1);
  const height = run.kind === 'mask' ? run.level : 2;
  context.globalAlpha = 0.4 + 0.06 * run.level;
  context.fillRect(left, middle - height / 2, width, height);
  context.globalAlpha = 1;
}

/** Low dashes; a stretch too short for them is one block, so that it can never fall into a gap. */
function paintDoubt(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  { kind, fromFrame, toFrame }: LaneRun,
  middle: number,
): void {
  const left = frameToPx(scale, fromFrame);
  const right = Math.max(frameToPx(scale, toFrame + 1), left + 2);
  const height = kind === 'mask' ? doubtHeightPx : 2;
  const isShort = right - left < dashPx + gapPx;
  const step = isShort ? right - left : dashPx + gapPx;
  // Nothing beyond the edges: a long clip zoomed in would have thousands of dashes there.
  const first = left + Math.max(Math.floor((-laneInsetPx - left) / step), 0) * step;
  const last = Math.min(right, scale.widthPx + laneInsetPx);
  for (let x = first; x < last; x += step) {
    context.fillRect(x, middle - height / 2, Math.min(isShort ? step : dashPx, right - x), height);
  }
}

/** Doubtful runs of one kind side by side as one, whatever their levels. */
function joinedDoubt(runs: readonly LaneRun[]): LaneRun[] {
  const joined: LaneRun[] = [];
  for (const run of runs.filter(isDoubtfulRun)) {
    const last = joined.at(-1);
    if (last && last.kind === run.kind && last.toFrame + 1 === run.fromFrame) {
      joined[joined.length - 1] = { ...last, toFrame: run.toFrame };
    } else {
      joined.push(run);
    }
  }
  return joined;
}

function paintDiamond(context: CanvasRenderingContext2D, x: number, middle: number): void {
  context.beginPath();
  context.moveTo(x, middle - diamondPx - 1);
  context.lineTo(x + diamondPx + 1, middle);
  context.lineTo(x, middle + diamondPx + 1);
  context.lineTo(x - diamondPx - 1, middle);
  context.closePath();
  context.fill();
  context.stroke();
}

function paintSquare(context: CanvasRenderingContext2D, x: number, middle: number): void {
  const side = 2 * diamondPx - 1;
  context.beginPath();
  context.rect(x - side / 2, middle - side / 2, side, side);
  context.fill();
  context.stroke();
}

function paintLane(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  { lane, colour, isCompetitor }: PaintedLane,
  middle: number,
): void {
  context.fillStyle = isCompetitor ? hatching(context, colour) : colour;
  const inView = lane.runs.filter((run) => isInView(scale, run.fromFrame, run.toFrame));
  for (const run of inView.filter((candidate) => !isDoubtfulRun(candidate))) {
    paintSureRun(context, scale, run, middle);
  }
  context.fillStyle = colour;
  // Last, so that doubt shows where many frames share a pixel.
  for (const run of joinedDoubt(inView)) {
    paintDoubt(context, scale, run, middle);
  }
  let freeFromPx = -Infinity;
  const edited = new Set(lane.edited);
  for (const frame of lane.prompted) {
    const x = frameMiddlePx(scale, frame);
    if (x >= Math.max(freeFromPx, -laneInsetPx) && x <= scale.widthPx + laneInsetPx) {
      (edited.has(frame) ? paintSquare : paintDiamond)(context, x, middle);
      freeFromPx = x + 3;
    }
  }
}

/** The places of lanes that are not as they were painted last; null when all have to be painted. */
export function changedLanes(
  before: readonly PaintedLane[],
  after: readonly PaintedLane[],
): readonly number[] | null {
  if (before.length !== after.length) {
    return null;
  }
  return after.flatMap(({ lane, colour, isCompetitor }, place) => {
    const old = before[place];
    return old?.lane === lane && old.colour === colour && old.isCompetitor === isCompetitor ? [] : [place];
  });
}

/**
 * Paints lanes from the top, each over what was there: those at `places`, or all. The canvas's own CSS gives line
 * (`border-color`) and diamond edge (`color`).
 */
export function paintLanes(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  lanes: readonly PaintedLane[],
  places: readonly number[] = [...lanes.keys()],
): void {
  const style = getComputedStyle(context.canvas);
  context.lineWidth = 1.5;
  context.translate(laneInsetPx, 0);
  for (const place of places) {
    const painted = lanes[place];
    const top = place * laneHeightPx;
    context.clearRect(-laneInsetPx, top, scale.widthPx + 2 * laneInsetPx, laneHeightPx);
    context.fillStyle = style.borderBottomColor;
    context.fillRect(-laneInsetPx, top + laneHeightPx - 1, scale.widthPx + 2 * laneInsetPx, 1);
    context.strokeStyle = style.color;
    if (painted) {
      paintLane(context, scale, painted, top + laneHeightPx / 2);
    }
  }
}
