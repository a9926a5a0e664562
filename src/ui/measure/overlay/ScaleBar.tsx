/** A bar of a round length in the corner of the picture. */
import { valueText } from '../../../core/base/numberText';
import { measureText } from '../../text/measureText';
import { barLength } from './barLength';

type ScaleBarProps = { readonly stagePxPerUnit: number; readonly unit: string };

export function ScaleBar({ stagePxPerUnit, unit }: ScaleBarProps) {
  const { length, px } = barLength(stagePxPerUnit);
  return (
    <figure className="scale-bar" aria-label={measureText.scaleBar} data-testid="scale-bar">
      <div className="scale-bar-line" style={{ width: px }} />
      <figcaption>
        {valueText(length)} {unit}
      </figcaption>
    </figure>
  );
}
