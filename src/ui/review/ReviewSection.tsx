/** The review queue: where the engine was unsure, worst first, and accepting the frame on show. */
import './review.css';
import { counted } from '../../core/base/numberText';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { AcceptPart } from './AcceptPart';
import { DoubtfulRow } from './DoubtfulRow';
import { reviewQueue } from './reviewQueue';

/** More rows than anyone works off before the next run makes new ones. */
const maxRows = 40;

export function ReviewSection() {
  const { stretches, frames } = useMaskflow(reviewQueue);
  const isJudged = useMaskflow(({ tracks }) =>
    [...tracks.values()].some((track) => track.propagated.size > 0),
  );
  if (!isJudged) {
    return null;
  }
  const rest = stretches.length - maxRows;
  return (
    <InspectorSection id="review" title="Review">
      <p className="muted">
        {frames.length === 0
          ? 'No doubtful frame.'
          : `${counted(frames.length, 'doubtful frame')} in ${counted(stretches.length, 'stretch', 'stretches')}`}
      </p>
      <AcceptPart />
      {stretches.length > 0 ? (
        <ul className="doubt-list" aria-label="Doubtful stretches, worst first">
          {stretches.slice(0, maxRows).map((stretch) => (
            <DoubtfulRow key={`${stretch.objectId} ${stretch.fromFrame}`} stretch={stretch} />
          ))}
        </ul>
      ) : null}
      {rest > 0 ? <p className="muted">and {counted(rest, 'better stretch', 'better stretches')}</p> : null}
    </InspectorSection>
  );
}
