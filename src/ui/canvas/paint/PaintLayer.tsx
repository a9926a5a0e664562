/** The stroke under way, over the masks as they were when it began. */
import { useEffect, useRef } from 'react';
import './paintLayer.css';
import { useApp } from '../../hooks/useMaskflow';
import { PaintSurface } from './paintSurface';

export function PaintLayer() {
  const { store } = useApp();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvasRef.current) {
      return undefined;
    }
    const surface = new PaintSurface(canvasRef.current, store);
    return () => surface[Symbol.dispose]();
  }, [store]);
  return <canvas ref={canvasRef} className="stage-paint" data-testid="paint-layer" aria-hidden="true" />;
}
