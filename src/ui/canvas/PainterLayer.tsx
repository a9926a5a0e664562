/** A canvas over the picture that shows some masks, brought up to date in the same task as the picture. */
import { useEffect, useRef } from 'react';
import type { MaskflowState } from '../../state/maskflowState';
import { useApp } from '../hooks/useMaskflow';
import { MaskPainter, type MaskContents } from './maskPainter';
import { stageView } from './stageView';

type PainterLayerProps = {
  readonly scale: number;
  readonly name: string;
  /** Always the same function: the canvas is made for it. */
  readonly contentsOf: (state: MaskflowState) => MaskContents;
};

export function PainterLayer({ scale, name, contentsOf }: PainterLayerProps) {
  const { store } = useApp();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvasRef.current) {
      return undefined;
    }
    const painter = new MaskPainter(canvasRef.current, contentsOf);
    painter.update(store.getState(), scale);
    // Not through React: it must change in the same task as the picture under it.
    return store.subscribe((state) => painter.update(state, stageView(store)?.view.scale ?? scale));
  }, [store, scale, contentsOf]);
  return (
    <canvas
      ref={canvasRef}
      className={`stage-masks is-${name}`}
      data-testid={`${name}-layer`}
      aria-hidden="true"
    />
  );
}
