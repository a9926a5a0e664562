/** The review queue: where the engine was unsure, worst first, and accepting the frame on show. */
import './review.css';
import { Check, Undo2 } from 'lucide-react';
import { hasAcceptedMask } from '../../core/track/acceptedMasks';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { InspectorSection } from '../inspector/InspectorSection';
import { Button } from '../shell/Button';
import { reviewText } from '../text';
import { DoubtfulRow } from './DoubtfulRow';
import { acceptBlocker, acceptShownFrame, judgedFrame } from './reviewActions';
import { reviewQueue } from './reviewQueue';

/** More rows than anyone works off before the next run makes new ones. */
const maxRows = 40;

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : word.endsWith('h') ? 'es' : 's'}`;
}

export function ReviewSection() {
  const { store } = useApp();
  const { stretches, frames } = useMaskflow(reviewQueue);
  const isJudged = useMaskflow(({ tracks }) =>
    [...tracks.values()].some((track) => track.propagated.size > 0),
  );
  const frame = useMaskflow(judgedFrame);
  const blocker = useMaskflow(acceptBlocker);
  const isAccepted = useMaskflow((state) => hasAcceptedMask(state.tracks, judgedFrame(state)));
  const unacceptFrame = useMaskflow((state) => state.unacceptFrame);
  if (!isJudged) {
    return null;
  }
  const rest = stretches.length - maxRows;
  return (
    <InspectorSection id="review" title="Review">
      <p className="muted">
        {frames.length === 0
          ? 'No doubtful frame.'
          : `${counted(frames.length, 'doubtful frame')} in ${counted(stretches.length, 'stretch')}`}
      </p>
      <div className="review-actions">
        {isAccepted && blocker !== null ? (
          <Button tip={reviewText.takeBack} onClick={() => unacceptFrame(frame)}>
            <Undo2 aria-hidden="true" />
            Take back acceptance
          </Button>
        ) : (
          <Button
            tip={reviewText.accept}
            hint={keyHint('acceptFrame')}
            disabledReason={blocker}
            onClick={() => acceptShownFrame(store)}
          >
            <Check aria-hidden="true" />
            Accept frame {frame}
          </Button>
        )}
      </div>
      {stretches.length > 0 ? (
        <ul className="doubt-list" aria-label="Doubtful stretches, worst first">
          {stretches.slice(0, maxRows).map((stretch) => (
            <DoubtfulRow key={`${stretch.objectId} ${stretch.fromFrame}`} stretch={stretch} />
          ))}
        </ul>
      ) : null}
      {rest > 0 ? <p className="muted">and {counted(rest, 'better stretch')}</p> : null}
    </InspectorSection>
  );
}
