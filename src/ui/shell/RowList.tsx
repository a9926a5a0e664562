/** A list of equally high rows of which only those in sight are on the page. */
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

type RowListProps = {
  readonly count: number;
  readonly rowPx: number;
  readonly className: string;
  /** Id of the element that names the list. */
  readonly labelledBy: string;
  /** Row that is scrolled into sight when it changes; left out for none. */
  readonly shownRow?: number;
  readonly children: (index: number) => ReactNode;
};

/** Rows kept ready on either side of those in sight. */
const MARGIN_ROWS = 8;

export function RowList({ count, rowPx, className, labelledBy, shownRow, children }: RowListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 400 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || shownRow === undefined) {
      return;
    }
    const top = shownRow * rowPx;
    if (top < element.scrollTop || top + rowPx > element.scrollTop + element.clientHeight) {
      element.scrollTop = top - (element.clientHeight - rowPx) / 2;
    }
  }, [shownRow, rowPx]);
  const first = Math.max(0, Math.floor(sight.top / rowPx) - MARGIN_ROWS);
  const last = Math.min(count, Math.ceil((sight.top + sight.height) / rowPx) + MARGIN_ROWS);
  const indices = Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  return (
    <div
      ref={scroller}
      className={`row-list ${className}`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop: top, clientHeight: height } }) => setSight({ top, height })}
    >
      <ul aria-labelledby={labelledBy} style={{ height: count * rowPx }}>
        {indices.map((index) => (
          <li
            key={index}
            aria-setsize={count}
            aria-posinset={index + 1}
            style={{ height: rowPx, transform: `translateY(${index * rowPx}px)` }}
          >
            {children(index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
