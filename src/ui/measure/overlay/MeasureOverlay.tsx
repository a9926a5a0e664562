/** The calibration over the picture, while it is worked on, and the scale bar. */
import './measureOverlay.css';
import type { Point, Size } from '../../../core/geometry/box';
import { lengthUnit, pixelsPerUnit } from '../../../core/measure/calibration';
import type { ViewTransform } from '../../../state/maskflowState';
import { sourceToStage } from '../../canvas/viewMath';
import { useMaskflow } from '../../hooks/useMaskflow';
import { calibrationHandles } from '../../tools/calibrate/calibrationHandles';
import { areAxesShown, isCalibrationShown, isRegionDimmed } from '../../tools/calibrate/calibrationShown';
import { AxesGlyph } from './AxesGlyph';
import { RegionGlyph } from './RegionGlyph';
import { ScaleBar } from './ScaleBar';
import { ScaleLineGlyph } from './ScaleLineGlyph';

type MeasureOverlayProps = {
  readonly view: ViewTransform;
  readonly stage: Size;
  readonly picture: Size;
};

const HANDLE_RADIUS_PX = 6;

export function MeasureOverlay({ view, stage, picture }: MeasureOverlayProps) {
  const calibration = useMaskflow((state) => state.calibration);
  const isShown = useMaskflow(isCalibrationShown);
  const hasAxes = useMaskflow(areAxesShown);
  const isDimmed = useMaskflow(isRegionDimmed);
  // Views that compare have a scale of their own, or draw over the bar.
  const isCompareView = useMaskflow((state) => state.comparison.view !== 'normal');
  const unit = lengthUnit(calibration);
  const toStage = (point: Point): Point => sourceToStage(view, point);
  const handles = isShown ? calibrationHandles(calibration, picture, view.scale, hasAxes) : [];
  return (
    <>
      <svg className="measure-overlay" width={stage.width} height={stage.height} aria-hidden="true">
        {isShown && isDimmed && calibration.region ? (
          <RegionGlyph region={calibration.region} toStage={toStage} stage={stage} />
        ) : null}
        {isShown && hasAxes ? <AxesGlyph {...{ calibration, picture, view }} /> : null}
        {isShown && calibration.scale ? <ScaleLineGlyph line={calibration.scale} toStage={toStage} /> : null}
        {handles.map(({ handle, at }) => {
          const { x, y } = toStage(at);
          const key = `${handle.kind} ${'index' in handle ? handle.index : 'side' in handle ? handle.side : ''}`;
          return (
            <circle
              key={key}
              className="measure-handle"
              data-handle={handle.kind}
              cx={x}
              cy={y}
              r={HANDLE_RADIUS_PX}
            />
          );
        })}
      </svg>
      {unit === 'px' || isCompareView ? null : (
        <ScaleBar stagePxPerUnit={pixelsPerUnit(calibration) * view.scale} unit={unit} />
      )}
    </>
  );
}
