/** Paints the ruler: seconds above, frames below. */
import type { FrameTable } from '../../core/video/frameTable';
import { frameTicks, secondTicks, type Tick, type TimelineScale } from './timelineScale';

/** Least distance of two labels; the widest one in use (`12:34.5`, `10000`) takes about 44 px. */
const minGapPx = 64;
const rowHeightPx = 16;

function paintRow(
  context: CanvasRenderingContext2D,
  ticks: readonly Tick[],
  top: number,
  widthPx: number,
): void {
  for (const { px, label } of ticks) {
    const x = Math.round(px) + 0.5;
    context.fillRect(x - 0.5, top + 3, 1, rowHeightPx - 4);
    if (x + context.measureText(label).width + 4 <= widthPx) {
      context.fillText(label, x + 4, top + rowHeightPx / 2 + 1);
    }
  }
}

export const rulerHeightPx = rowHeightPx * 2;

export function paintRuler(context: CanvasRenderingContext2D, scale: TimelineScale, table: FrameTable): void {
  const style = getComputedStyle(context.canvas);
  context.fillStyle = style.color;
  context.font = `11px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  paintRow(context, secondTicks(scale, table, minGapPx), 0, scale.widthPx);
  paintRow(context, frameTicks(scale, minGapPx), rowHeightPx, scale.widthPx);
}
