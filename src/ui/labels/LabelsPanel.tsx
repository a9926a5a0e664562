/** The labels in list order, objects before competitors, and what belongs to all of them. */
import './labels.css';
import { Plus } from 'lucide-react';
import type { Label } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { InfoTip } from '../shell/InfoTip';
import { labelText } from '../text';
import { LabelRow } from './LabelRow';
import { SharedPointsSwitch } from './SharedPointsSwitch';

export function LabelsPanel() {
  const labels = useMaskflow((state) => state.labels);
  const addLabel = useMaskflow((state) => state.addLabel);
  const competitors = labels.filter((label) => label.role === 'competitor');
  const rowOf = (label: Label) => (
    <LabelRow key={label.objectId} label={label} index={labels.indexOf(label)} />
  );
  return (
    <section className="labels-panel" aria-labelledby="labels-title">
      <h2 id="labels-title" className="panel-title">
        Labels
      </h2>
      <div className="labels-scroll">
        {labels.length === 0 ? <p className="muted panel-note">{labelText.noLabels}</p> : null}
        <ul className="label-list" aria-labelledby="labels-title">
          {labels.filter((label) => label.role === 'object').map(rowOf)}
          {competitors.length > 0 ? (
            <li className="label-heading">
              <InfoTip className="muted" tip={labelText.competes}>
                Competitors
              </InfoTip>
            </li>
          ) : null}
          {competitors.map(rowOf)}
        </ul>
      </div>
      <div className="labels-foot">
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
      </div>
    </section>
  );
}
