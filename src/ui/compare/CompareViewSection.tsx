/** How the two sets are shown on the canvas, and what differs on this frame. */
import { compareViews } from '../../state/slices/compareState';
import type { ComparedSets } from '../../state/maskSets';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { compareText, compareViewNames } from '../text/compareText';
import { DifferenceLegend } from './DifferenceLegend';
import { PairChoice } from './PairChoice';

type CompareViewSectionProps = { readonly compared: ComparedSets };

export function CompareViewSection({ compared }: CompareViewSectionProps) {
  const view = useMaskflow((state) => state.comparison.view);
  const setComparison = useMaskflow((state) => state.setComparison);
  return (
    <InspectorSection id="compare-view" title={compareText.view} tip={compareText.viewTip}>
      <fieldset className="compare-views">
        <legend className="visually-hidden">{compareText.view}</legend>
        {compareViews.map((entry) => (
          <label key={entry} className="compare-view">
            <input
              type="radio"
              name="compare-view"
              checked={view === entry}
              onChange={() => setComparison({ view: entry })}
            />
            {compareViewNames[entry]}
          </label>
        ))}
      </fieldset>
      <PairChoice compared={compared} />
      <DifferenceLegend />
    </InspectorSection>
  );
}
