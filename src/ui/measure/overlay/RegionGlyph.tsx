/** The measured region: what lies outside is dimmed. */
import type { Point, Size } from '../../../core/geometry/box';
import type { MeasuredRegion } from '../../../core/measure/calibration';
import { HaloLine } from './HaloLine';

type RegionGlyphProps = {
  readonly region: MeasuredRegion;
  readonly toStage: (point: Point) => Point;
  readonly stage: Size;
};

function cornersOf(region: MeasuredRegion): readonly Point[] {
  if (region.kind === 'polygon') {
    return region.points;
  }
  const [x0, y0, x1, y1] = region.box;
  return [
    { x: x0, y: y0 },
    { x: x1, y: y0 },
    { x: x1, y: y1 },
    { x: x0, y: y1 },
  ];
}

export function RegionGlyph({ region, toStage, stage }: RegionGlyphProps) {
  const outline = `M${cornersOf(region)
    .map((corner) => toStage(corner))
    .map(({ x, y }) => `${x} ${y}`)
    .join('L')}Z`;
  return (
    <g>
      <path
        className="measure-outside"
        fillRule="evenodd"
        d={`M0 0H${stage.width}V${stage.height}H0Z${outline}`}
      />
      <HaloLine d={outline} dash="9 5" />
    </g>
  );
}
