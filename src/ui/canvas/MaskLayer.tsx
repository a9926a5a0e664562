/** The masks of the shown frame over the picture. */
import { maskContents } from './maskPainter';
import { PainterLayer } from './PainterLayer';

type MaskLayerProps = { readonly scale: number };

export function MaskLayer({ scale }: MaskLayerProps) {
  return <PainterLayer scale={scale} name="mask" contentsOf={maskContents} />;
}
