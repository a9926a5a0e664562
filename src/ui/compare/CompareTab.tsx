/** The tab of comparing two sets of masks. */
import { compareTabText } from '../text/compareTabText';

export function CompareTab() {
  return <p className="inspector-note muted">{compareTabText.what}</p>;
}
