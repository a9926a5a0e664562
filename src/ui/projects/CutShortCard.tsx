/** Says that a page was closed in the middle of a run, how far it had come, and offers to bring it to its end. */
import { CircleSlash, X } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { propagateText } from '../text';
import { filled, projectText } from '../text/projectText';

export function CutShortCard() {
  const app = useApp();
  const run = useMaskflow((state) => (state.propagation ? null : state.unfinishedRun));
  const setUnfinishedRun = useMaskflow((state) => state.setUnfinishedRun);
  const isReady = useMaskflow((state) => state.engine.kind === 'ready');
  if (!run) {
    return null;
  }
  const { order, lastFrame, hasTwoPasses } = run;
  const isAnew = lastFrame === null || hasTwoPasses || order.kind === 'refine';
  return (
    <div className="message" data-testid="cut-short">
      <CircleSlash className="message-icon" aria-hidden="true" />
      <div className="message-words">
        <p className="message-what">
          {order.kind === 'propagate' ? projectText.cutShort : projectText.redrawingCutShort}
        </p>
        <p>
          {lastFrame === null
            ? projectText.cutShortBefore
            : filled(projectText.cutShortAt, { frame: lastFrame })}
        </p>
        <div className="card-buttons">
          <Button
            disabledReason={isReady ? null : propagateText.engineNotReady}
            onClick={() => void app.continueRun()}
          >
            {isAnew ? projectText.startAgain : projectText.goOn}
          </Button>
        </div>
      </div>
      <IconButton label="Dismiss this notice" onClick={() => setUnfinishedRun(null)}>
        <X />
      </IconButton>
    </div>
  );
}
