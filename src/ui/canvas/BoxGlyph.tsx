/** A drawn box: outline in the label's colour, name tag, handles when it can be resized. */
import { Group, Rect, Text } from 'react-konva';
import type { Box } from '../../core/geometry/box';
import type { Label } from '../../core/label/label';
import type { ViewTransform } from '../../state/maskflowState';
import { HANDLE_PX, handlePlaces } from '../tools/gesture/boxHandles';
import { DARK, FONT_FAMILY, HALO_COLOUR, inkOn, LIGHT, TAG_FONT_PX } from './promptStyle';
import { tagText } from './tagText';
import { tagWidthPx } from './tagWidth';
import { sourceToStage } from './viewMath';

type BoxGlyphProps = {
  readonly box: Box;
  readonly label: Label;
  readonly view: ViewTransform;
  readonly hasHandles: boolean;
  readonly isSelected: boolean;
  readonly opacity: number;
};

const TAG_HEIGHT_PX = 20;

export function BoxGlyph({ box, label, view, hasHandles, isSelected, opacity }: BoxGlyphProps) {
  const corner = sourceToStage(view, { x: box[0], y: box[1] });
  const width = (box[2] - box[0]) * view.scale;
  const height = (box[3] - box[1]) * view.scale;
  const dash = label.role === 'competitor' ? [8, 5] : undefined;
  const strokePx = isSelected ? 3 : 2;
  return (
    <Group opacity={opacity}>
      <Group x={corner.x} y={corner.y}>
        <Rect width={width} height={height} stroke={HALO_COLOUR} strokeWidth={strokePx + 2.5} />
        <Rect width={width} height={height} stroke={label.colour} strokeWidth={strokePx} dash={dash} />
        <NameTag label={label} top={corner.y < TAG_HEIGHT_PX + 4 ? 2 : -TAG_HEIGHT_PX - 2} />
      </Group>
      {hasHandles
        ? handlePlaces(box, view.scale).map((place) => {
            const { x, y } = sourceToStage(view, place);
            return (
              <Rect
                key={place.handle}
                x={x - HANDLE_PX / 2}
                y={y - HANDLE_PX / 2}
                width={HANDLE_PX}
                height={HANDLE_PX}
                cornerRadius={2}
                fill={LIGHT}
                stroke={DARK}
                strokeWidth={1.5}
              />
            );
          })
        : null}
    </Group>
  );
}

function NameTag({ label, top }: { label: Label; top: number }) {
  const text = tagText(label);
  return (
    <Group x={-2} y={top}>
      <Rect width={tagWidthPx(text)} height={TAG_HEIGHT_PX} cornerRadius={3} fill={label.colour} />
      <Text
        text={text}
        x={6}
        height={TAG_HEIGHT_PX}
        verticalAlign="middle"
        fontSize={TAG_FONT_PX}
        fontFamily={FONT_FAMILY}
        fontStyle="600"
        fill={inkOn(label.colour)}
      />
    </Group>
  );
}
