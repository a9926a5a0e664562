/** What the signs of the lanes mean. */
import { InfoTip } from '../shell/InfoTip';
import { reviewText } from '../text';

export function LaneLegend() {
  return (
    <InfoTip className="lane-legend muted" tip={reviewText.legend}>
      <span aria-hidden="true">◆ ■ ▬ ╌</span>
      <span className="visually-hidden">What the lanes show</span>
    </InfoTip>
  );
}
