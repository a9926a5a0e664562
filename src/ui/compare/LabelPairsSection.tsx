/** Which label of A is compared with which of B: matched by the app, changed by the user. */
import { objectId, type ObjectId } from '../../core/base/ids';
import { comparableLabels } from '../../core/compare/maskSet';
import type { ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { Button } from '../shell/Button';
import { compareText } from '../text/compareText';

type LabelPairsSectionProps = { readonly compared: ComparedSets };

export function LabelPairsSection({ compared: { a, b, pairs } }: LabelPairsSectionProps) {
  const mapping = useMaskflow((state) => state.comparison.mapping);
  const setComparison = useMaskflow((state) => state.setComparison);
  const others = comparableLabels(b);
  function choose(id: ObjectId, value: string): void {
    setComparison({ mapping: new Map(mapping).set(id, value === '' ? null : objectId(Number(value))) });
  }
  return (
    <InspectorSection
      id="compare-labels"
      title={
        <>
          {compareText.labels}{' '}
          <span className="muted">
            {pairs.length}/{comparableLabels(a).length}
          </span>
        </>
      }
      tip={compareText.labelsTip}
      isOpenAtFirst={false}
    >
      {comparableLabels(a).map((label) => (
        <label key={label.objectId} className="compare-pair">
          <span className="swatch" style={{ background: label.colour }} />
          <span className="clipped" title={label.name}>
            {label.name}
          </span>
          <select
            className="field"
            aria-label={compareText.counterpart.replace('{label}', label.name)}
            value={pairs.find((pair) => pair.a === label.objectId)?.b ?? ''}
            onChange={(event) => choose(label.objectId, event.currentTarget.value)}
          >
            <option value="">{compareText.notCompared}</option>
            {others.map((other) => (
              <option key={other.objectId} value={other.objectId}>
                {other.name}
              </option>
            ))}
          </select>
        </label>
      ))}
      {pairs.length === 0 ? <p className="muted">{compareText.noPairs}</p> : null}
      {mapping.size > 0 ? (
        <Button look="quiet" onClick={() => setComparison({ mapping: new Map() })}>
          {compareText.automatic}
        </Button>
      ) : null}
    </InspectorSection>
  );
}
