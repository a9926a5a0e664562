/** Where the files go. */
import { exportText } from '../text';
import type { ExportDraft } from './useExportDraft';

const canPickFolder = 'showDirectoryPicker' in globalThis;

export function ExportTarget({ draft }: { draft: ExportDraft }) {
  const { target } = draft.order;
  return (
    <fieldset className="export-group">
      <legend>Into</legend>
      <div className="export-targets">
        <label className="export-check">
          <input
            type="radio"
            name="export-target"
            checked={target === 'zip'}
            onChange={() => draft.setTarget('zip')}
          />
          <span>A ZIP file</span>
        </label>
        <label className="export-check">
          <input
            type="radio"
            name="export-target"
            checked={target === 'folder'}
            disabled={!canPickFolder}
            onChange={() => draft.setTarget('folder')}
          />
          <span>
            A new folder…
            {canPickFolder ? null : <span className="menu-item-note">{exportText.noFolder}</span>}
          </span>
        </label>
      </div>
    </fieldset>
  );
}
