/** All formats, in groups. */
import { exportFormats, formatGroups } from '../../core/export/exportFormats';
import type { VideoSupport } from '../../app/maskflowApp';
import { groupText } from '../text/exportDialogText';
import { ExportFormatRow } from './ExportFormatRow';
import { formatBlocker } from './exportFacts';
import type { ExportDraft } from './useExportDraft';

type ExportFormatsProps = { draft: ExportDraft; support: VideoSupport | null };

export function ExportFormats({ draft, support }: ExportFormatsProps) {
  return (
    <div className="export-groups">
      {formatGroups.map((group) => (
        <fieldset key={group} className="export-group">
          <legend>{groupText[group]}</legend>
          <ul className="export-formats">
            {exportFormats
              .filter((format) => format.group === group)
              .map((format) => (
                <ExportFormatRow
                  key={format.id}
                  format={format}
                  draft={draft}
                  support={support}
                  blocker={formatBlocker(format.id, support)}
                />
              ))}
          </ul>
        </fieldset>
      ))}
    </div>
  );
}
