/** The history panel: every step by name, the present marked, each a click away. */
import './history.css';
import type { HistoryStep } from '../../core/history/historySteps';
import { HISTORY_LIMIT } from '../../state/history';
import { useApp } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { RowList } from '../shell/RowList';
import { historyPanelText } from '../text/historyPanelText';
import { useHistorySteps } from './useHistorySteps';

const ROW_PX = 28;

export function HistorySection() {
  const app = useApp();
  const steps = useHistorySteps();
  const made = steps.filter(({ distance }) => distance <= 0).length;
  const start: HistoryStep = {
    name: startName(steps.length),
    distance: -made,
  };
  const rows = [start, ...steps];
  return (
    <InspectorSection
      id="history"
      title={
        <>
          {historyPanelText.title} <span className="muted">{steps.length}</span>
        </>
      }
      tip={historyPanelText.tip}
      isOpenAtFirst={false}
    >
      {steps.length === 0 ? (
        <p className="muted">{historyPanelText.empty}</p>
      ) : (
        <RowList
          count={rows.length}
          rowPx={ROW_PX}
          className="history-list"
          labelledBy="history-title"
          shownRow={made}
        >
          {(index) => historyRow(rows[index]!, (distance) => app.travelBy(distance))}
        </RowList>
      )}
    </InspectorSection>
  );
}

function startName(count: number): string {
  return count >= HISTORY_LIMIT ? historyPanelText.earliest : historyPanelText.start;
}

function historyRow({ name, distance }: HistoryStep, travel: (distance: number) => void) {
  const isPresent = distance === 0;
  return (
    <button
      type="button"
      className={`history-step ${distance > 0 ? 'is-future' : ''}`}
      aria-current={isPresent ? 'step' : undefined}
      title={name}
      onClick={() => (isPresent ? undefined : travel(distance))}
    >
      {name}
      {distance > 0 ? <span className="visually-hidden"> ({historyPanelText.redo})</span> : null}
    </button>
  );
}
