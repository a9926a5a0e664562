/** What the chosen quantities are on this frame, with their bounds, and the way to plots and files. */
import { ChartSpline, Download } from 'lucide-react';
import { useId } from 'react';
import { useMaskflow, useApp } from '../hooks/useMaskflow';
import { useCalm } from '../hooks/useCalm';
import { InspectorSection } from '../inspector/InspectorSection';
import { showPlots } from '../plots/plotsShown';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { Tip } from '../shell/Tip';
import { keyHint } from '../keys/shortcuts';
import { measureText } from '../text/measureText';
import { filled } from '../text/projectText';
import { valuesOfFrame, type FrameValues } from './frameValues';
import { framesToMeasure } from './measuredFrames';
import { MeasuringProgress } from './MeasuringProgress';

export function ValuesSection() {
  const { store } = useApp();
  const app = useApp();
  const frame = useCalm((state) => state.currentFrame);
  const arePlotsOpen = useMaskflow((state) => state.arePlotsOpen);
  const hasMeasurements = useMaskflow((state) => state.measurements !== null);
  const files = useMaskflow((state) => state.measurementExport);
  return (
    <InspectorSection
      id="measured-values"
      title={
        <>
          {measureText.values} <span className="muted">on frame {frame}</span>
        </>
      }
    >
      <MeasuringProgress />
      <Values />
      <div className="button-row">
        <Button hint={keyHint('plots')} onClick={() => showPlots(store, !arePlotsOpen)}>
          <ChartSpline aria-hidden="true" />
          {arePlotsOpen ? measureText.hidePlots : measureText.showPlots}
        </Button>
        <Button
          tip={measureText.exportTip}
          disabledReason={
            files ? measureText.isExporting : hasMeasurements ? null : measureText.nothingToExport
          }
          onClick={() => void app.exportMeasurements()}
        >
          <Download aria-hidden="true" />
          {measureText.exportValues}
        </Button>
      </div>
      {files ? (
        <div className="measuring">
          <ProgressBar
            label={measureText.exporting}
            fraction={files.total > 0 ? files.done / files.total : null}
          />
          <Button onClick={() => app.cancelMeasurementExport()}>{measureText.cancelExport}</Button>
        </div>
      ) : null}
    </InspectorSection>
  );
}

function Values() {
  const count = useMaskflow(framesToMeasure);
  const chosen = useMaskflow((state) => state.measuredQuantities);
  const measurements = useMaskflow((state) => state.measurements);
  const frame = useCalm((state) => state.currentFrame);
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  if (count === 0) {
    return <p className="muted">{measureText.noMasks}</p>;
  }
  if (chosen.length === 0) {
    return <p className="muted">{measureText.nothingChosen}</p>;
  }
  const groups = measurements && valuesOfFrame(measurements, frame);
  if (!groups) {
    return frame < inFrame || frame > outFrame ? <p className="muted">{measureText.outsideRange}</p> : null;
  }
  return (
    <>
      {count === 1 ? <p className="muted">{measureText.twoFrames}</p> : null}
      {groups.map((group) => (
        <ValueTable key={group.key} group={group} frame={frame} />
      ))}
    </>
  );
}

/** The meanings stand behind the table, so that its rows are not read out with them. */
function ValueTable({ group, frame }: { readonly group: FrameValues; readonly frame: number }) {
  const id = useId();
  return (
    <>
      <table className="value-table">
        <caption>
          {group.labels.map(({ objectId, name, colour }, place) => (
            <span key={objectId}>
              {place > 0 ? ' – ' : null}
              <span className="swatch" style={{ background: colour }} /> {name}
            </span>
          ))}
          <span className="visually-hidden">, {filled(measureText.valuesOf, { frame })}</span>
        </caption>
        <tbody>
          {group.values.map(({ quantity, name, meaning, text, bounds }) => (
            <tr key={quantity}>
              <th scope="row">
                <QuantityName name={name} meaning={meaning} meaningId={`${id}-${quantity}`} />
              </th>
              <td>
                {text}
                {bounds ? <span className="muted value-bounds"> ({bounds})</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div hidden>
        {group.values.map(({ quantity, meaning }) => (
          <span key={quantity} id={`${id}-${quantity}`}>
            {meaning}
          </span>
        ))}
      </div>
    </>
  );
}

type QuantityNameProps = {
  readonly name: string;
  readonly meaning: string;
  /** Of the element that has the meaning for screen readers. */
  readonly meaningId: string;
};

function QuantityName({ name, meaning, meaningId }: QuantityNameProps) {
  return (
    <Tip words={meaning}>
      <button type="button" className="info-tip" aria-describedby={meaningId}>
        {name}
      </button>
    </Tip>
  );
}
