/** The place and size of a picture under a view, as CSS. */
import type { Size } from '../../../core/geometry/box';
import type { ViewTransform } from '../../../state/maskflowState';

export function pictureStyle({ width, height }: Size, { scale, x, y }: ViewTransform) {
  return { transform: `translate(${x}px, ${y}px)`, width: width * scale, height: height * scale };
}
