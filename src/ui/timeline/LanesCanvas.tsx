/** The lanes of all labels, painted in one canvas. */
import { useEffect, useRef } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { preparedContext } from './canvasContext';
import { rememberedLane } from './laneRuns';
import { laneHeightPx, laneInsetPx, paintLanes } from './paintLanes';
import type { TimelineScale } from './timelineScale';

type LanesCanvasProps = { scale: TimelineScale };

export function LanesCanvas({ scale }: LanesCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const theme = useDocumentTheme();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const height = labels.length * laneHeightPx;
  useEffect(() => {
    const request = requestAnimationFrame(() => {
      const context =
        canvasRef.current && preparedContext(canvasRef.current, scale.widthPx + 2 * laneInsetPx, height);
      if (context) {
        const lanes = labels.map((label) => ({
          lane: rememberedLane(tracks.get(label.objectId), scale.frameCount),
          colour: label.colour,
          isCompetitor: label.role === 'competitor',
        }));
        paintLanes(context, scale, lanes);
      }
    });
    return () => cancelAnimationFrame(request);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [labels, tracks, scale, height, theme]);
  return (
    <canvas
      ref={canvasRef}
      className="lanes-canvas"
      aria-hidden="true"
      style={{ width: scale.widthPx + 2 * laneInsetPx, height, marginLeft: -laneInsetPx }}
    />
  );
}
