/** Which labels are exported. */
import { useMaskflow } from '../hooks/useMaskflow';
import type { ExportDraft } from './useExportDraft';

export function ExportLabels({ draft }: { draft: ExportDraft }) {
  const labels = useMaskflow((state) => state.labels);
  return (
    <fieldset className="export-group">
      <legend>Labels</legend>
      <ul className="export-labels">
        {labels
          .filter(({ role }) => role === 'object' || role === 'void')
          .map(({ objectId, name, colour, role }) => (
            <li key={objectId}>
              <label className="export-check">
                <input
                  type="checkbox"
                  checked={draft.order.objectIds.includes(objectId)}
                  onChange={() => draft.toggleLabel(objectId)}
                />
                <span className="export-swatch" style={{ background: colour }} aria-hidden="true" />
                <span>
                  {name}
                  {role === 'void' ? <span className="muted"> (void)</span> : null}
                </span>
              </label>
            </li>
          ))}
      </ul>
    </fieldset>
  );
}
