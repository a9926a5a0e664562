/** What the user should know before importing, sentence by sentence. */
import { counted, countText } from '../../core/base/numberText';
import type { ImportSource } from '../../core/import/importSource';
import type { ImportPlan, ImportPurpose, PictureProblem } from '../../core/import/planImport';
import { purposeText } from '../text/importText';

/** More gaps than this are counted, not listed. */
const LISTED_GAPS = 4;

export function importWarnings(source: ImportSource, plan: ImportPlan, purpose: ImportPurpose): string[] {
  const { replaced } = plan.counts;
  const left = (problem: PictureProblem): number =>
    plan.pictures.filter((picture) => picture.problem === problem).length;
  const scaled = plan.pictures.filter(({ isScaled }) => isScaled).length;
  return [
    ...(replaced > 0 ? [`${counted(replaced, 'annotated mask')} ${is(replaced)} replaced.`] : []),
    ...sentence(
      left('wrongSize'),
      (count) => `${counted(count, 'picture')} of another size ${is(count)} left out.`,
    ),
    ...sentence(
      scaled,
      (count) => `${counted(count, 'picture')} ${is(count)} scaled from ${sizesText(plan)}.`,
    ),
    ...sentence(
      left('noFrame'),
      (count) => `${counted(count, 'picture')} ${is(count)} left out: no frame of the footage fits.`,
    ),
    ...sentence(
      left('sameFrame'),
      (count) => `${counted(count, 'picture')} ${is(count)} left out: another picture is for the same frame.`,
    ),
    ...unknownNumbers(source, plan, purpose),
    ...gapsText(plan, purpose),
    ...voidText(plan, purpose),
    ...source.notes,
  ];
}

function is(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function sentence(count: number, text: (count: number) => string): string[] {
  return count > 0 ? [text(count)] : [];
}

/** `2 pictures`, or `1 of 2 pictures used`. */
export function usedText({ pictures, counts }: ImportPlan): string {
  const all = counted(pictures.length, 'picture');
  return counts.left === 0 ? all : `${countText(pictures.length - counts.left)} of ${all} used`;
}

export function sizesText({ wrongSizes }: ImportPlan): string {
  return wrongSizes.map(({ width, height }) => `${width} x ${height}`).join(', ');
}

/** Numbers that labels.json does not explain, or that no label has yet. */
function unknownNumbers(source: ImportSource, { labels }: ImportPlan, purpose: ImportPurpose): string[] {
  const { unknownOne, unknownMore } = purposeText[purpose];
  const unknown = labels.filter(
    ({ label, choice }) =>
      label.number !== null && label.name === null && label.role === 'object' && choice.kind === 'new',
  );
  const where = source.labels.some(({ name }) => name !== null) ? ' and labels.json does not name' : '';
  return sentence(
    unknown.length,
    (count) =>
      `No label has${where} ${count === 1 ? 'index' : 'the indices'} ${unknown.map(({ label }) => label.number).join(', ')}: ${count === 1 ? unknownOne : unknownMore}.`,
  );
}

function gapsText({ gaps }: ImportPlan, purpose: ImportPurpose): string[] {
  const frames = gaps.reduce((sum, { fromFrame, toFrame }) => sum + toFrame - fromFrame + 1, 0);
  const listed = gaps
    .slice(0, LISTED_GAPS)
    .map(({ fromFrame, toFrame }) => (fromFrame === toFrame ? `${fromFrame}` : `${fromFrame}–${toFrame}`));
  const more = gaps.length > LISTED_GAPS ? ` and ${gaps.length - LISTED_GAPS} more gaps` : '';
  return sentence(
    frames,
    (count) =>
      `${counted(count, 'frame')} between ${purposeText[purpose].gaps.replace('{gaps}', `${listed.join(', ')}${more}`)}`,
  );
}

function voidText({ labels }: ImportPlan, purpose: ImportPurpose): string[] {
  const found = labels.find(({ label, target }) => label.role === 'void' && target);
  return found ? [`Index 255 is taken as void: “don’t care”, ${purposeText[purpose].voidPixels}.`] : [];
}
