/** How large the brush is, and how that changes. */
import type { ToolId } from '../../../state/maskflowState';
import type { MaskflowStore } from '../../../state/store';

/** One press of a key. */
const KEY_FACTOR = 1.2;

export function isBrushTool(tool: ToolId): boolean {
  return tool === 'brush' || tool === 'eraser';
}

/** One step larger (1) or smaller (-1): by a fifth, in whole pixels, one at least. */
export function stepBrush({ getState }: MaskflowStore, direction: 1 | -1): void {
  const { brushPx, setBrushPx } = getState();
  const scaled = Math.round(brushPx * KEY_FACTOR ** direction);
  setBrushPx(scaled === Math.round(brushPx) ? scaled + direction : scaled);
}

/** By a factor, as a wheel turns: any size in between. */
export function scaleBrush({ getState }: MaskflowStore, factor: number): void {
  const { brushPx, setBrushPx } = getState();
  setBrushPx(brushPx * factor);
}
