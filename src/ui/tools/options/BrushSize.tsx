/** The size of the brush, as a slider whose steps grow with it. */
import { BRUSH_RANGE_PX } from '../../../state/slices/paintState';
import { useMaskflow } from '../../hooks/useMaskflow';
import { keyHint } from '../../keys/shortcuts';
import { Tip } from '../../shell/Tip';
import { paintText } from '../../text/paintText';

/** Places of the slider; each is the same factor larger than the one before. */
const PLACES = 100;
const RATIO = BRUSH_RANGE_PX.max / BRUSH_RANGE_PX.min;

function placeOf(brushPx: number): number {
  return Math.round((Math.log(brushPx / BRUSH_RANGE_PX.min) / Math.log(RATIO)) * PLACES);
}

function sizeAt(place: number): number {
  return Math.round(BRUSH_RANGE_PX.min * RATIO ** (place / PLACES));
}

export function BrushSize() {
  const brushPx = useMaskflow((state) => Math.round(state.brushPx));
  const setBrushPx = useMaskflow((state) => state.setBrushPx);
  const keys = [keyHint('smallerBrush'), keyHint('largerBrush')].filter(Boolean).join(' ');
  return (
    <Tip words={paintText.size} hint={`${keys} Alt+Wheel`}>
      <label className="paint-size">
        <span>Size</span>
        <input
          type="range"
          min={0}
          max={PLACES}
          value={placeOf(brushPx)}
          aria-label="Brush size"
          aria-valuetext={`${brushPx} pixels`}
          onChange={(event) => setBrushPx(sizeAt(Number(event.currentTarget.value)))}
        />
        <span className="paint-size-px">{brushPx} px</span>
      </label>
    </Tip>
  );
}
