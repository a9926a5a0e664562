/** Frames to sequence, sequences to engine: every mean that the benchmark prints. */
import { confidenceBins, confidenceHits, type Judged } from '../../../src/core/metrics/calibration';
import { rankCorrelation } from '../../../src/core/metrics/rankCorrelation';
import { decay, jAndF, mean, type FrameScore } from '../../../src/core/metrics/sequenceScores';
import type {
  ConfidenceFigures,
  Cost,
  EngineResult,
  FrameResult,
  Scores,
  SequenceResult,
  StepResult,
} from './result';

export const NO_SCORES: Scores = { j: null, f: null, jAndF: null, decay: null };

/** First and last frame say little (one is given, the other may be half gone): left out, as DAVIS does. */
export function countedFrames(frames: readonly FrameResult[]): readonly FrameResult[] {
  return frames.slice(1, -1);
}

/** The scores of a sequence: of each label over its frames, then the mean over labels. */
export function scoresOf(frames: readonly FrameResult[], which: 'all' | 'not given'): Scores {
  const counted = countedFrames(frames).filter(({ isGiven }) => which === 'all' || !isGiven);
  const byLabel = new Map<number, FrameScore[]>();
  for (const { label, score } of counted.flatMap(({ labels }) => labels)) {
    if (score) {
      byLabel.set(label, [...(byLabel.get(label) ?? []), score]);
    }
  }
  return meanScores(
    [...byLabel.values()].map((scores) => ({
      j: mean(scores.map(({ j }) => j)),
      f: mean(scores.map(({ f }) => f)),
      jAndF: mean(scores.map(jAndF)),
      decay: decay(scores.map(jAndF)),
    })),
  );
}

function meanScores(scores: readonly Scores[]): Scores {
  const of = (pick: (scores: Scores) => number | null): number | null => mean(known(scores.map(pick)));
  return {
    j: of(({ j }) => j),
    f: of(({ f }) => f),
    jAndF: of((each) => each.jAndF),
    decay: of((each) => each.decay),
  };
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

export function judgedOf(frames: readonly FrameResult[]): Judged[] {
  return countedFrames(frames)
    .filter(({ isGiven }) => !isGiven)
    .flatMap(({ labels }) => labels)
    .flatMap(({ confidence, score }) =>
      confidence === null || score === null ? [] : [{ confidence, iou: score.j }],
    );
}

export function confidenceOf(judged: readonly Judged[]): ConfidenceFigures {
  return {
    bins: confidenceBins(judged),
    ...confidenceHits(judged),
    rankCorrelation: rankCorrelation(
      judged.map(({ confidence }) => confidence),
      judged.map(({ iou }) => iou),
    ),
  };
}

/** Scores and rank correlation are means over sequences; bins and hits count all masks; costs are means over frames. */
export function summariseEngine(engine: string, sequences: readonly SequenceResult[]): EngineResult {
  const stepCount = Math.max(0, ...sequences.map(({ steps }) => steps.length));
  const steps = Array.from({ length: stepCount }, (_, index): StepResult => {
    // A short sequence may have had no frame left to correct: it stays as it was.
    const each = sequences.map((sequence) => sequence.steps[index] ?? sequence.steps.at(-1)!);
    return {
      givenFrame: null,
      scores: meanScores(each.map(({ scores }) => scores)),
      scoresOfOthers: meanScores(each.map(({ scoresOfOthers }) => scoresOfOthers)),
    };
  });
  const correlations = known(sequences.map(({ confidence }) => confidence.rankCorrelation));
  return {
    engine,
    sequences: [...sequences],
    steps,
    confidence: {
      ...confidenceOf(sequences.flatMap(({ firstPass }) => judgedOf(firstPass))),
      rankCorrelation: mean(correlations),
    },
    cost: meanCost(sequences.map(({ cost }) => cost)),
  };
}

function meanCost(costs: readonly Cost[]): Cost {
  const frames = costs.reduce((sum, cost) => sum + cost.frames, 0);
  const of = (pick: (cost: Cost) => number): number =>
    frames === 0 ? 0 : costs.reduce((sum, cost) => sum + pick(cost) * cost.frames, 0) / frames;
  return {
    encodeMs: of(({ encodeMs }) => encodeMs),
    decodeMs: of(({ decodeMs }) => decodeMs),
    restMs: of(({ restMs }) => restMs),
    frames,
    peakMemoryMb: Math.max(0, ...costs.map(({ peakMemoryMb }) => peakMemoryMb)),
  };
}
