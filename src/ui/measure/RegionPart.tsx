/** What part of the picture is measured. */
import { Maximize, Scan, Waypoints } from 'lucide-react';
import type { Box } from '../../core/geometry/box';
import { clampBox } from '../../core/geometry/box';
import { useMaskflow } from '../hooks/useMaskflow';
import { SwitchRow } from '../inspector/SwitchRow';
import { IconButton } from '../shell/IconButton';
import { measureText } from '../text/measureText';
import { filled } from '../text/projectText';
import { NumberField } from './NumberField';
import { ToolToggle } from './ToolToggle';

export function RegionPart() {
  const region = useMaskflow((state) => state.calibration.region);
  const isLockedExcluded = useMaskflow((state) => state.calibration.isLockedExcluded);
  const setCalibration = useMaskflow((state) => state.setCalibration);
  return (
    <div className="measure-part">
      <h3 className="panel-title">{measureText.region}</h3>
      <div className="measure-head">
        <span className="button-row">
          <ToolToggle tool="regionBox">
            <Scan aria-hidden="true" />
            {measureText.rectangle}
          </ToolToggle>
          <ToolToggle tool="regionPolygon">
            <Waypoints aria-hidden="true" />
            {measureText.polygon}
          </ToolToggle>
        </span>
        {region ? (
          <IconButton label={measureText.deleteRegion} onClick={() => setCalibration({ region: null })}>
            <Maximize />
          </IconButton>
        ) : null}
      </div>
      {region === null ? <p className="muted">{measureText.wholePicture}</p> : null}
      {region?.kind === 'polygon' ? (
        <p className="muted">{filled(measureText.corners, { count: region.points.length })}</p>
      ) : null}
      {region?.kind === 'box' ? <BoxFields box={region.box} /> : null}
      <SwitchRow
        label={measureText.excludeLocked}
        tip={measureText.excludeLockedTip}
        isOn={isLockedExcluded}
        onChange={(isOn) => setCalibration({ isLockedExcluded: isOn })}
      />
    </div>
  );
}

function BoxFields({ box }: { readonly box: Box }) {
  const footage = useMaskflow((state) => state.footage);
  const setCalibration = useMaskflow((state) => state.setCalibration);
  const [x0, y0, x1, y1] = box;
  const [width, height] = [x1 - x0, y1 - y0];
  function put(next: readonly [number, number, number, number]): void {
    const [left, top, right, bottom] = next;
    const clamped =
      footage &&
      clampBox([Math.round(left), Math.round(top), Math.round(right), Math.round(bottom)], footage);
    if (clamped) {
      setCalibration({ region: { kind: 'box', box: clamped } });
    }
  }
  const fields = [
    { name: measureText.left, value: x0, put: (x: number) => put([x, y0, x + width, y1]) },
    { name: measureText.top, value: y0, put: (y: number) => put([x0, y, x1, y + height]) },
    { name: measureText.width, value: width, put: (w: number) => put([x0, y0, x0 + w, y1]) },
    { name: measureText.height, value: height, put: (h: number) => put([x0, y0, x1, y0 + h]) },
  ];
  return (
    <div className="measure-grid">
      {fields.map((field) => (
        <NumberField
          key={field.name}
          label={field.name}
          value={field.value}
          unit="px"
          min={0}
          onChange={(value) => value !== null && field.put(value)}
        />
      ))}
    </div>
  );
}
