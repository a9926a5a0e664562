/** What painting may go over: everything, only background, or only the inside of one label. */
import { objectId } from '../../../core/base/ids';
import type { PaintOrder } from '../../../core/edit/paintRegion';
import { withoutRegions } from '../../../core/track/regions';
import { useMaskflow } from '../../hooks/useMaskflow';
import { paintText } from '../../text/paintText';
import { orderFor } from '../paint/beginPainting';
import { Tip } from '../../shell/Tip';

function valueOf(order: PaintOrder): string {
  return typeof order === 'object' ? String(order.onlyInside) : order;
}

function orderOf(value: string): PaintOrder {
  return value === 'onTop' || value === 'onlyBackground' ? value : { onlyInside: objectId(Number(value)) };
}

export function OrderChoice() {
  const labels = useMaskflow((state) => state.labels);
  const order = useMaskflow((state) => state.paintOrder);
  const setOrder = useMaskflow((state) => state.setPaintOrder);
  return (
    <Tip words={paintText.order}>
      <select
        className="field paint-order"
        aria-label="Painting order"
        value={valueOf(orderFor(order, labels))}
        onChange={(event) => setOrder(orderOf(event.currentTarget.value))}
      >
        <option value="onTop">On top</option>
        <option value="onlyBackground">Only background</option>
        {withoutRegions(labels).map((label) => (
          <option key={label.objectId} value={String(label.objectId)}>
            Only inside {label.name}
          </option>
        ))}
      </select>
    </Tip>
  );
}
