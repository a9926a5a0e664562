/** A button that takes a calibrating tool in hand, and shows when it is. */
import type { ReactNode } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { Button } from '../shell/Button';
import { toolNotes } from '../text/toolText';
import type { CalibrationTool } from '../../state/calibrationTools';

type ToolToggleProps = { readonly tool: CalibrationTool; readonly children: ReactNode };

export function ToolToggle({ tool, children }: ToolToggleProps) {
  const isInHand = useMaskflow((state) => state.tool === tool);
  const setTool = useMaskflow((state) => state.setTool);
  return (
    <Button
      className="tool-toggle"
      aria-pressed={isInHand}
      tip={toolNotes[tool]}
      hint={keyHint(tool)}
      onClick={() => setTool(isInHand ? 'select' : tool)}
    >
      {children}
    </Button>
  );
}
