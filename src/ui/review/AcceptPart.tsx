/** Accepting the masks of the frame on show, and taking that back. */
import { Check, Undo2 } from 'lucide-react';
import { hasAcceptedMask } from '../../core/track/acceptedMasks';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { Button } from '../shell/Button';
import { reviewText } from '../text';
import { acceptBlocker, acceptShownFrame, judgedFrame } from './reviewActions';

/** By itself, so that the list of doubtful stretches does not render anew with every frame. */
export function AcceptPart() {
  const { store } = useApp();
  const frame = useCalm(judgedFrame);
  const blocker = useCalm(acceptBlocker);
  const isAccepted = useCalm((state) => hasAcceptedMask(state.tracks, judgedFrame(state)));
  const unacceptFrame = useMaskflow((state) => state.unacceptFrame);
  return (
    <div className="review-actions">
      {isAccepted && blocker !== null ? (
        <Button tip={reviewText.takeBack} onClick={() => unacceptFrame(judgedFrame(store.getState()))}>
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
  );
}
