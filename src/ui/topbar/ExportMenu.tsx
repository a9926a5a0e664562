/** Where the result leaves the app: what will be written, where to, and how far it is. */
import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Download, FileArchive, Files, FolderDown, Square, SquareCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { ProjectFileItems } from '../projects/ProjectFileItems';
import { Button } from '../shell/Button';
import { useMenuFocus } from '../shell/useMenuFocus';
import { exportText } from '../text';
import { exportDialogText } from '../text/exportDialogText';
import { ExportContents } from './ExportContents';
import { ExportProgress } from './ExportProgress';
import { exportBlocker } from './exportSummary';

/** Loaded when it is opened first. */
const ExportDialog = lazy(() =>
  import('../export/ExportDialog').then((module) => ({ default: module.ExportDialog })),
);

const canPickFolder = 'showDirectoryPicker' in globalThis;

export function ExportMenu() {
  const [isDialogOpen, setDialogOpen] = useState(false);
  const exporting = useMaskflow((state) => state.exporting);
  return (
    <>
      {exporting ? (
        <ExportProgress job={exporting} />
      ) : (
        <ExportMenuButton onMore={() => setDialogOpen(true)} />
      )}
      {isDialogOpen ? (
        <Suspense fallback={null}>
          <ExportDialog onClose={() => setDialogOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

function ExportMenuButton({ onMore }: { onMore: () => void }) {
  const app = useApp();
  const blocker = useCalm(exportBlocker);
  const focus = useMenuFocus();
  const isSoftExported = useMaskflow((state) => state.isSoftExported);
  const setSoftExported = useMaskflow((state) => state.setSoftExported);
  return (
    <Menu.Root {...focus.root}>
      <Menu.Trigger render={<Button className="export-trigger" />}>
        <Download aria-hidden="true" />
        Export
        <ChevronDown aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-layer" align="end" sideOffset={4}>
          <Menu.Popup className="popup" {...focus.popup}>
            <Menu.Item
              className="menu-item"
              disabled={blocker !== null}
              onClick={() => void app.exportMasks('zip')}
            >
              <FileArchive aria-hidden="true" />
              PNG masks as ZIP
            </Menu.Item>
            <Menu.Item
              className="menu-item"
              disabled={blocker !== null || !canPickFolder}
              onClick={() => void app.exportMasks('folder')}
            >
              <FolderDown aria-hidden="true" />
              <span>
                PNG masks into a folder…
                {canPickFolder ? null : <span className="menu-item-note">{exportText.noFolder}</span>}
              </span>
            </Menu.Item>
            <Menu.CheckboxItem
              className="menu-item"
              checked={isSoftExported}
              onCheckedChange={setSoftExported}
            >
              {isSoftExported ? <SquareCheck aria-hidden="true" /> : <Square aria-hidden="true" />}
              With soft masks
            </Menu.CheckboxItem>
            <Menu.Item className="menu-item" disabled={blocker !== null} onClick={onMore}>
              <Files aria-hidden="true" />
              {exportDialogText.menu}
            </Menu.Item>
            <div className="menu-separator" />
            <ProjectFileItems />
            <div className="menu-separator" />
            <ExportContents blocker={blocker} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
