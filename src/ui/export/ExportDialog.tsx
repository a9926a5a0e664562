/** Chooses formats, labels, frames and target of an export, and shows how far it is. */
import './export.css';
import { useEffect, useState } from 'react';
import type { VideoSupport } from '../../app/maskflowApp';
import { SheetDialog } from '../dialogs/SheetDialog';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';
import { exportDialogText } from '../text/exportDialogText';
import { ExportFormats } from './ExportFormats';
import { ExportFrames } from './ExportFrames';
import { ExportLabels } from './ExportLabels';
import { ExportSummary } from './ExportSummary';
import { ExportTarget } from './ExportTarget';
import { orderBlocker } from './exportFacts';
import { useExportDraft } from './useExportDraft';

export function ExportDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const exporting = useMaskflow((state) => state.exporting);
  const draft = useExportDraft();
  const [support, setSupport] = useState<VideoSupport | null>(null);
  const blocker = useMaskflow((state) => orderBlocker(state, draft.order, support));
  useEffect(() => {
    let isStale = false;
    void app.videoSupport().then((found) => isStale || setSupport(found));
    return () => {
      isStale = true;
    };
  }, [app]);

  /** Closes when it is over, well or not: a message tells which. */
  async function start(): Promise<void> {
    await app.exportFormats(draft.order);
    onClose();
  }

  return (
    <SheetDialog look="export-dialog" title={exportDialogText.title} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
      <section className="export-body" aria-label="What to export" tabIndex={0}>
        <ExportFormats draft={draft} support={support} />
        <div className="export-side">
          <ExportLabels draft={draft} />
          <ExportFrames draft={draft} />
          <ExportTarget draft={draft} />
          <ExportSummary draft={draft} />
        </div>
      </section>
      <footer className="export-foot">
        {exporting ? (
          <>
            <span className="export-state">
              {exporting.framesDone} of {exporting.frameCount}
            </span>
            <ProgressBar
              className="export-bar"
              label="Export"
              fraction={exporting.framesDone / Math.max(exporting.frameCount, 1)}
            />
            <Button onClick={() => app.cancelExport()}>Cancel</Button>
          </>
        ) : (
          <>
            {blocker ? <span className="export-state">{blocker}</span> : null}
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" disabledReason={blocker} onClick={() => void start()}>
              Export
            </Button>
          </>
        )}
      </footer>
    </SheetDialog>
  );
}
