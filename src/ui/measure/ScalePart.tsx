/** The scale line: drawn, told its length, and corrected by numbers. */
import { Ruler, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { valueText } from '../../core/base/numberText';
import { UNKNOWN_UNIT, type ScaleLine } from '../../core/measure/calibration';
import { isGestureOpen } from '../../state/gesture';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { measureText } from '../text/measureText';
import { filled } from '../text/projectText';
import { withEnds } from '../tools/calibrate/calibrationHandles';
import { NumberField } from './NumberField';
import { PointFields } from './PointFields';
import { ToolToggle } from './ToolToggle';
import { UnitField } from './UnitField';

/** What most films of the laboratory are measured in. */
const FIRST_UNIT = 'mm';

export function ScalePart() {
  const scale = useMaskflow((state) => state.calibration.scale);
  const setCalibration = useMaskflow((state) => state.setCalibration);
  return (
    <div className="measure-part">
      <div className="measure-head">
        <ToolToggle tool="scaleLine">
          <Ruler aria-hidden="true" />
          {scale ? measureText.redrawLine : measureText.drawLine}
        </ToolToggle>
        {scale ? (
          <IconButton label={measureText.deleteLine} onClick={() => setCalibration({ scale: null })}>
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
      {scale ? <ScaleFields scale={scale} /> : null}
    </div>
  );
}

function ScaleFields({ scale }: { readonly scale: ScaleLine }) {
  const setCalibration = useMaskflow((state) => state.setCalibration);
  const { store } = useApp();
  // Only a line that is being drawn may take the focus: undo brings lines back, too.
  const [isFresh, setFresh] = useState(() => isGestureOpen(store));
  // A unit that is typed before the length waits for it.
  const [firstUnit, setFirstUnit] = useState(FIRST_UNIT);
  const isKnown = scale.unit !== UNKNOWN_UNIT;
  const lengthPx = Math.hypot(scale.to.x - scale.from.x, scale.to.y - scale.from.y);
  const change = (part: Partial<ScaleLine>): void => setCalibration({ scale: { ...scale, ...part } });
  return (
    <>
      <p className={isKnown ? 'muted' : 'measure-ask'}>
        {isKnown ? filled(measureText.lineLength, { px: valueText(lengthPx) }) : measureText.howLong}
      </p>
      <div className="measure-row">
        <NumberField
          label={measureText.length}
          value={isKnown ? scale.length : null}
          min={0}
          isAboveMin
          hasFocusAtFirst={!isKnown && isFresh}
          onChange={(length) => {
            if (length !== null) {
              setFresh(false);
              change({ length, unit: isKnown ? scale.unit : firstUnit });
            }
          }}
        />
        <UnitField
          value={isKnown ? scale.unit : firstUnit}
          onChange={(unit) => {
            if (isKnown) {
              // Pixels are no unit of a scale: a line of so many px is one whose length is not known.
              setCalibration({ scale: withEnds({ ...scale, unit }, scale.from, scale.to) });
            } else {
              setFirstUnit(unit);
            }
          }}
        />
      </div>
      <PointFields
        name={measureText.from}
        point={scale.from}
        onChange={(from) => setCalibration({ scale: withEnds(scale, from, scale.to) })}
      />
      <PointFields
        name={measureText.to}
        point={scale.to}
        onChange={(to) => setCalibration({ scale: withEnds(scale, scale.from, to) })}
      />
    </>
  );
}
