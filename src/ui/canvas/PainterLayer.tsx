/** Canvases over the picture that show some masks, brought up to date in the same task as the picture. */
import { useEffect, useRef } from 'react';
import type { MaskflowState } from '../../state/maskflowState';
import { useApp } from '../hooks/useMaskflow';
import { MaskCanvases } from './maskCanvases';
import type { MaskContents } from './maskPainter';
import { onLivePaint } from './paint/livePaint';

type PainterLayerProps = {
  readonly scale: number;
  readonly name: string;
  /** Always the same function: the canvases are made for it. */
  readonly contentsOf: (state: MaskflowState) => MaskContents;
};

export function PainterLayer({ scale, name, contentsOf }: PainterLayerProps) {
  const { store } = useApp();
  const wholeRef = useRef<HTMLCanvasElement>(null);
  const reducedRef = useRef<HTMLCanvasElement>(null);
  const canvasesRef = useRef<MaskCanvases>(null);
  useEffect(() => {
    if (!wholeRef.current || !reducedRef.current) {
      return undefined;
    }
    const canvases = new MaskCanvases(wholeRef.current, reducedRef.current, { store, contentsOf });
    canvasesRef.current = canvases;
    // Not through React: it must change in the same task as the picture under it.
    const stopFollowing = store.subscribe(() => canvases.update());
    // A stroke begins with a copy of the whole canvas.
    const stopListening = onLivePaint(store, ({ kind }) => kind === 'begin' && canvases.updateWhole());
    return () => {
      stopFollowing();
      stopListening();
    };
  }, [store, contentsOf]);
  useEffect(() => canvasesRef.current?.update(scale), [scale]);
  const className = `stage-masks is-${name}`;
  return (
    <>
      <canvas ref={wholeRef} className={className} data-testid={`${name}-layer`} aria-hidden="true" />
      <canvas
        ref={reducedRef}
        className={className}
        data-testid={`reduced-${name}-layer`}
        aria-hidden="true"
      />
    </>
  );
}
