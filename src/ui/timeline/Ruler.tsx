/** The ruler over the lanes, in seconds and frames. */
import { useEffect, useRef } from 'react';
import type { FrameTable } from '../../core/video/frameTable';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { preparedContext } from './canvasContext';
import { laneInsetPx } from './paintLanes';
import { paintRuler, rulerHeightPx } from './paintRuler';
import type { TimelineScale } from './timelineScale';

type RulerProps = { table: FrameTable; scale: TimelineScale };

export function Ruler({ table, scale }: RulerProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const theme = useDocumentTheme();
  useEffect(() => {
    const request = requestAnimationFrame(() => {
      const context =
        canvasRef.current &&
        preparedContext(canvasRef.current, scale.widthPx + 2 * laneInsetPx, rulerHeightPx);
      if (context) {
        paintRuler(context, scale, table);
      }
    });
    return () => cancelAnimationFrame(request);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [table, scale, theme]);
  return (
    <canvas
      ref={canvasRef}
      className="ruler"
      aria-hidden="true"
      style={{ width: scale.widthPx + 2 * laneInsetPx, height: rulerHeightPx, marginLeft: -laneInsetPx }}
    />
  );
}
