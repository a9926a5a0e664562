/** What each tool does, for its tooltip. */
import type { ToolId } from '../../state/maskflowState';

export const toolNotes: Record<ToolId, string> = {
  select: 'Take, move and resize prompts.',
  foregroundPoint: 'Says: this belongs to the active label. Right click for a background point.',
  backgroundPoint: 'Says: this does not belong to the active label.',
  sharedPoint: 'Says: this belongs to no label.',
  box: 'Drag around the thing the active label names. A label has one box on each frame; drawing again replaces it.',
  brush:
    'Paint the active label. [ and ] or Alt and the wheel change the size, Shift goes on in a straight line, Alt or the right button erases.',
  eraser:
    'Take pixels from the active label. [ and ] or Alt and the wheel change the size, Shift goes on in a straight line.',
  polygon:
    'Click corners; Enter, a double click or a click on the first corner closes, Backspace takes the last one away. Alt or the right button removes.',
  lasso: 'Drag around something to give it to the active label. Alt or the right button removes.',
  fill: 'Click background that is enclosed, or a piece of another label, to give it to the active label. Alt or the right button removes a piece.',
  scaleLine: 'Drag along something whose length you know, then type its length. Shift keeps to round angles.',
  axes: 'Press where the origin is; drag to where x points. Shift keeps to round angles.',
  regionBox: 'Drag around what is to be measured; the rest is left out.',
  regionPolygon:
    'Click corners around what is to be measured; Enter, a double click or a click on the first corner closes.',
  pan: 'Move the picture; or hold Space and drag.',
};
