/** What the comparison paints, with its pixel counts on this frame, and for whose masks. */
import { countText } from '../../core/base/numberText';
import type { CompareScope } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { comparedFrame } from './comparedFrame';

const scopes: readonly { scope: CompareScope; name: string }[] = [
  { scope: 'allLabels', name: 'All labels' },
  { scope: 'activeLabel', name: 'Active label' },
];

export function CompareLegend() {
  const compared = useMaskflow(comparedFrame);
  const scope = useMaskflow((state) => state.compareScope);
  const setCompareScope = useMaskflow((state) => state.setCompareScope);
  return (
    <div className="compare-legend">
      <fieldset className="compare-scope">
        <legend className="visually-hidden">Compare</legend>
        {scopes.map((entry) => (
          <label key={entry.scope}>
            <input
              type="radio"
              name="compare-scope"
              checked={scope === entry.scope}
              onChange={() => setCompareScope(entry.scope)}
            />
            {entry.name}
          </label>
        ))}
      </fieldset>
      {compared ? (
        <>
          <span>
            <span className="compare-key is-then" aria-hidden="true" />
            Only then: {countText(compared.thenPx)} px
          </span>
          <span>
            <span className="compare-key is-now" aria-hidden="true" />
            Only now: {countText(compared.nowPx)} px
          </span>
        </>
      ) : (
        <p className="muted">The frame on show is not part of this version.</p>
      )}
    </div>
  );
}
