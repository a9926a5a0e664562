/** What only A has, what only B has and what both have on the frame on show: counts, and the key of the difference view. */
import './differenceKey.css';
import { countText, scoreText, valueText } from '../../core/base/numberText';
import { isUsableScale, pixelsPerUnit, unitOf } from '../../core/measure/calibration';
import { useMaskflow } from '../hooks/useMaskflow';
import { compareText } from '../text/compareText';
import { frameDifference } from './comparedFrames';

const rows = [
  { part: 'aOnly', key: 'is-a', name: compareText.aOnly, count: 'aOnlyPx' },
  { part: 'bOnly', key: 'is-b', name: compareText.bOnly, count: 'bOnlyPx' },
  { part: 'both', key: 'is-both', name: compareText.both, count: 'bothPx' },
] as const;

export function DifferenceLegend() {
  const difference = useMaskflow(frameDifference);
  const calibration = useMaskflow((state) => state.calibration);
  if (!difference) {
    return <p className="muted">{compareText.notHere}</p>;
  }
  const hasScale = calibration.scale !== null && isUsableScale(calibration.scale);
  const area = (count: number): string | null =>
    hasScale ? `${valueText(count / pixelsPerUnit(calibration) ** 2)} ${unitOf('area', calibration)}` : null;
  return (
    <table className="compare-legend-table" data-testid="compare-counts">
      <tbody>
        {rows.map(({ part, key, name, count }) => (
          <tr key={part}>
            <th scope="row">
              <span className={`difference-key ${key}`} aria-hidden="true" />
              {name}
            </th>
            <td>{countText(difference.counts[count])} px</td>
            {hasScale ? <td>{area(difference.counts[count])}</td> : null}
          </tr>
        ))}
        <tr>
          <th scope="row">
            <span className="difference-key is-none" aria-hidden="true" />
            {compareText.j}
          </th>
          <td>{scoreText(difference.j)}</td>
        </tr>
      </tbody>
    </table>
  );
}
