/** Whether the painting tool in hand adds pixels or removes some. */
import { useMaskflow } from '../../hooks/useMaskflow';
import { keyHint } from '../../keys/shortcuts';
import { keepFocus } from '../../shell/keepFocus';
import { paintText } from '../../text/paintText';
import { isBrushTool } from '../brush/brushSize';
import type { PaintingToolId } from '../paint/paintingTools';
import { Tip } from '../../shell/Tip';

/** For brush and eraser it changes the tool: they are the two halves of one. */
export function ActionChoice({ tool }: { tool: PaintingToolId }) {
  const isSwitchedToRemove = useMaskflow((state) => state.isRemoving);
  const setRemoving = useMaskflow((state) => state.setRemoving);
  const setTool = useMaskflow((state) => state.setTool);
  const isBrush = isBrushTool(tool);
  const isRemoving = isBrush ? tool === 'eraser' : isSwitchedToRemove;
  const choose = (isToRemove: boolean): void =>
    isBrush ? setTool(isToRemove ? 'eraser' : 'brush') : setRemoving(isToRemove);
  return (
    <fieldset className="paint-action">
      <legend className="visually-hidden">Adding or removing</legend>
      {[false, true].map((isToRemove) => (
        <Tip
          key={String(isToRemove)}
          words={isToRemove ? paintText.remove : paintText.add}
          hint={keyHint('turnAround')}
        >
          <button
            type="button"
            className="button is-quiet"
            aria-pressed={isRemoving === isToRemove}
            onMouseDown={keepFocus}
            onClick={() => choose(isToRemove)}
          >
            {isToRemove ? 'Remove' : 'Add'}
          </button>
        </Tip>
      ))}
    </fieldset>
  );
}
