/** Whether erasing takes from all labels; shown while the tool in hand removes. */
import { isRegionRole } from '../../../core/label/label';
import { useMaskflow } from '../../hooks/useMaskflow';
import { keyHint } from '../../keys/shortcuts';
import { Button } from '../../shell/Button';
import { keepFocus } from '../../shell/keepFocus';
import { paintText } from '../../text/paintText';
import { isBrushTool } from '../brush/brushSize';
import type { PaintingToolId } from '../paint/paintingTools';

export function ErasingAll({ tool }: { tool: PaintingToolId }) {
  const isErasingAll = useMaskflow((state) => state.isErasingAll);
  const setErasingAll = useMaskflow((state) => state.setErasingAll);
  const isRemoving = useMaskflow((state) => (isBrushTool(tool) ? tool === 'eraser' : state.isRemoving));
  const isRegion = useMaskflow(({ labels, activeObjectId }) =>
    labels.some(({ objectId, role }) => objectId === activeObjectId && isRegionRole(role)),
  );
  if (!isRemoving || isRegion) {
    return null;
  }
  return (
    <Button
      look="quiet"
      className="paint-all"
      tip={paintText.all}
      hint={keyHint('eraseAll')}
      aria-pressed={isErasingAll}
      onMouseDown={keepFocus}
      onClick={() => setErasingAll(!isErasingAll)}
    >
      All labels
    </Button>
  );
}
