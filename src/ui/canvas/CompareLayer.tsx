/** Over the masks: what they had in the compared version and have now. */
import { comparedMasks } from './comparedMasks';
import { PainterLayer } from './PainterLayer';

type CompareLayerProps = { readonly scale: number };

export function CompareLayer({ scale }: CompareLayerProps) {
  return <PainterLayer scale={scale} name="compare" contentsOf={comparedMasks} />;
}
