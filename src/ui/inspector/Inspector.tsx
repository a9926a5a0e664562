/** The right-hand panel: this frame, how it is shown, and the footage. */
import './inspector.css';
import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { EditSection } from '../edit/EditSection';
import { HistorySection } from '../history/HistorySection';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { shellText } from '../text/shellText';
import { PaneEdge } from '../shell/PaneEdge';
import { ReviewSection } from '../review/ReviewSection';
import { VersionsSection } from '../review/VersionsSection';
import { FootageSection } from './FootageSection';
import { FrameSection } from './FrameSection';
import { ViewSection } from './ViewSection';

type InspectorProps = { isOpen: boolean; onToggle: () => void };

export function Inspector({ isOpen, onToggle }: InspectorProps) {
  const hasFootage = useMaskflow((state) => state.footage !== null);
  return (
    <aside className={`inspector ${isOpen ? '' : 'is-closed'}`} aria-label="Inspector">
      {isOpen ? <PaneEdge pane="inspector" /> : null}
      <div className="inspector-head">
        {isOpen ? <span className="muted">{shellText.inspector}</span> : null}
        <IconButton
          label={isOpen ? 'Close the inspector' : 'Open the inspector'}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {isOpen ? <PanelRightClose /> : <PanelRightOpen />}
        </IconButton>
      </div>
      {isOpen ? (
        <div className="inspector-body">
          {hasFootage ? (
            <>
              <ReviewSection />
              <FrameSection />
              <EditSection />
              <VersionsSection />
              <HistorySection />
              <ViewSection />
            </>
          ) : null}
          <FootageSection />
        </div>
      ) : null}
    </aside>
  );
}
