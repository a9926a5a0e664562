/** How far reading masks is, and how to stop it. */
import { Dialog } from '@base-ui/react/dialog';
import type { ImportJob } from '../../state/slices/importState';
import { useApp } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { ProgressBar } from '../shell/ProgressBar';

export function ImportProgress({ job }: { job: Extract<ImportJob, { kind: 'working' }> }) {
  const app = useApp();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && app.cancelImport()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="sheet-backdrop" />
        <Dialog.Popup className="confirm">
          <Dialog.Title className="confirm-title">{job.phase}</Dialog.Title>
          <p className="confirm-text">{job.name}</p>
          <ProgressBar label={job.phase} fraction={job.fraction} className="import-progress" />
          <div className="confirm-actions">
            <Button onClick={() => app.cancelImport()}>Cancel</Button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
