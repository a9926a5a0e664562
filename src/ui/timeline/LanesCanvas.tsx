/** The lanes of all labels, painted in one canvas; after a change only those that changed. */
import { useEffect, useRef } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import { keptContext, preparedContext } from './canvasContext';
import { laneOfLabel } from './laneRuns';
import { changedLanes, laneHeightPx, laneInsetPx, paintLanes, type PaintedLane } from './paintLanes';
import type { TimelineScale } from './timelineScale';

/** What the canvas shows now. */
type Painted = {
  readonly scale: TimelineScale;
  readonly theme: string;
  readonly ratio: number;
  readonly lanes: readonly PaintedLane[];
};

type LanesCanvasProps = { scale: TimelineScale };

export function LanesCanvas({ scale }: LanesCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const paintedRef = useRef<Painted>(null);
  const theme = useDocumentTheme();
  const labels = useMaskflow((state) => state.labels);
  const tracks = useMaskflow((state) => state.tracks);
  const height = labels.length * laneHeightPx;
  useEffect(() => {
    const request = requestAnimationFrame(() => {
      const canvas = canvasRef.current;
      if (!canvas) {
        return;
      }
      const lanes = labels.map((label) => ({
        lane: laneOfLabel(label, tracks.get(label.objectId), scale.frameCount),
        colour: label.colour,
        isCompetitor: label.role === 'competitor',
      }));
      const last = paintedRef.current;
      const ratio = globalThis.devicePixelRatio;
      const isSameView = last?.scale === scale && last.theme === theme && last.ratio === ratio;
      const places = isSameView ? changedLanes(last.lanes, lanes) : null;
      const context = places
        ? keptContext(canvas)
        : preparedContext(canvas, scale.widthPx + 2 * laneInsetPx, height);
      if (context) {
        paintLanes(context, scale, lanes, places ?? undefined);
        paintedRef.current = { scale, theme, ratio, lanes };
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
