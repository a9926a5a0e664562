/** What the export will hold and leave out, in sentences. */
import { counted } from '../../core/base/numberText';
import { useMaskflow } from '../hooks/useMaskflow';
import { exportDialogText, sizeText } from '../text/exportDialogText';
import { estimateOf, orderNotes } from './exportFacts';
import type { ExportDraft } from './useExportDraft';

export function ExportSummary({ draft }: { draft: ExportDraft }) {
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const footage = useMaskflow((state) => state.footage);
  const state = { labels, tracks, footage };
  const { files, bytes } = estimateOf(state, draft.order);
  const notes = orderNotes(state, draft.order);
  return (
    <div className="export-summary">
      <p>
        <strong>
          {counted(files, 'file')}, {sizeText(bytes)}.
        </strong>
      </p>
      {notes.length > 0 ? (
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <p className="muted">{exportDialogText.always}</p>
    </div>
  );
}
