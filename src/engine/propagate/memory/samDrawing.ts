/** SAM redraws a label from a rough answer: several prompts, of which the drawing that agrees best counts. */
import type { Size } from '../../../core/geometry/box';
import { softIou } from './overlap';
import { candidatePrompts, cutMask, spreadLowRes } from './samCandidates';
import type { WindowView } from './vision';
import { averagePlaneOverCells, type WindowGrid } from './windowGrid';

export type SamDrawing = {
  /** float32[work pixels]; very low outside the window. */
  readonly logits: Float32Array<ArrayBuffer>;
  /** Overlap with the rough answer, 0..1, on the grid's cells. */
  readonly agreement: number;
  readonly predictedIou: number;
  /** Overlap of the drawings among each other: low when SAM cannot decide. */
  readonly unity: number;
};

const OUTSIDE_LOGIT = -8;

/** `rough` is the label's plane of the rough answer. Null when nothing of it is above one half in the window. */
export async function drawBySam(
  view: WindowView,
  grid: WindowGrid,
  rough: Float32Array,
  { source, work }: { source: Size; work: Size },
): Promise<{ drawing: SamDrawing | null; decodeMs: number }> {
  const mask = cutMask(rough, 0.5, grid, { source, work });
  const roughCells = averagePlaneOverCells(rough, work, grid, source);
  const drawings: {
    logits: Float32Array<ArrayBuffer>;
    cells: Float32Array;
    agreement: number;
    predictedIou: number;
  }[] = [];
  let decodeMs = 0;
  for (const prompt of candidatePrompts(mask, grid, work, source)) {
    const { lowResLogits, predictedIou, runMs } = await view.decode(prompt);
    decodeMs += runMs;
    const logits = spreadLowRes(lowResLogits, grid, { source, work, outside: OUTSIDE_LOGIT });
    const cells = averagePlaneOverCells(
      logits.map((value) => 1 / (1 + Math.exp(-value))),
      work,
      grid,
      source,
    );
    drawings.push({ logits, cells, agreement: softIou(cells, roughCells), predictedIou });
  }
  const best = drawings.toSorted((a, b) => b.agreement - a.agreement)[0];
  if (!best) {
    return { drawing: null, decodeMs };
  }
  const others = drawings.filter((drawing) => drawing !== best);
  const unity =
    others.reduce((sum, { cells }) => sum + softIou(cells, best.cells), 0) / Math.max(1, others.length);
  const { logits, agreement, predictedIou } = best;
  return { drawing: { logits, agreement, predictedIou, unity }, decodeMs };
}
