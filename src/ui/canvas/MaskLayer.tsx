/** The masks of the shown frame over the picture. */
import { useEffect, useRef } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { MaskPainter } from './maskPainter';
import { stageView } from './stageView';

type MaskLayerProps = { readonly scale: number };

export function MaskLayer({ scale }: MaskLayerProps) {
  const { store } = useApp();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const painterRef = useRef<MaskPainter>(null);
  useEffect(() => {
    if (!canvasRef.current) {
      return undefined;
    }
    const painter = new MaskPainter(canvasRef.current);
    painterRef.current = painter;
    // Not through React: the masks must change in the same task as the picture under them.
    return store.subscribe((state) => painter.update(state, stageView(store)?.view.scale ?? 1));
  }, [store]);
  useEffect(() => painterRef.current?.update(store.getState(), scale), [store, scale]);
  return <canvas ref={canvasRef} className="stage-masks" data-testid="mask-layer" aria-hidden="true" />;
}
