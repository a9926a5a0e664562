/** The axes: arrows of x and y from the origin. */
import type { Size } from '../../../core/geometry/box';
import { originOf, type Calibration } from '../../../core/measure/calibration';
import type { ViewTransform } from '../../../state/maskflowState';
import { sourceToStage } from '../../canvas/viewMath';
import { AXIS_PX } from '../../tools/calibrate/calibrationHandles';
import { HaloLine } from './HaloLine';

type AxesGlyphProps = {
  readonly calibration: Calibration;
  readonly picture: Size;
  readonly view: ViewTransform;
};

export function AxesGlyph({ calibration, picture, view }: AxesGlyphProps) {
  const { x, y } = sourceToStage(view, originOf(calibration, picture));
  const angle = (calibration.angleDeg * Math.PI) / 180;
  const [dx, dy] = [Math.cos(angle), -Math.sin(angle)];
  // y is x turned by a quarter: against the clock as seen when it points up.
  const [ux, uy] = calibration.yAxis === 'up' ? [dy, -dx] : [-dy, dx];
  return (
    <g>
      <HaloLine d={arrow(x, y, dx, dy) + arrow(x, y, ux, uy)} />
      <text
        className="measure-words"
        x={x + dx * (AXIS_PX + 16)}
        y={y + dy * (AXIS_PX + 16) + 5}
        textAnchor="middle"
      >
        x
      </text>
      <text
        className="measure-words"
        x={x + ux * (AXIS_PX + 14)}
        y={y + uy * (AXIS_PX + 14) + 5}
        textAnchor="middle"
      >
        y
      </text>
    </g>
  );
}

function arrow(x: number, y: number, dx: number, dy: number): string {
  const [tipX, tipY] = [x + dx * AXIS_PX, y + dy * AXIS_PX];
  const head = [1, -1].map((side) => {
    const [px, py] = [tipX - dx * 9 - dy * 5 * side, tipY - dy * 9 + dx * 5 * side];
    return `M${px} ${py}L${tipX} ${tipY}`;
  });
  return `M${x} ${y}L${tipX} ${tipY}${head.join('')}`;
}
