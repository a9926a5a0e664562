/** Where a pointer's way leads the brush, and how large the brush is there. */
import type { StrokePoint } from '../../../core/edit/strokeMask';
import type { ToolEnv, ToolPointer } from '../gesture/toolState';

/** A pen that hardly touches still paints a tenth of the brush. */
const LEAST_PRESSURE = 0.1;

/** One point for each place the pointer passed; a pen's pressure scales the radius. */
export function strokePoints({ path }: ToolPointer, { store }: Pick<ToolEnv, 'store'>): StrokePoint[] {
  const radiusPx = store.getState().brushPx / 2;
  return path.map(({ source: { x, y }, pressure }) => ({
    x,
    y,
    radiusPx: radiusPx * (pressure === null ? 1 : Math.max(pressure, LEAST_PRESSURE)),
  }));
}
