/** A comparison as CSV: one file of frames, one of means. */
import { csvField } from '../base/csvField';
import { isUsableScale, lengthUnit, pixelsPerUnit, type Calibration } from '../measure/calibration';
import { jAndF } from '../metrics/sequenceScores';
import type { FrameScores } from './comparisonFrames';
import { pairRow } from './comparisonTable';

export type ComparisonNames = {
  readonly a: string;
  readonly b: string;
  /** Of each pair, its label's name in A and in B. */
  readonly pairs: readonly { readonly a: string; readonly b: string }[];
};

/** Side of a pixel in a unit of length; null without calibration. */
export type PixelLength = { readonly length: number; readonly unit: string } | null;

const DECIMALS = 6;

/** Of a calibration; null where its scale is missing or not finished. */
export function pixelLength(calibration: Pick<Calibration, 'scale'>): PixelLength {
  return calibration.scale && isUsableScale(calibration.scale)
    ? { length: 1 / pixelsPerUnit(calibration), unit: lengthUnit(calibration) }
    : null;
}

/**
 * One row for each frame and pair of labels, ascending. With calibration, three columns more: areas in the square of its
 * unit, by which they are called (`a_only_mm2`).
 */
export function framesCsv(
  scores: readonly FrameScores[],
  names: ComparisonNames,
  timestampSec: (frameIndex: number) => number,
  pixel: PixelLength = null,
): string {
  const areas = pixel ? ['a_only', 'b_only', 'both'].map((name) => `${name}_${pixel.unit}2`) : [];
  const head = ['frame', 'time_s', 'label_a', 'label_b', 'j', 'f', 'j_and_f'];
  const rows = scores.flatMap(({ frameIndex, pairs }) =>
    pairs.map((score, place) => {
      const counts = [score.aOnlyPx, score.bOnlyPx, score.bothPx];
      return [
        frameIndex,
        decimal(timestampSec(frameIndex)),
        names.pairs[place]?.a ?? '',
        names.pairs[place]?.b ?? '',
        decimal(score.j),
        decimal(score.f),
        decimal(jAndF(score)),
        ...counts,
        ...(pixel ? counts.map((count) => decimal(count * pixel.length ** 2)) : []),
      ];
    }),
  );
  return csvOf([[...head, 'a_only_px', 'b_only_px', 'both_px', ...areas], ...rows]);
}

/** One row for each pair of labels. */
export function tableCsv(
  scores: readonly FrameScores[],
  names: ComparisonNames,
  areEndsLeftOut: boolean,
): string {
  const head = ['set_a', 'set_b', 'label_a', 'label_b', 'frames', 'first_and_last_left_out'].concat(
    ['j_mean', 'j_recall', 'j_decay', 'f_mean', 'f_recall', 'f_decay', 'j_and_f_mean'],
    ['a_only_px', 'b_only_px', 'both_px'],
  );
  const rows = names.pairs.flatMap((pair, place) => {
    const row = pairRow(scores, place, areEndsLeftOut);
    if (!row) {
      return [];
    }
    const { j, f, counts } = row;
    // One frame has no beginning and end.
    const decays = row.frames < 2 ? ['', ''] : [decimal(j.decay), decimal(f.decay)];
    const [jValues, fValues] = [j, f].map(({ mean, recall }) => [decimal(mean), decimal(recall)]);
    const values = [...jValues!, decays[0]!, ...fValues!, decays[1]!, decimal(row.jAndF)];
    return [
      [names.a, names.b, pair.a, pair.b, row.frames, areEndsLeftOut ? 'yes' : 'no', ...values].concat([
        counts.aOnlyPx,
        counts.bOnlyPx,
        counts.bothPx,
      ]),
    ];
  });
  return csvOf([head, ...rows]);
}

function decimal(value: number): string {
  return String(Number(value.toFixed(DECIMALS)));
}

/** RFC 4180: lines end in CR LF, what holds a comma, quote or line break stands in quotes. */
function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map((value) => csvField(String(value))).join(',')}\r\n`).join('');
}
