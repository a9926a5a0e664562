/** Which quantities are measured, and which of them are plotted. */
import { ChartSpline } from 'lucide-react';
import { unitOf } from '../../core/measure/calibration';
import { measureGroups, quantities, quantityIds, type QuantityId } from '../../core/measure/quantities';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { showPlots } from '../plots/plotsShown';
import { Tip, useTipWords } from '../shell/Tip';
import { groupNames, measureText } from '../text/measureText';
import { filled } from '../text/projectText';

const groups = measureGroups
  .map((group) => ({ group, ids: quantityIds.filter((id) => quantities[id].group === group) }))
  .filter(({ ids }) => ids.length > 0);

export function QuantitiesSection() {
  return (
    <InspectorSection id="quantities" title={measureText.quantities} tip={measureText.quantitiesTip}>
      {groups.map(({ group, ids }) => (
        <fieldset key={group} className="quantity-group">
          <legend className="muted">{groupNames[group]}</legend>
          {ids.map((id) => (
            <QuantityRow key={id} id={id} />
          ))}
        </fieldset>
      ))}
    </InspectorSection>
  );
}

function QuantityRow({ id }: { readonly id: QuantityId }) {
  const { store } = useApp();
  const isMeasured = useMaskflow((state) => state.measuredQuantities.includes(id));
  const isPlotted = useMaskflow((state) => state.plottedQuantities.includes(id));
  const setMeasured = useMaskflow((state) => state.setMeasured);
  const setPlotted = useMaskflow((state) => state.setPlotted);
  const unit = useMaskflow((state) => unitOf(quantities[id].unit, state.calibration));
  const { name, meaning } = quantities[id];
  const hidden = useTipWords(meaning);
  const plotWords = filled(isPlotted ? measureText.unplot : measureText.plot, { name });
  return (
    <div className="quantity-row">
      <Tip words={meaning}>
        <label>
          <input
            type="checkbox"
            checked={isMeasured}
            aria-describedby={hidden.id}
            onChange={(event) => setMeasured(id, event.currentTarget.checked)}
          />
          <span className="clipped">
            {name}
            {unit === '' ? null : <span className="muted"> {unit}</span>}
          </span>
        </label>
      </Tip>
      {hidden.element}
      <Tip words={plotWords}>
        <button
          type="button"
          className="icon-button quantity-plot"
          aria-label={plotWords}
          aria-pressed={isPlotted}
          onClick={() => {
            setPlotted(id, !isPlotted);
            if (!isPlotted) {
              showPlots(store, true);
            }
          }}
        >
          <ChartSpline aria-hidden="true" />
        </button>
      </Tip>
    </div>
  );
}
