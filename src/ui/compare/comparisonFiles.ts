/** The comparison as files to download. */
import { download } from '../../app/exportMasks';
import { framesCsv, pixelLength, tableCsv, type ComparisonNames } from '../../core/compare/comparisonCsv';
import { comparableLabels, type MaskSet } from '../../core/compare/maskSet';
import type { ObjectId } from '../../core/base/ids';
import { timeOfFrame } from '../../core/measure/calibration';
import { comparedSets, type ComparedSets } from '../../state/maskSets';
import type { MaskflowState } from '../../state/maskflowState';
import { rangeScores } from './rangeScores';

/** Does nothing while nothing is compared. */
export function downloadFrames(state: MaskflowState): void {
  const compared = comparedSets(state);
  const { footage, calibration } = state;
  if (!compared || !footage) {
    return;
  }
  const timeOf = (frame: number): number => timeOfFrame(footage.frameTable, frame, calibration);
  const text = framesCsv(rangeScores(state), namesOf(compared), timeOf, pixelLength(calibration));
  save(text, `${footage.name} comparison frames`);
}

/** Does nothing while nothing is compared. */
export function downloadTable(state: MaskflowState): void {
  const compared = comparedSets(state);
  if (compared && state.footage) {
    const text = tableCsv(rangeScores(state), namesOf(compared), state.comparison.areEndsLeftOut);
    save(text, `${state.footage.name} comparison`);
  }
}

function namesOf({ a, b, pairs }: ComparedSets): ComparisonNames {
  return {
    a: a.name,
    b: b.name,
    pairs: pairs.map((pair) => ({ a: labelName(a, pair.a), b: labelName(b, pair.b) })),
  };
}

function labelName(set: MaskSet, id: ObjectId): string {
  return comparableLabels(set).find(({ objectId }) => objectId === id)?.name ?? '';
}

function save(text: string, name: string): void {
  download(new Blob([text], { type: 'text/csv' }), `${name.replace(/\.[a-z0-9]+(?= )/i, '')}.csv`);
}
