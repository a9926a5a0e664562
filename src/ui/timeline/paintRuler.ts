/** Paints the ruler: seconds above, each where its time lies; frames below, each number in the middle of its cell. */
import type { FrameTable } from '../../core/video/frameTable';
import { laneInsetPx } from './paintLanes';
import {
  frameTicks,
  frameToPx,
  pxToFrame,
  secondTicks,
  type Tick,
  type TimelineScale,
} from './timelineScale';

/** Least distance of two labels; the widest one in use (`12:34.5`, `10000`) takes about 44 px. */
const minGapPx = 64;
const rowHeightPx = 16;

/** From this width on, the cells of frames are told apart by eye and get their borders drawn. */
const borderedCellPx = 24;

function paintSeconds(context: CanvasRenderingContext2D, ticks: readonly Tick[], widthPx: number): void {
  context.textAlign = 'left';
  for (const { px, label } of ticks) {
    const x = Math.round(px);
    context.fillRect(x, 3, 1, rowHeightPx - 4);
    if (x + context.measureText(label).width + 4 <= widthPx) {
      context.fillText(label, x + 4, rowHeightPx / 2 + 1);
    }
  }
}

function paintFrames(context: CanvasRenderingContext2D, ticks: readonly Tick[], widthPx: number): void {
  context.textAlign = 'center';
  for (const { px, label } of ticks) {
    const half = context.measureText(label).width / 2;
    context.fillRect(Math.round(px - 0.5), rulerHeightPx - 3, 1, 3);
    if (px - half >= -laneInsetPx && px + half <= widthPx + laneInsetPx) {
      context.fillText(label, px, rowHeightPx + rowHeightPx / 2 - 1);
    }
  }
}

function paintCellBorders(context: CanvasRenderingContext2D, scale: TimelineScale): void {
  const last = pxToFrame(scale, scale.widthPx);
  for (let frame = pxToFrame(scale, 0); frame <= last + 1; frame += 1) {
    context.fillRect(Math.round(frameToPx(scale, frame)), rowHeightPx + 2, 1, rowHeightPx - 2);
  }
}

export const rulerHeightPx = rowHeightPx * 2;

/** The canvas has `laneInsetPx` of room at both ends; its own CSS gives text (`color`) and borders (`border-color`). */
export function paintRuler(context: CanvasRenderingContext2D, scale: TimelineScale, table: FrameTable): void {
  const style = getComputedStyle(context.canvas);
  context.translate(laneInsetPx, 0);
  if (scale.pxPerFrame >= borderedCellPx) {
    context.fillStyle = style.borderBottomColor;
    paintCellBorders(context, scale);
  }
  context.fillStyle = style.color;
  context.font = `11px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  paintSeconds(context, secondTicks(scale, table, minGapPx), scale.widthPx);
  paintFrames(context, frameTicks(scale, minGapPx), scale.widthPx);
}
