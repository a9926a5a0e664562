/** Says what is missing while there is nothing to plot. */
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keepInspectorTab } from '../inspector/storedInspectorTab';
import { framesToMeasure } from '../measure/measuredFrames';
import { Button } from '../shell/Button';
import { measureText } from '../text/measureText';
import { plotsText } from '../text/plotsText';

export function PlotsEmpty() {
  const app = useApp();
  const count = useMaskflow(framesToMeasure);
  const isPlotted = useMaskflow((state) => state.plottedQuantities.length > 0);
  const isStopped = useMaskflow((state) => state.isMeasuringStopped);
  if (count === 0 || (isPlotted && !isStopped)) {
    return <p className="plots-empty muted">{count === 0 ? measureText.noMasks : plotsText.waiting}</p>;
  }
  if (isStopped) {
    return (
      <div className="plots-empty">
        <p className="muted">{measureText.stopped}</p>
        <Button onClick={() => app.measureAgain()}>{measureText.measureAgain}</Button>
      </div>
    );
  }
  return (
    <div className="plots-empty">
      <p className="muted">{plotsText.noQuantity}</p>
      <Button
        onClick={() => {
          app.store.getState().setInspectorTab('measure');
          keepInspectorTab('measure');
        }}
      >
        {plotsText.openMeasure}
      </Button>
    </div>
  );
}
