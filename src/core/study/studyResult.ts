/** What a study found: each method's masks, and how they agree with a reference or with each other. */
import { csvField } from '../base/csvField';
import type { FrameScores } from '../compare/comparisonFrames';
import type { MaskSet } from '../compare/maskSet';
import { jAndF, mean } from '../metrics/sequenceScores';
import { maskAt } from '../track/maskTrack';

export type MethodOutcome = 'done' | 'stopped' | 'failed';

export type MethodResult = {
  readonly id: string;
  readonly name: string;
  /** Names of models that drew with weights not of the official file; left out where none did. */
  readonly unofficial?: readonly string[];
  /** The annotated masks it started from, and what it drew. */
  readonly set: MaskSet;
  /** Frames it drew, ascending. */
  readonly frames: readonly number[];
  /** Wall time of a drawn frame, everything included, also the method whose masks it redraws; null before the first. */
  readonly msPerFrame: number | null;
  readonly outcome: MethodOutcome;
};

export type StudyResult = {
  /** Frames that the methods were to draw, ascending. */
  readonly frames: readonly number[];
  /** Frames whose masks were given to every method, ascending. */
  readonly givenFrames: readonly number[];
  readonly methods: readonly MethodResult[];
};

/** One method against the reference, frame by frame; the pairs of labels in the reference's order. */
export type MethodScores = { readonly id: string; readonly scores: readonly FrameScores[] };

export type StudyRow = {
  readonly id: string;
  readonly name: string;
  readonly outcome: MethodOutcome;
  readonly framesDrawn: number;
  /** Means over frames and labels, 0..1; null without a reference. */
  readonly j: number | null;
  readonly f: number | null;
  readonly jAndF: number | null;
  readonly msPerFrame: number | null;
  /** Mean over masks that an engine judged; null where none did. */
  readonly confidence: number | null;
};

export function studyRows(result: StudyResult, scored: readonly MethodScores[]): StudyRow[] {
  return result.methods.map((method) => {
    const scores = scored.find(({ id }) => id === method.id)?.scores ?? [];
    const pairs = scores.flatMap((frame) => frame.pairs);
    const [j, f] = [mean(pairs.map((score) => score.j)), mean(pairs.map((score) => score.f))];
    return {
      id: method.id,
      name: method.name,
      outcome: method.outcome,
      framesDrawn: method.frames.length,
      j,
      f,
      jAndF: j === null || f === null ? null : jAndF({ j, f }),
      msPerFrame: method.msPerFrame,
      confidence: meanConfidence(method),
    };
  });
}

/** Whether the method drew every frame of the study: means over other frames say nothing of which is better. */
export function hasAllFrames({ frames }: StudyResult, row: StudyRow): boolean {
  return row.outcome === 'done' && row.framesDrawn === frames.length;
}

/** The methods with the highest J&F among those that drew every frame; none where fewer than two can be told apart. */
export function bestMethods(result: StudyResult, rows: readonly StudyRow[]): string[] {
  const fair = rows.filter((row) => row.jAndF !== null && hasAllFrames(result, row));
  const highest = Math.max(...fair.flatMap((row) => row.jAndF ?? []));
  return fair.length < 2 ? [] : fair.filter((row) => row.jAndF === highest).map(({ id }) => id);
}

function meanConfidence({ set, frames }: MethodResult): number | null {
  const values = set.labels.flatMap(({ objectId, role }) =>
    role === 'object'
      ? frames.flatMap((frame) => maskAt(set.tracks.get(objectId), frame)?.mask.confidence ?? [])
      : [],
  );
  return mean(values);
}

/** The mean J of all labels by frame: what the chart shows. Null where a frame was not scored. */
export function scoresOverTime(
  frames: readonly number[],
  { scores }: MethodScores,
  measure: 'j' | 'jAndF',
): (number | null)[] {
  const byFrame = new Map(scores.map((entry) => [entry.frameIndex, entry.pairs]));
  return frames.map((frame) =>
    mean((byFrame.get(frame) ?? []).map((score) => (measure === 'j' ? score.j : jAndF(score)))),
  );
}

/** Some of the frames, spread evenly from the first to the last, ascending. */
export function spreadFrames(frames: readonly number[], count: number): number[] {
  const length = Math.min(Math.max(count, 0), frames.length);
  return Array.from({ length }, (_, index) => {
    const place = length === 1 ? 0 : Math.round((index * (frames.length - 1)) / (length - 1));
    return frames[place]!;
  });
}

/** Comma-separated, a row for each method; empty where there is no number. */
export function studyCsv(rows: readonly StudyRow[], reference: string): string {
  const header = 'method,reference,frames drawn,J,F,J&F,ms per frame,confidence,outcome';
  const lines = rows.map((row) =>
    [
      csvField(row.name),
      csvField(reference),
      row.framesDrawn,
      fixed(row.j, 4),
      fixed(row.f, 4),
      fixed(row.jAndF, 4),
      fixed(row.msPerFrame, 1),
      fixed(row.confidence, 3),
      row.outcome,
    ].join(','),
  );
  return `${[header, ...lines].join('\r\n')}\r\n`;
}

function fixed(value: number | null, digits: number): string {
  return value === null ? '' : value.toFixed(digits);
}
