/** Which two sets are compared, and where references come from. */
import type { MaskSet } from '../../core/compare/maskSet';
import { comparedSets, maskSetsOf } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { compareText } from '../text/compareText';
import { ReferenceRows } from './ReferenceRows';

export function SetsSection() {
  const sets = useMaskflow(maskSetsOf);
  const compared = useMaskflow(comparedSets);
  const { aKey, bKey } = useMaskflow((state) => state.comparison);
  const setComparison = useMaskflow((state) => state.setComparison);
  const isKnown = sets.some(({ key }) => key === bKey);
  return (
    <InspectorSection id="compare-sets" title={compareText.sets} tip={compareText.setsTip}>
      <SetChoice
        name={compareText.a}
        spoken={compareText.setA}
        sets={sets}
        value={aKey}
        onChoose={(key) => setComparison({ aKey: key })}
      />
      <SetChoice
        name={compareText.b}
        spoken={compareText.setB}
        sets={sets}
        value={isKnown ? bKey : null}
        onChoose={(key) => setComparison({ bKey: key })}
      />
      {sets.length === 1 ? <p className="muted">{compareText.noOther}</p> : null}
      {compared?.a === compared?.b && compared ? <p className="muted">{compareText.sameSet}</p> : null}
      <ReferenceRows />
    </InspectorSection>
  );
}

type SetChoiceProps = {
  readonly name: string;
  readonly spoken: string;
  readonly sets: readonly MaskSet[];
  readonly value: string | null;
  readonly onChoose: (key: string) => void;
};

function SetChoice({ name, spoken, sets, value, onChoose }: SetChoiceProps) {
  return (
    <label className="compare-set">
      <b aria-hidden="true">{name}</b>
      <select
        className="field"
        aria-label={spoken}
        value={value ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {value === null ? <option value="">{compareText.chooseB}</option> : null}
        {sets.map(({ key, name: setName }) => (
          <option key={key} value={key}>
            {setName}
          </option>
        ))}
      </select>
    </label>
  );
}
