/** Whether all labels or one is looked at; not shown where there is but one. */
import { objectId } from '../../core/base/ids';
import { comparableLabels } from '../../core/compare/maskSet';
import type { ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { compareText } from '../text/compareText';
import { chosenLabel } from './comparedFrames';

type PairChoiceProps = { readonly compared: ComparedSets };

export function PairChoice({ compared }: PairChoiceProps) {
  const chosen = useMaskflow((state) => chosenLabel(state, compared));
  const setComparison = useMaskflow((state) => state.setComparison);
  const labels = comparableLabels(compared.a).filter((label) =>
    compared.pairs.some((pair) => pair.a === label.objectId),
  );
  if (labels.length < 2) {
    return null;
  }
  return (
    <label className="compare-set">
      <span>{compareText.which}</span>
      <select
        className="field"
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setComparison({ objectId: value === '' ? null : objectId(Number(value)) })
        }
      >
        <option value="">{compareText.allLabels}</option>
        {labels.map((label) => (
          <option key={label.objectId} value={label.objectId}>
            {label.name}
          </option>
        ))}
      </select>
    </label>
  );
}
