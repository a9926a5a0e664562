/** The display adjustments as an SVG filter, which the browser applies while it puts the picture on the screen. */
import { channelTables, isNeutral } from '../../core/display/displayAdjustments';
import { useMaskflow } from '../hooks/useMaskflow';

const filterId = 'display-adjustments';

/** The CSS `filter` of the picture; undefined while it is shown as it is. */
export function useDisplayFilter(): string | undefined {
  const isPlain = useMaskflow((state) => isNeutral(state.display.adjustments));
  return isPlain ? undefined : `url(#${filterId})`;
}

/** Must be in the page while `useDisplayFilter` is in use. Its tables are the very ones that adjust the model's pictures. */
export function DisplayFilter() {
  const adjustments = useMaskflow((state) => state.display.adjustments);
  if (isNeutral(adjustments)) {
    return null;
  }
  const [red, green, blue] = channelTables(adjustments).map((table) =>
    Array.from(table, (value) => (value / 255).toFixed(4)).join(' '),
  );
  return (
    <svg className="visually-hidden" aria-hidden="true">
      <filter id={filterId} colorInterpolationFilters="sRGB" x="0" y="0" width="100%" height="100%">
        <feComponentTransfer>
          <feFuncR type="table" tableValues={red} />
          <feFuncG type="table" tableValues={green} />
          <feFuncB type="table" tableValues={blue} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}
