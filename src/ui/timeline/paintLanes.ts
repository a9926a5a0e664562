/** Paints the lanes: bars where a label has masks, diamonds where it was prompted, hatching for competitors. */
import type { Lane, LaneRun } from './laneRuns';
import { frameMiddlePx, frameToPx, type TimelineScale } from './timelineScale';

export type PaintedLane = {
  readonly lane: Lane;
  readonly colour: string;
  readonly isCompetitor: boolean;
};

export const laneHeightPx = 24;
/** Room at both ends, so that the diamonds of the first and last frame are whole. */
export const laneInsetPx = 8;
const barHeightPx = 10;
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

function paintRun(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  run: LaneRun,
  middle: number,
): void {
  const left = frameToPx(scale, run.fromFrame);
  const width = Math.max(frameToPx(scale, run.toFrame + 1) - left, 1);
  const height = run.kind === 'mask' ? barHeightPx : 2;
  context.fillRect(left, middle - height / 2, width, height);
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

function paintLane(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  { lane, colour, isCompetitor }: PaintedLane,
  middle: number,
): void {
  context.fillStyle = isCompetitor ? hatching(context, colour) : colour;
  for (const run of lane.runs) {
    if (isInView(scale, run.fromFrame, run.toFrame)) {
      paintRun(context, scale, run, middle);
    }
  }
  context.fillStyle = colour;
  let freeFromPx = -Infinity;
  for (const frame of lane.prompted) {
    const x = frameMiddlePx(scale, frame);
    if (x >= Math.max(freeFromPx, -laneInsetPx) && x <= scale.widthPx + laneInsetPx) {
      paintDiamond(context, x, middle);
      freeFromPx = x + 3;
    }
  }
}

/** Paints all lanes from the top; the canvas's own CSS gives line (`border-color`) and diamond edge (`color`). */
export function paintLanes(
  context: CanvasRenderingContext2D,
  scale: TimelineScale,
  lanes: readonly PaintedLane[],
): void {
  const style = getComputedStyle(context.canvas);
  context.lineWidth = 1.5;
  context.translate(laneInsetPx, 0);
  for (const [index, painted] of lanes.entries()) {
    const top = index * laneHeightPx;
    context.fillStyle = style.borderBottomColor;
    context.fillRect(-laneInsetPx, top + laneHeightPx - 1, scale.widthPx + 2 * laneInsetPx, 1);
    context.strokeStyle = style.color;
    paintLane(context, scale, painted, top + laneHeightPx / 2);
  }
}
