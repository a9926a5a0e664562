/** The results as text for a terminal. */
import { BAD_IOU, DOUBTED, GOOD_IOU, TRUSTED } from '../../../src/core/metrics/calibration';
import { BUILT_IN_MODEL } from '../../../src/core/models/shelf';
import type { BenchResult, ConfidenceFigures, Cost, EngineResult, Scores } from './result';

/** Three decimals, or `-` for nothing. */
export function figure(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

export function percent(value: number | null): string {
  return value === null ? '-' : `${(value * 100).toFixed(0)} %`;
}

/** The whole output of a run. */
export function resultText(result: BenchResult): string {
  return result.engines.map((engine) => engineText(engine, result)).join('\n');
}

function engineText(engine: EngineResult, { hasKeptEmbeddings, sam = BUILT_IN_MODEL }: BenchResult): string {
  const lines = [
    `\n== ${engine.engine}${sam === BUILT_IN_MODEL ? '' : `, with ${sam}`} ==`,
    'J, F: means over labels, first and last frame left out; decay: J&F of the first quarter less the last',
    columns([
      'sequence',
      'frames',
      'J',
      'F',
      'J&F',
      'decay',
      'conf~IoU',
      'encode',
      'decode',
      'rest ms',
      'MB',
    ]),
    ...engine.sequences.map(({ name, frameCount, steps, confidence, cost }) =>
      row(name, frameCount, steps[0]!.scores, confidence, cost),
    ),
    row(
      'overall',
      engine.sequences.reduce((sum, { frameCount }) => sum + frameCount, 0),
      engine.steps[0]!.scores,
      engine.confidence,
      engine.cost,
    ),
    ...(hasKeptEmbeddings ? ['Embeddings were kept from earlier runs: encode times mean nothing.'] : []),
    ...(engine.steps.length > 1 ? correctionLines(engine) : []),
    ...confidenceLines(engine.confidence),
  ];
  return `${lines.join('\n')}\n`;
}

function row(
  name: string,
  frames: number,
  { j, f, jAndF, decay }: Scores,
  { rankCorrelation }: ConfidenceFigures,
  { encodeMs, decodeMs, restMs, peakMemoryMb }: Cost,
): string {
  const costs = [encodeMs, decodeMs, restMs, peakMemoryMb].map((value) => value.toFixed(0));
  return columns([
    name,
    String(frames),
    ...[j, f, jAndF, decay].map(figure),
    rankCorrelation === null ? '-' : rankCorrelation.toFixed(2),
    ...costs,
  ]);
}

function columns([name, ...cells]: readonly string[]): string {
  return `${name!.padEnd(20)}${cells.map((cell) => cell.padStart(9)).join('')}`;
}

function correctionLines({ sequences, steps }: EngineResult): string[] {
  const each = sequences.map(
    (sequence) =>
      `  ${sequence.name}: ${sequence.steps
        .map(({ givenFrame, scores }) =>
          givenFrame === null ? figure(scores.jAndF) : `${figure(scores.jAndF)} (frame ${givenFrame})`,
        )
        .join(' -> ')}`,
  );
  const overall = steps.map(({ scores }) => figure(scores.jAndF)).join(' -> ');
  const others = steps.map(({ scoresOfOthers }) => figure(scoresOfOthers.jAndF)).join(' -> ');
  return [
    'J&F after each correction; a given frame counts as 1:',
    ...each,
    `  overall: ${overall}`,
    `  overall without given frames: ${others}`,
  ];
}

function confidenceLines({
  bins,
  doubted,
  doubtedBad,
  trusted,
  trustedGood,
  rankCorrelation,
}: ConfidenceFigures): string[] {
  if (bins.every(({ count }) => count === 0)) {
    return ['Confidence: none.'];
  }
  const cells = bins.map(
    ({ from, to, count, meanIou }) => `${from.toFixed(1)}-${to.toFixed(1)}: ${figure(meanIou)} (${count})`,
  );
  return [
    `Mean IoU by confidence (masks): ${cells.join(', ')}`,
    `Confidence under ${DOUBTED}: ${percent(doubtedBad)} of ${doubted} bad (IoU < ${BAD_IOU}); from ${TRUSTED}: ${percent(trustedGood)} of ${trusted} good (IoU >= ${GOOD_IOU}); rank correlation with IoU, mean of sequences: ${rankCorrelation === null ? '-' : rankCorrelation.toFixed(2)}`,
  ];
}
