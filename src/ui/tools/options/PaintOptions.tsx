/** Settings of the painting tool in hand, over the upper edge of the picture; nothing while another tool is. */
import './paintOptions.css';
import { useMaskflow } from '../../hooks/useMaskflow';
import { isBrushTool } from '../brush/brushSize';
import { isPaintingTool } from '../paint/paintingTools';
import { toolNames } from '../toolNames';
import { ActionChoice } from './ActionChoice';
import { BrushSize } from './BrushSize';
import { ErasingAll } from './ErasingAll';
import { OrderChoice } from './OrderChoice';
import { paintingWords } from './paintingWords';

export function PaintOptions() {
  const tool = useMaskflow((state) => state.tool);
  const words = useMaskflow(paintingWords);
  const note = useMaskflow((state) => state.paintNote);
  if (!isPaintingTool(tool)) {
    return null;
  }
  return (
    <section className="paint-options" aria-label={`${toolNames[tool]} options`}>
      <div className="paint-controls">
        {isBrushTool(tool) ? <BrushSize /> : null}
        <ActionChoice tool={tool} />
        <ErasingAll tool={tool} />
        <OrderChoice />
      </div>
      <output className="paint-words" data-note={note ? true : undefined} title={note ?? words}>
        {note ?? words}
      </output>
    </section>
  );
}
