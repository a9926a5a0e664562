/** Pictures of the clip along the timeline, at any zoom. */
import './filmstrip.css';
import { useEffect, useRef } from 'react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { preparedContext } from '../timeline/canvasContext';
import { laneInsetPx } from '../timeline/paintLanes';
import type { TimelineScale } from '../timeline/timelineScale';
import { byDistance, filmstripSlots } from './filmstripSlots';
import { paintFilmstrip } from './paintFilmstrip';

type FilmstripProps = { readonly scale: TimelineScale; readonly heightPx: number };

export function Filmstrip({ scale, heightPx }: FilmstripProps) {
  const { store, thumbnails } = useApp();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const aspect = useMaskflow(({ footage }) => (footage ? footage.width / footage.height : 16 / 9));
  useEffect(() => {
    const slots = filmstripSlots(scale, Math.max(aspect * heightPx, 8));
    let request = 0;
    const paint = (): void => {
      request = 0;
      const canvas = canvasRef.current;
      const context = canvas && preparedContext(canvas, scale.widthPx + 2 * laneInsetPx, heightPx);
      if (context) {
        paintFilmstrip(context, slots, { thumbnails, heightPx, count: scale.frameCount });
      }
    };
    const schedule = (): void => {
      request ||= requestAnimationFrame(paint);
    };
    schedule();
    // Asked for once the view rests on these frames for a moment: a wish is replaced by the next one.
    thumbnails.want(byDistance(slots, store.getState().currentFrame));
    const stop = thumbnails.onChange(schedule);
    return () => {
      stop();
      cancelAnimationFrame(request);
    };
  }, [store, thumbnails, scale, heightPx, aspect]);
  return (
    <canvas
      ref={canvasRef}
      className="filmstrip"
      aria-hidden="true"
      data-testid="filmstrip"
      style={{ width: scale.widthPx + 2 * laneInsetPx, height: heightPx, marginLeft: -laneInsetPx }}
    />
  );
}
