/** The tools, one toggle button each: prompts, then painting, then looking around. */
import { Toolbar } from '@base-ui/react/toolbar';
import {
  Brush,
  CircleMinus,
  CirclePlus,
  DiamondMinus,
  Eraser,
  Hand,
  Lasso,
  MousePointer2,
  Move3d,
  PaintBucket,
  Pentagon,
  Ruler,
  Scan,
  SquareDashed,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import type { ToolId } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { keepFocus } from '../shell/keepFocus';
import { Tip } from '../shell/Tip';
import { toolNotes } from '../text/toolText';
import { calibrationTools, isCalibrationTool } from '../../state/calibrationTools';
import './toolbar.css';
import { toolNames } from './toolNames';

const icons: Record<ToolId, LucideIcon> = {
  select: MousePointer2,
  foregroundPoint: CirclePlus,
  backgroundPoint: CircleMinus,
  sharedPoint: DiamondMinus,
  box: SquareDashed,
  brush: Brush,
  eraser: Eraser,
  polygon: Pentagon,
  lasso: Lasso,
  fill: PaintBucket,
  scaleLine: Ruler,
  axes: Move3d,
  regionBox: Scan,
  regionPolygon: Waypoints,
  pan: Hand,
};

const groups: readonly { readonly name: string; readonly tools: readonly ToolId[] }[] = [
  { name: 'Prompts', tools: ['select', 'foregroundPoint', 'backgroundPoint', 'sharedPoint', 'box'] },
  { name: 'Paint', tools: ['brush', 'eraser', 'polygon', 'lasso', 'fill'] },
  { name: 'View', tools: ['pan'] },
];

/** Beside the others only while they are of use: the bar is short on small screens. */
const measureGroup = { name: 'Measure', tools: calibrationTools } as const;

export function ToolBar() {
  const isMeasuring = useMaskflow(
    ({ inspectorTab, tool }) => inspectorTab === 'measure' || isCalibrationTool(tool),
  );
  const shown = isMeasuring ? [...groups, measureGroup] : groups;
  return (
    <Toolbar.Root className="tool-bar" orientation="vertical" aria-label="Tools">
      {shown.map(({ name, tools }) => (
        <Toolbar.Group key={name} className="tool-group" aria-label={name}>
          {tools.map((tool) => (
            <ToolButton key={tool} tool={tool} />
          ))}
        </Toolbar.Group>
      ))}
    </Toolbar.Root>
  );
}

function ToolButton({ tool }: { tool: ToolId }) {
  const isInHand = useMaskflow((state) => state.tool === tool);
  const setTool = useMaskflow((state) => state.setTool);
  const Icon = icons[tool];
  const name = toolNames[tool];
  const hint = keyHint(tool);
  return (
    <Tip words={hint ? `${name} (${hint})` : name} notes={[toolNotes[tool]]} side="right">
      <Toolbar.Button
        className="tool-button"
        aria-label={name}
        aria-pressed={isInHand}
        aria-keyshortcuts={hint || undefined}
        onMouseDown={keepFocus}
        onClick={() => setTool(tool)}
      >
        <Icon aria-hidden="true" />
      </Toolbar.Button>
    </Tip>
  );
}
