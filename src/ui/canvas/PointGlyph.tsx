/** A drawn point: circle with plus (foreground), dark circle with minus (background), diamond with minus (shared). */
import { Circle, Group, Line, Rect } from 'react-konva';
import type { Point } from '../../core/geometry/box';
import { DARK, HALO_COLOUR, inkOn, LIGHT, POINT_RADIUS_PX } from './promptStyle';

type PointGlyphProps = {
  /** Stage pixels. */
  readonly at: Point;
  readonly kind: 'foreground' | 'background' | 'shared';
  /** The label's colour; shared points have none. */
  readonly colour: string | null;
  readonly isSelected: boolean;
  readonly opacity: number;
};

const ARM_PX = 5;

export function PointGlyph({ at, kind, colour, isSelected, opacity }: PointGlyphProps) {
  const labelColour = colour ?? LIGHT;
  const fill = kind === 'foreground' ? labelColour : DARK;
  const rim = kind === 'foreground' ? LIGHT : labelColour;
  const ink = kind === 'foreground' ? inkOn(labelColour) : LIGHT;
  return (
    <Group x={at.x} y={at.y} opacity={opacity}>
      {isSelected ? <SelectionRing /> : null}
      {kind === 'shared' ? (
        <>
          <Diamond halfPx={POINT_RADIUS_PX + 1.5} fill={HALO_COLOUR} />
          <Diamond halfPx={POINT_RADIUS_PX} fill={DARK} stroke={LIGHT} />
        </>
      ) : (
        <>
          <Circle radius={POINT_RADIUS_PX + 1.5} fill={HALO_COLOUR} />
          <Circle radius={POINT_RADIUS_PX - 1} fill={fill} stroke={rim} strokeWidth={2} />
        </>
      )}
      <Line points={[-ARM_PX, 0, ARM_PX, 0]} stroke={ink} strokeWidth={2.5} lineCap="round" />
      {kind === 'foreground' ? (
        <Line points={[0, -ARM_PX, 0, ARM_PX]} stroke={ink} strokeWidth={2.5} lineCap="round" />
      ) : null}
    </Group>
  );
}

function SelectionRing() {
  const radius = POINT_RADIUS_PX + 5;
  return (
    <>
      <Circle radius={radius} stroke={DARK} strokeWidth={4} />
      <Circle radius={radius} stroke={LIGHT} strokeWidth={2} />
    </>
  );
}

function Diamond(props: { halfPx: number; fill: string; stroke?: string }) {
  const side = props.halfPx * 1.55;
  return (
    <Rect
      width={side}
      height={side}
      offsetX={side / 2}
      offsetY={side / 2}
      rotation={45}
      fill={props.fill}
      stroke={props.stroke}
      strokeWidth={props.stroke ? 2 : 0}
    />
  );
}
