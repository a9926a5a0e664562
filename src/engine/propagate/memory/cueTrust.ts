/**
 * How far each cue is trusted with a label. On an annotated frame the truth is known, so every cue redraws the label
 * there from a deliberately coarse start, and the better one leads on the frames around.
 */
import type { Size } from '../../../core/geometry/box';
import { colourLogits, learnColours, type WorkPicture } from './colourCue';
import { cutIou } from './overlap';
import {
  fusionRows,
  learnFusion,
  plainWeights,
  type CueWeights,
  type FusionRows,
  type FusionWeights,
} from './cueFusion';
import { drawBySam } from './samDrawing';
import type { SoftLabels } from './softLabels';
import type { WindowView } from './vision';
import { averageOverCells, spreadCells, type WindowGrid } from './windowGrid';

/** Overlap (IoU) of each cue's drawing with the truth, 0..1; 0 for a cue that is switched off. */
export type CueScores = { readonly sam: number; readonly colour: number };

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

/** How each cue did on an annotated frame, and its drawings pixel by pixel for `learnFusion`. */
export type CueTest = { readonly scores: CueScores; readonly rows: FusionRows };

export async function testCues(
  view: WindowView,
  grid: WindowGrid,
  { picture, labels, source }: { picture: WorkPicture; labels: SoftLabels; source: Size },
  { useSam, useColour }: CueSwitches,
): Promise<CueTest[]> {
  const work: Size = labels;
  const coarse: SoftLabels = {
    width: labels.width,
    height: labels.height,
    planes: averageOverCells(labels, grid, source).map((cells, channel) =>
      spreadCells(blurCells(cells, grid), grid, { source, work, outside: channel === 0 ? 1 : 0 }),
    ),
  };
  const colour = useColour ? crossedColours(picture, labels, coarse) : null;
  const tests: CueTest[] = [];
  for (let label = 0; label < labels.planes.length - 1; label += 1) {
    const truth = labels.planes[label + 1]!;
    const { drawing } = useSam
      ? await drawBySam(view, grid, coarse.planes[label + 1]!, { source, work })
      : { drawing: null };
    const rough = coarse.planes[label + 1]!;
    const planes = { rough, sam: drawing?.logits ?? null, colour: colour?.[label] ?? null };
    tests.push({
      scores: {
        sam: drawing ? cutIou(drawing.logits, 0, truth, 0.5, labels.ignored) : 0,
        colour: colour ? cutIou(colour[label]!, 0, truth, 0.5, labels.ignored) : 0,
      },
      rows: fusionRows(planes, truth, work, labels.ignored),
    });
  }
  return tests;
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

/** What the tests of one label say of drawing it: each cue's score, and how to put the cues together. */
export type LearnedCues = {
  readonly scores: CueScores;
  readonly withSam: FusionWeights;
  readonly withoutSam: FusionWeights;
};

/** From the tests on the annotated frames where the label's mask is true. */
export function learnCues(tests: readonly CueTest[], useColour: boolean): LearnedCues {
  const scores = meanScores(tests.map((test) => test.scores));
  const rows = tests.map((test) => test.rows);
  const learned = (hasSam: boolean): FusionWeights => {
    const trust = weighCues(scores, { sam: hasSam, colour: useColour });
    return learnFusion(rows, plainWeights(trust, hasSam, useColour));
  };
  return { scores, withSam: learned(true), withoutSam: learned(false) };
}

/** The mean of what was found on several annotated frames. */
function meanScores(scores: readonly CueScores[]): CueScores {
  const mean = (pick: (score: CueScores) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0) / Math.max(1, scores.length);
  return { sam: mean(({ sam }) => sam), colour: mean(({ colour }) => colour) };
}
