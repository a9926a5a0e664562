/** The tab of measuring: calibration, quantities, and what they are on this frame. */
import { measureText } from '../text/measureText';

export function MeasureTab() {
  return <p className="inspector-note muted">{measureText.notCalibrated}</p>;
}
