/** The labels in list order, and what belongs to all of them. */
import './labels.css';
import { Plus } from 'lucide-react';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { labelText } from '../text';
import { LabelRow } from './LabelRow';
import { SharedPointsSwitch } from './SharedPointsSwitch';

export function LabelsPanel() {
  const labels = useMaskflow((state) => state.labels);
  const addLabel = useMaskflow((state) => state.addLabel);
  return (
    <section className="labels-panel" aria-labelledby="labels-title">
      <h2 id="labels-title" className="panel-title">
        Labels
      </h2>
      {labels.length === 0 ? <p className="muted panel-note">{labelText.noLabels}</p> : null}
      <ul className="label-list" aria-labelledby="labels-title">
        {labels.map((label, index) => (
          <LabelRow key={label.objectId} label={label} index={index} />
        ))}
      </ul>
      <div className="labels-add">
        <Button onClick={() => addLabel('object')}>
          <Plus aria-hidden="true" />
          Add label
        </Button>
        <Button tip={labelText.competes} onClick={() => addLabel('competitor')}>
          <Plus aria-hidden="true" />
          Add competitor
        </Button>
      </div>
      <SharedPointsSwitch />
    </section>
  );
}
