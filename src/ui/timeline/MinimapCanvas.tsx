/** What all lanes together hold, over the whole clip. */
import { useEffect, useRef } from 'react';
import { isRegionRole } from '../../core/label/label';
import { useMaskflow } from '../hooks/useMaskflow';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { preparedContext } from './canvasContext';
import { rememberedLane } from './laneRuns';
import { HAS_MASK, IS_ANNOTATED, IS_DOUBTFUL, minimapColumns } from './minimapRuns';

export const minimapHeightPx = 14;

type MinimapCanvasProps = { readonly widthPx: number; readonly frameCount: number };

export function MinimapCanvas({ widthPx, frameCount }: MinimapCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const theme = useDocumentTheme();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  useEffect(() => {
    const request = requestAnimationFrame(() => {
      const canvas = canvasRef.current;
      const context = canvas && preparedContext(canvas, widthPx, minimapHeightPx);
      if (context) {
        // Painted regions hold over the whole clip and would hide where the rest is.
        const lanes = labels
          .filter((label) => !isRegionRole(label.role))
          .map((label) => rememberedLane(tracks.get(label.objectId), frameCount));
        paintMinimap(context, minimapColumns(lanes, frameCount, Math.floor(widthPx)));
      }
    });
    return () => cancelAnimationFrame(request);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [labels, tracks, widthPx, frameCount, theme]);
  return (
    <canvas
      ref={canvasRef}
      className="minimap-canvas"
      aria-hidden="true"
      style={{ width: widthPx, height: minimapHeightPx }}
    />
  );
}

/** A band where masks are, a line below it where they are doubtful, and a tick at each annotated frame. */
function paintMinimap(context: CanvasRenderingContext2D, columns: Uint8Array): void {
  const style = getComputedStyle(context.canvas);
  columns.forEach((bits, x) => {
    if (bits & HAS_MASK) {
      context.fillStyle = style.borderTopColor;
      context.fillRect(x, 3, 1, 5);
    }
    if (bits & IS_DOUBTFUL) {
      context.fillStyle = style.outlineColor;
      context.fillRect(x, 9, 1, 3);
    }
    if (bits & IS_ANNOTATED) {
      context.fillStyle = style.color;
      context.fillRect(x, 0, 1, 8);
    }
  });
}
