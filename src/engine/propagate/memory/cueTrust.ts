/**
 * How far each cue is trusted with a label. On an annotated frame the truth is known, so every cue redraws the label
 * there from a deliberately coarse start, and the better one leads on the frames around.
 */
import type { Size } from '../../../core/geometry/box';
import { colourLogits, learnColours, type WorkPicture } from './colourCue';
import { cutIou } from './overlap';
import { drawBySam } from './samDrawing';
import type { SoftLabels } from './softLabels';
import type { WindowView } from './vision';
import { averageOverCells, spreadCells, type WindowGrid } from './windowGrid';

/** Overlap (IoU) of each cue's drawing with the truth, 0..1; 0 for a cue that is switched off. */
export type CueScores = { readonly sam: number; readonly colour: number };

export type CueWeights = { readonly memory: number; readonly sam: number; readonly colour: number };

/**
 * The colour test leaves the place nearly open (the prior to this power), since colours that only seem to work where
 * the place is known already will not find the label once it has moved.
 */
const OPEN_PLACE = 0.25;
/** Colours are learned on one half of blocks of this side and tried on the other. */
const BLOCK_PX = 24;
/** No test is so good that its cue is right for certain. */
const LEAST_ERROR = 0.003;
/** SAM does worse on what a label becomes than on what it was when its user drew it; colours keep. */
const SAM_OPTIMISM = 0.03;
/** A cue with half the error of another gets 2 to this power of its weight. */
const SHARPNESS = 3;

export type CueSwitches = { readonly useSam: boolean; readonly useColour: boolean };

export async function scoreCues(
  view: WindowView,
  grid: WindowGrid,
  { picture, labels, source }: { picture: WorkPicture; labels: SoftLabels; source: Size },
  { useSam, useColour }: CueSwitches,
): Promise<CueScores[]> {
  const work: Size = labels;
  const coarse: SoftLabels = {
    width: labels.width,
    height: labels.height,
    planes: averageOverCells(labels, grid, source).map((cells, channel) =>
      spreadCells(blurCells(cells, grid), grid, { source, work, outside: channel === 0 ? 1 : 0 }),
    ),
  };
  const colour = useColour ? crossedColours(picture, labels, coarse) : null;
  const scores: CueScores[] = [];
  for (let label = 0; label < labels.planes.length - 1; label += 1) {
    const truth = labels.planes[label + 1]!;
    const { drawing } = useSam
      ? await drawBySam(view, grid, coarse.planes[label + 1]!, { source, work })
      : { drawing: null };
    scores.push({
      sam: drawing ? cutIou(drawing.logits, 0, truth, 0.5, labels.ignored) : 0,
      colour: colour ? cutIou(colour[label]!, 0, truth, 0.5, labels.ignored) : 0,
    });
  }
  return scores;
}

function crossedColours(picture: WorkPicture, labels: SoftLabels, coarse: SoftLabels): Float32Array[] {
  const half = (pixel: number): number =>
    (Math.floor((pixel % labels.width) / BLOCK_PX) + Math.floor(pixel / labels.width / BLOCK_PX)) % 2;
  const [even, odd] = [0, 1].map((tried) =>
    colourLogits(
      picture,
      coarse,
      learnColours([{ picture, labels }], (pixel) => half(pixel) !== tried),
      OPEN_PLACE,
    ),
  );
  return even!.map((plane, label) =>
    plane.map((value, pixel) => (half(pixel) === 0 ? value : odd![label]![pixel]!)),
  );
}

/** Mean of each cell and its neighbours. */
function blurCells(cells: Float32Array, { columns, rows }: WindowGrid): Float32Array {
  return cells.map((_, cell) => {
    const row = Math.floor(cell / columns);
    const column = cell % columns;
    let sum = 0;
    let count = 0;
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
        sum += cells[y * columns + x]!;
        count += 1;
      }
    }
    return sum / count;
  });
}

/**
 * Shares that add up to 1. The memory's own rough answer draws only where SAM would have and could not make sense of
 * it.
 */
export function weighCues(
  scores: CueScores,
  usable: { readonly sam: boolean; readonly colour: boolean },
): CueWeights {
  const sam = weightOf(scores.sam - SAM_OPTIMISM);
  const colour = usable.colour ? weightOf(scores.colour) : 0;
  const sum = sam + colour;
  return { memory: usable.sam ? 0 : sam / sum, sam: usable.sam ? sam / sum : 0, colour: colour / sum };
}

function weightOf(score: number): number {
  return (1 - score + LEAST_ERROR) ** -SHARPNESS;
}

/** The mean of what was found on several annotated frames. */
export function meanScores(scores: readonly CueScores[]): CueScores {
  const mean = (pick: (score: CueScores) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0) / Math.max(1, scores.length);
  return { sam: mean(({ sam }) => sam), colour: mean(({ colour }) => colour) };
}
