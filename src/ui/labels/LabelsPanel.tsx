/** The labels in list order, by the parts they play, and what belongs to all of them. */
import './labels.css';
import { Plus } from 'lucide-react';
import { Fragment } from 'react';
import type { Label, LabelRole } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { InfoTip } from '../shell/InfoTip';
import { labelText } from '../text';
import { regionText } from '../text/editText';
import { AddRegionMenu } from './AddRegionMenu';
import { LabelRow } from './LabelRow';
import { SharedPointsSwitch } from './SharedPointsSwitch';

/** The parts that come after the objects, with their headings. */
const laterParts: readonly { readonly role: LabelRole; readonly heading: string; readonly tip: string }[] = [
  { role: 'competitor', heading: 'Competitors', tip: labelText.competes },
  { role: 'void', heading: 'Void regions', tip: `${regionText.void} ${regionText.holds}` },
  { role: 'locked', heading: 'Locked regions', tip: `${regionText.locked} ${regionText.holds}` },
];

export function LabelsPanel() {
  const labels = useMaskflow((state) => state.labels);
  const addLabel = useMaskflow((state) => state.addLabel);
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
          {laterParts.map(({ role, heading, tip }) => {
            const inPart = labels.filter((label) => label.role === role);
            return inPart.length === 0 ? null : (
              <Fragment key={role}>
                <li className="label-heading">
                  <InfoTip className="muted" tip={tip}>
                    {heading}
                  </InfoTip>
                </li>
                {inPart.map(rowOf)}
              </Fragment>
            );
          })}
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
          <AddRegionMenu />
        </div>
        <SharedPointsSwitch />
      </div>
    </section>
  );
}
