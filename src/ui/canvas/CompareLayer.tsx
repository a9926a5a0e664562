/** Over the masks: what they had in the compared version and have now. */
import { useEffect, useRef } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { comparedMasks } from './comparedMasks';
import { MaskPainter } from './maskPainter';
import { stageView } from './stageView';

type CompareLayerProps = { readonly scale: number };

export function CompareLayer({ scale }: CompareLayerProps) {
  const { store } = useApp();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvasRef.current) {
      return undefined;
    }
    const painter = new MaskPainter(canvasRef.current, comparedMasks);
    painter.update(store.getState(), scale);
    // Not through React: it must change in the same task as the picture under it.
    return store.subscribe((state) => painter.update(state, stageView(store)?.view.scale ?? scale));
  }, [store, scale]);
  return <canvas ref={canvasRef} className="stage-masks" data-testid="compare-layer" aria-hidden="true" />;
}
