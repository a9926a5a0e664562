/** What is plotted and how: lines on show, the horizontal axis, files, and the way to close. */
import { FileImage, FileType, X } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { plotAxes } from '../../state/slices/measureState';
import { plotsText } from '../text/plotsText';
import { LineSample } from './LineSample';
import type { Plot, PlotLine } from './plotModel';
import { showPlots } from './plotsShown';
import { savePlots } from './savePlots';

type PlotsHeadProps = {
  /** With all their lines, hidden or not. */
  readonly plots: readonly Plot[];
  readonly shownPlots: readonly Plot[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
};

export function PlotsHead({ plots, shownPlots, hidden, onToggle }: PlotsHeadProps) {
  const { store } = useApp();
  const axis = useMaskflow((state) => state.plotAxis);
  const setAxis = useMaskflow((state) => state.setPlotAxis);
  const disabledReason = plots.length === 0 ? plotsText.nothingToSave : null;
  return (
    <div className="plots-head">
      <h2 className="panel-title">{plotsText.title}</h2>
      <fieldset className="plots-legend">
        <legend className="visually-hidden">{plotsText.legend}</legend>
        {linesOf(plots).map((line) => (
          <button
            key={line.key}
            type="button"
            className="plots-line"
            aria-pressed={!hidden.has(line.key)}
            onClick={() => onToggle(line.key)}
          >
            <LineSample line={line} />
            <span className="clipped">{line.name}</span>
          </button>
        ))}
      </fieldset>
      <label className="plots-axis">
        <span className="muted">{plotsText.axis}</span>
        <select
          className="field"
          value={axis}
          onChange={(event) => {
            const chosen = plotAxes.find((known) => known === event.currentTarget.value);
            setAxis(chosen ?? 'frames');
          }}
        >
          {plotAxes.map((known) => (
            <option key={known} value={known}>
              {plotsText.axes[known]}
            </option>
          ))}
        </select>
      </label>
      <IconButton
        label={plotsText.savePng}
        note={plotsText.saveTip}
        disabledReason={disabledReason}
        onClick={() => void savePlots(store, shownPlots, 'png')}
      >
        <FileImage />
      </IconButton>
      <IconButton
        label={plotsText.saveSvg}
        note={plotsText.saveTip}
        disabledReason={disabledReason}
        onClick={() => void savePlots(store, shownPlots, 'svg')}
      >
        <FileType />
      </IconButton>
      <IconButton label={plotsText.close} onClick={() => showPlots(store, false)}>
        <X />
      </IconButton>
    </div>
  );
}

/** Each line once, though all plots have it. */
function linesOf(plots: readonly Plot[]): PlotLine[] {
  return [...new Map(plots.flatMap(({ lines }) => lines).map((line) => [line.key, line])).values()];
}
