/** One format to choose, with what it is for and its options once it is chosen. */
import { useId } from 'react';
import { optionValue, type ExportFormat } from '../../core/export/exportFormats';
import type { VideoSupport } from '../../app/maskflowApp';
import { exportDialogText } from '../text/exportDialogText';
import type { ExportDraft } from './useExportDraft';

type ExportFormatRowProps = {
  format: ExportFormat;
  draft: ExportDraft;
  support: VideoSupport | null;
  blocker: string | null;
};

export function ExportFormatRow({ format, draft, support, blocker }: ExportFormatRowProps) {
  const noteId = useId();
  const choice = draft.order.formats.find(({ id }) => id === format.id);
  return (
    <li className={`export-format ${blocker ? 'is-blocked' : ''}`}>
      <label className="export-check">
        <input
          type="checkbox"
          checked={choice !== undefined}
          disabled={blocker !== null && !choice}
          aria-describedby={noteId}
          onChange={() => draft.toggleFormat(format.id)}
        />
        <span>{format.name}</span>
      </label>
      <p id={noteId} className="export-note">
        {blocker ?? format.purpose}
      </p>
      {choice && format.options.length > 0 ? (
        <div className="export-options">
          {format.options.map(({ key, name, values }) => (
            <label key={key} className="export-option">
              {name}
              <select
                className="field"
                value={optionValue(choice, key)}
                onChange={(event) => draft.setOption(format.id, key, event.currentTarget.value)}
              >
                {values.map(({ value, name: valueName }) => {
                  const isMissing =
                    key === 'container' && support !== null && support[value as 'mp4' | 'webm'] === null;
                  return (
                    <option key={value} value={value} disabled={isMissing}>
                      {isMissing ? exportDialogText.noEncoder[value as 'mp4' | 'webm'] : valueName}
                    </option>
                  );
                })}
              </select>
            </label>
          ))}
        </div>
      ) : null}
    </li>
  );
}
