/** The edge between A (left of it) and B, dragged by pointer or moved by keys. */
import type { KeyboardEvent } from 'react';
import type { Size } from '../../../core/geometry/box';
import type { ViewTransform } from '../../../state/maskflowState';
import { useMaskflow } from '../../hooks/useMaskflow';
import { compareText } from '../../text/compareText';
import { useDrag } from '../../timeline/useDrag';

type WipeEdgeProps = { readonly picture: Size; readonly view: ViewTransform };

const STEP = 0.01;
const LONG_STEP = 0.1;

/** Where a key moves the edge to; null for keys that do not. */
function movedShare(share: number, { key, shiftKey }: KeyboardEvent): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return share - (shiftKey ? LONG_STEP : STEP);
    case 'ArrowRight':
    case 'ArrowUp':
      return share + (shiftKey ? LONG_STEP : STEP);
    case 'PageDown':
      return share - LONG_STEP;
    case 'PageUp':
      return share + LONG_STEP;
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return null;
  }
}

export function WipeEdge({ picture, view }: WipeEdgeProps) {
  const share = useMaskflow((state) => state.comparison.wipeShare);
  const setComparison = useMaskflow((state) => state.setComparison);
  const widthPx = picture.width * view.scale;
  function moveTo(wipeShare: number): void {
    setComparison({ wipeShare: Math.min(Math.max(wipeShare, 0), 1) });
  }
  function dragTo(clientX: number): void {
    const stage = document.querySelector('.compare-stage')?.getBoundingClientRect();
    moveTo((clientX - (stage?.left ?? 0) - view.x) / widthPx);
  }
  const drag = useDrag({ onPress: () => undefined, onMove: dragTo });
  const percent = Math.round(share * 100);
  return (
    <div
      {...drag}
      className="wipe-edge"
      style={{ transform: `translateX(${view.x + share * widthPx}px)` }}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an input could not lie over the picture like this
      role="slider"
      tabIndex={0}
      aria-label={compareText.wipeEdge}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${percent} % of the picture shows A`}
      onKeyDown={(event) => {
        const moved = movedShare(share, event);
        if (moved !== null) {
          event.preventDefault();
          moveTo(moved);
        }
      }}
    >
      <span className="wipe-knob" />
    </div>
  );
}
