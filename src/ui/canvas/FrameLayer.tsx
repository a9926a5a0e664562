/** The picture of the shown frame: at source resolution, or as small as it is seen while frames go by. */
import { useEffect, useRef } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { useDisplayFilter } from './DisplayFilter';
import { showOneOf } from './reducedCanvas';
import { seenSize } from './stageView';

type FrameLayerProps = { readonly width: number; readonly height: number };

function setSize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}

export function FrameLayer({ width, height }: FrameLayerProps) {
  const app = useApp();
  const filter = useDisplayFilter();
  const wholeRef = useRef<HTMLCanvasElement>(null);
  const reducedRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const whole = wholeRef.current;
    const reduced = reducedRef.current;
    if (!whole || !reduced) {
      return undefined;
    }
    reduced.hidden = true;
    return app.attachPainter(
      (bitmap) => {
        const { footage } = app.store.getState();
        const isReduced = footage !== null && bitmap.width < footage.width;
        const canvas = isReduced ? reduced : whole;
        // The first picture of new footage can come before React has seen the new size.
        setSize(canvas, bitmap.width, bitmap.height);
        canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0);
        showOneOf(whole, reduced, isReduced);
      },
      () => seenSize(app.store),
    );
  }, [app]);
  useEffect(() => {
    if (wholeRef.current) {
      setSize(wholeRef.current, width, height);
    }
  }, [width, height]);
  return (
    <>
      <canvas
        ref={wholeRef}
        className="stage-frame"
        data-testid="frame-layer"
        aria-hidden="true"
        style={{ filter }}
      />
      <canvas
        ref={reducedRef}
        className="stage-frame"
        data-testid="reduced-frame-layer"
        aria-hidden="true"
        style={{ filter }}
      />
    </>
  );
}
