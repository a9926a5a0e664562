/** The scale line with the length it stands for. */
import { valueText } from '../../../core/base/numberText';
import type { Point } from '../../../core/geometry/box';
import type { ScaleLine } from '../../../core/measure/calibration';
import { HaloLine } from './HaloLine';

type ScaleLineGlyphProps = { readonly line: ScaleLine; readonly toStage: (point: Point) => Point };

const END_PX = 7;

export function ScaleLineGlyph({ line, toStage }: ScaleLineGlyphProps) {
  const from = toStage(line.from);
  const to = toStage(line.to);
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: (-(to.y - from.y) / length) * END_PX, y: ((to.x - from.x) / length) * END_PX };
  const end = ({ x, y }: Point): string => `M${x - across.x} ${y - across.y}L${x + across.x} ${y + across.y}`;
  return (
    <g>
      <HaloLine d={`M${from.x} ${from.y}L${to.x} ${to.y}${end(from)}${end(to)}`} />
      <text
        className="measure-words"
        x={(from.x + to.x) / 2}
        y={Math.min(from.y, to.y) - 12 < 16 ? Math.max(from.y, to.y) + 24 : Math.min(from.y, to.y) - 12}
        textAnchor="middle"
      >
        {valueText(line.length)} {line.unit}
      </text>
    </g>
  );
}
