/** The right-hand panel: what is known of this frame and its masks, in tabs. */
import './inspector.css';
import { PanelRightClose, PanelRightOpen } from 'lucide-react';
import { IconButton } from '../shell/IconButton';
import { PaneEdge } from '../shell/PaneEdge';
import { InspectorPanel } from './InspectorPanel';
import { InspectorTabs } from './InspectorTabs';

type InspectorProps = { isOpen: boolean; onToggle: () => void };

export function Inspector({ isOpen, onToggle }: InspectorProps) {
  return (
    <aside className={`inspector ${isOpen ? '' : 'is-closed'}`} aria-label="Inspector">
      {isOpen ? <PaneEdge pane="inspector" /> : null}
      <div className="inspector-head">
        {isOpen ? <InspectorTabs /> : null}
        <IconButton
          label={isOpen ? 'Close the inspector' : 'Open the inspector'}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {isOpen ? <PanelRightClose /> : <PanelRightOpen />}
        </IconButton>
      </div>
      {isOpen ? <InspectorPanel /> : null}
    </aside>
  );
}
