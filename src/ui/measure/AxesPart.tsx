/** Where the axes begin, how they are turned, and which way y points. */
import { Move3d, RotateCcw } from 'lucide-react';
import { useId } from 'react';
import { originOf } from '../../core/measure/calibration';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { measureText } from '../text/measureText';
import { NumberField } from './NumberField';
import { PointFields } from './PointFields';
import { ToolToggle } from './ToolToggle';

export function AxesPart() {
  const id = useId();
  const calibration = useMaskflow((state) => state.calibration);
  const footage = useMaskflow((state) => state.footage);
  const setCalibration = useMaskflow((state) => state.setCalibration);
  if (!footage) {
    return null;
  }
  const { origin, angleDeg, yAxis } = calibration;
  const isPlain = origin === null && angleDeg === 0 && yAxis === 'down';
  return (
    <div className="measure-part">
      <div className="measure-head">
        <ToolToggle tool="axes">
          <Move3d aria-hidden="true" />
          {measureText.placeAxes}
        </ToolToggle>
        {isPlain ? null : (
          <IconButton
            label={measureText.resetAxes}
            onClick={() => setCalibration({ origin: null, angleDeg: 0, yAxis: 'down' })}
          >
            <RotateCcw />
          </IconButton>
        )}
      </div>
      <PointFields
        name={measureText.origin}
        point={originOf(calibration, footage)}
        onChange={(point) => setCalibration({ origin: point })}
      />
      <div className="measure-row">
        <NumberField
          label={measureText.angle}
          tip={measureText.angleTip}
          value={angleDeg}
          unit="°"
          onChange={(angle) => angle !== null && setCalibration({ angleDeg: angle })}
        />
        <span className="number-field">
          <label htmlFor={id}>{measureText.yAxis}</label>
          <select
            id={id}
            className="field"
            value={yAxis}
            onChange={(event) =>
              setCalibration({ yAxis: event.currentTarget.value === 'up' ? 'up' : 'down' })
            }
          >
            <option value="down">{measureText.yDown}</option>
            <option value="up">{measureText.yUp}</option>
          </select>
        </span>
      </div>
    </div>
  );
}
