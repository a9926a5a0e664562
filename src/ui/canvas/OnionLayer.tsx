/** Under the masks: those of the frame before. */
import { onionContents } from './onionSkin';
import { PainterLayer } from './PainterLayer';

type OnionLayerProps = { readonly scale: number };

export function OnionLayer({ scale }: OnionLayerProps) {
  return <PainterLayer scale={scale} name="onion" contentsOf={onionContents} />;
}
