/** The tools, one toggle button each. */
import { Toolbar } from '@base-ui/react/toolbar';
import { Tooltip } from '@base-ui/react/tooltip';
import {
  CircleMinus,
  CirclePlus,
  DiamondMinus,
  Hand,
  MousePointer2,
  SquareDashed,
  type LucideIcon,
} from 'lucide-react';
import type { ToolId } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import './toolbar.css';
import { toolNames } from './toolNames';

const icons: Record<ToolId, LucideIcon> = {
  select: MousePointer2,
  foregroundPoint: CirclePlus,
  backgroundPoint: CircleMinus,
  sharedPoint: DiamondMinus,
  box: SquareDashed,
  pan: Hand,
};

const notes: Record<ToolId, string> = {
  select: 'Take, move and resize prompts.',
  foregroundPoint: 'Says: this belongs to the active label. Right click for a background point.',
  backgroundPoint: 'Says: this does not belong to the active label.',
  sharedPoint: 'Says: this belongs to no label.',
  box: 'Drag around the thing the active label names. A label has one box on each frame; drawing again replaces it.',
  pan: 'Move the picture; or hold Space and drag.',
};

const order: readonly ToolId[] = [
  'select',
  'foregroundPoint',
  'backgroundPoint',
  'sharedPoint',
  'box',
  'pan',
];

export function ToolBar() {
  return (
    <Toolbar.Root className="tool-bar" orientation="vertical" aria-label="Tools">
      {order.map((tool) => (
        <ToolButton key={tool} tool={tool} />
      ))}
    </Toolbar.Root>
  );
}

function ToolButton({ tool }: { tool: ToolId }) {
  const isInHand = useMaskflow((state) => state.tool === tool);
  const setTool = useMaskflow((state) => state.setTool);
  const Icon = icons[tool];
  const name = toolNames[tool];
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        render={
          <Toolbar.Button
            className="tool-button"
            aria-label={name}
            aria-pressed={isInHand}
            aria-keyshortcuts={keyHint(tool)}
            // A click leaves the focus where it is, so that Space and the arrow keys keep their meaning.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setTool(tool)}
          >
            <Icon aria-hidden="true" />
          </Toolbar.Button>
        }
      />
      <Tooltip.Portal>
        <Tooltip.Positioner className="popup-layer" side="right" sideOffset={8}>
          <Tooltip.Popup className="tooltip">
            {`${name} (${keyHint(tool)})`}
            <div>{notes[tool]}</div>
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
