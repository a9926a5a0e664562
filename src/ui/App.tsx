/** The whole screen. */
import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './shell/shell.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { useState } from 'react';
import { CanvasStage } from './canvas/CanvasStage';
import { ConfirmDialog } from './dialogs/ConfirmDialog';
import { DropOverlay } from './dialogs/DropOverlay';
import { EmptyCanvas } from './dialogs/EmptyCanvas';
import { FilePickers } from './dialogs/FilePickers';
import { OpeningStrip } from './dialogs/OpeningStrip';
import { ImportDialogs } from './import/ImportDialogs';
import { ImportPickers } from './import/ImportPickers';
import { useMaskflow } from './hooks/useMaskflow';
import { Inspector } from './inspector/Inspector';
import { ShortcutSheet } from './keys/ShortcutSheet';
import { useKeyMap } from './keys/useKeyMap';
import { useShortcuts } from './keys/useShortcuts';
import { LabelsPanel } from './labels/LabelsPanel';
import { Messages } from './messages/Messages';
import { PlotsDock } from './plots/PlotsDock';
import { ProjectListDialog } from './projects/ProjectListDialog';
import { ProjectQuestionDialog } from './projects/ProjectQuestionDialog';
import { PaneEdge } from './shell/PaneEdge';
import { storedPaneStyle } from './shell/paneSizes';
import { useInspectorOpen } from './shell/useInspectorOpen';
import { ToolDialogs } from './study/ToolDialogs';
import { useTheme } from './theme/useTheme';
import { Timeline } from './timeline/Timeline';
import { ToolBar } from './tools/ToolBar';
import { TopBar } from './topbar/TopBar';

export function App() {
  useTheme();
  // Tooltips state the keys in use: the whole screen renders anew when the user changes one.
  useKeyMap();
  const [isInspectorOpen, setInspectorOpen] = useInspectorOpen();
  const [isSheetOpen, setSheetOpen] = useState(false);
  const hasPlots = useMaskflow((state) => state.arePlotsOpen && state.footage !== null);
  const [paneStyle] = useState(storedPaneStyle);
  const showKeys = (): void => setSheetOpen(true);
  useShortcuts({ openSheet: showKeys });
  return (
    <Tooltip.Provider delay={500}>
      <div
        className={`shell ${isInspectorOpen ? '' : 'is-inspector-closed'} ${hasPlots ? 'has-plots' : ''}`}
        style={paneStyle}
      >
        <TopBar onShowKeys={showKeys} />
        <div className="left-panel">
          <ToolBar />
          <LabelsPanel />
          <PaneEdge pane="left" />
        </div>
        <main className="canvas-panel">
          <CanvasStage />
          <EmptyCanvas />
          <OpeningStrip />
          <Messages />
        </main>
        <Inspector isOpen={isInspectorOpen} onToggle={() => setInspectorOpen(!isInspectorOpen)} />
        <Timeline />
        <PlotsDock />
      </div>
      <ShortcutSheet open={isSheetOpen} onOpenChange={setSheetOpen} />
      <FilePickers />
      <DropOverlay />
      <ConfirmDialog />
      <ProjectListDialog />
      <ProjectQuestionDialog />
      <ImportPickers />
      <ImportDialogs />
      <ToolDialogs />
    </Tooltip.Provider>
  );
}
