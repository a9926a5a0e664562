/** One of two panes: the frame on show with the masks of one set. */
import { useEffect, useRef } from 'react';
import type { Size } from '../../../core/geometry/box';
import type { MaskflowState, ViewTransform } from '../../../state/maskflowState';
import { useDisplayFilter } from '../../canvas/DisplayFilter';
import type { MaskContents } from '../../canvas/maskPainter';
import { PainterLayer } from '../../canvas/PainterLayer';
import { useApp } from '../../hooks/useMaskflow';
import { ComparePicture } from './ComparePicture';

type ComparePaneProps = {
  readonly name: string;
  readonly picture: Size;
  readonly view: ViewTransform;
  readonly contentsOf: (state: MaskflowState) => MaskContents;
};

export function ComparePane({ name, picture, view, contentsOf }: ComparePaneProps) {
  const app = useApp();
  const filter = useDisplayFilter();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { width, height } = picture;
  useEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false });
    if (!canvas || !context) {
      return undefined;
    }
    canvas.width = width;
    canvas.height = height;
    return app.attachPainter((bitmap) => context.drawImage(bitmap, 0, 0, width, height));
  }, [app, width, height]);
  return (
    <div className="compare-pane">
      <ComparePicture picture={picture} view={view}>
        <canvas ref={canvasRef} className="stage-frame" aria-hidden="true" style={{ filter }} />
        <PainterLayer scale={view.scale} name={name} contentsOf={contentsOf} />
      </ComparePicture>
    </div>
  );
}
