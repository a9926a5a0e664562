/** Sets the in and out points where the playhead is. */
import { RotateCcw, ScanSearch } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { keepFocus } from '../shell/keepFocus';
import { timelineText } from '../text/timelineText';
import { timelineViewChannel } from './timelineViewChannel';

export function RangeButtons() {
  const { store } = useApp();
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const setInFrame = useMaskflow((state) => state.setInFrame);
  const setOutFrame = useMaskflow((state) => state.setOutFrame);
  const resetRange = useMaskflow((state) => state.resetRange);
  return (
    <fieldset className="range-buttons">
      <legend className="visually-hidden">In and out points</legend>
      <Button
        onMouseDown={keepFocus}
        hint={keyHint('inPoint')}
        tip="Work only from this frame on"
        onClick={() => setInFrame(store.getState().currentFrame)}
      >
        Set in
      </Button>
      <Button
        onMouseDown={keepFocus}
        hint={keyHint('outPoint')}
        tip="Work only up to this frame"
        onClick={() => setOutFrame(store.getState().currentFrame)}
      >
        Set out
      </Button>
      <span className="range-span muted">
        {inFrame} – {outFrame} ({outFrame - inFrame + 1})
      </span>
      <IconButton
        onMouseDown={keepFocus}
        label={timelineText.showRange}
        onClick={() => timelineViewChannel.get(store)?.show(inFrame, outFrame)}
      >
        <ScanSearch />
      </IconButton>
      <IconButton onMouseDown={keepFocus} label="Use the whole clip again" onClick={resetRange}>
        <RotateCcw />
      </IconButton>
    </fieldset>
  );
}
