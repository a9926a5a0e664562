/** Which label each imported one becomes, or is compared with. */
import { counted } from '../../core/base/numberText';
import type { LabelChoice, PlannedLabel } from '../../core/import/importLabels';
import { useMaskflow } from '../hooks/useMaskflow';
import { purposeText } from '../text/importText';
import type { ImportPreview } from './useImportPlan';

function valueOf({ choice }: PlannedLabel): string {
  return choice.kind === 'existing' ? String(choice.objectId) : choice.kind;
}

export function ImportLabels({ preview }: { preview: ImportPreview }) {
  const { purpose, plan, choices, choose } = preview;
  const words = purposeText[purpose];
  const labels = useMaskflow((state) => state.labels);
  const used = plan.pictures.filter(({ problem }) => problem === null);
  function pick(planned: PlannedLabel, value: string): void {
    const existing = labels.find(({ objectId }) => String(objectId) === value);
    const choice: LabelChoice = existing
      ? { kind: 'existing', objectId: existing.objectId }
      : { kind: value === 'skip' ? 'skip' : 'new' };
    choose({ labels: new Map(choices.labels).set(planned.label.key, choice) });
  }
  return (
    <section aria-labelledby="import-labels">
      <h3 id="import-labels" className="sheet-heading">
        {words.labels}
      </h3>
      <table className="import-table">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">In the files</th>
            <th scope="col">Masks</th>
            <th scope="col">{words.counterpart}</th>
          </tr>
        </thead>
        <tbody>
          {plan.labels.map((planned) => {
            const { label, target, renamedFrom } = planned;
            const count = used.filter(({ picture }) =>
              picture.masks.some(({ key }) => key === label.key),
            ).length;
            return (
              <tr key={label.key}>
                <th scope="row">
                  {label.name ?? label.meaning}
                  {label.name === null || label.meaning === `“${label.name}”` ? null : (
                    <span className="muted"> {label.meaning}</span>
                  )}
                </th>
                <td className="muted">{counted(count, 'mask')}</td>
                <td>
                  <span className="import-swatch" style={{ background: target?.colour ?? 'transparent' }} />
                  <select
                    className="field"
                    aria-label={words.counterpartOf.replace('{label}', label.name ?? label.meaning)}
                    value={valueOf(planned)}
                    onChange={(event) => pick(planned, event.currentTarget.value)}
                  >
                    {labels.map(({ objectId, name, role }) => (
                      <option key={objectId} value={String(objectId)}>
                        {name}
                        {role === 'object' ? '' : ` (${role})`}
                      </option>
                    ))}
                    <option value="new">
                      {words.newLabel}
                      {purpose === 'annotation' && planned.choice.kind === 'new' ? `: ${target?.name}` : ''}
                    </option>
                    <option value="skip">Leave out</option>
                  </select>
                  {renamedFrom === null ? null : <span className="muted"> renamed to {target?.name}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
