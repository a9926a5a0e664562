/** The picture of the shown frame, at source resolution. */
import { useEffect, useRef } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { useDisplayFilter } from './DisplayFilter';

type FrameLayerProps = { readonly width: number; readonly height: number };

export function FrameLayer({ width, height }: FrameLayerProps) {
  const app = useApp();
  const filter = useDisplayFilter();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (!canvas || !context) {
      return undefined;
    }
    return app.attachPainter((bitmap) => {
      const { footage } = app.store.getState();
      // The first picture of new footage can come before React has seen the new size.
      if (footage && (canvas.width !== footage.width || canvas.height !== footage.height)) {
        canvas.width = footage.width;
        canvas.height = footage.height;
      }
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    });
  }, [app]);
  useEffect(() => {
    const canvas = canvasRef.current;
    if (canvas && (canvas.width !== width || canvas.height !== height)) {
      canvas.width = width;
      canvas.height = height;
    }
  }, [width, height]);
  return (
    <canvas
      ref={canvasRef}
      className="stage-frame"
      data-testid="frame-layer"
      aria-hidden="true"
      style={{ filter }}
    />
  );
}
