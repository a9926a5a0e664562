/** The filmstrip with its name and the button that puts it away. */
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { timelineText } from '../text/timelineText';
import type { TimelineScale } from '../timeline/timelineScale';
import { Filmstrip } from './Filmstrip';
import { isFilmstripShown, keepFilmstripShown } from './filmstripShown';
import { useFilmstripHeight } from './useFilmstripHeight';

type FilmstripRowProps = {
  readonly scale: TimelineScale;
  /** The element whose height decides how high the pictures are. */
  readonly frameRef: RefObject<HTMLElement | null>;
};

export function FilmstripRow({ scale, frameRef }: FilmstripRowProps) {
  const [isShown, setShown] = useState(isFilmstripShown);
  const heightPx = useFilmstripHeight(frameRef);
  function toggle(): void {
    keepFilmstripShown(!isShown);
    setShown(!isShown);
  }
  return (
    <div className="filmstrip-row">
      <button
        type="button"
        className="filmstrip-name"
        aria-expanded={isShown}
        title={isShown ? timelineText.hidePictures : timelineText.showPictures}
        onClick={toggle}
      >
        {isShown ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
        {timelineText.pictures}
      </button>
      {/* As wide as the lanes, which leave room for a scroll bar: what lies beyond is neither clip nor dimmed. */}
      <div className="filmstrip-area" style={{ width: scale.widthPx }}>
        {isShown ? <Filmstrip scale={scale} heightPx={heightPx} /> : null}
      </div>
    </div>
  );
}
