/** One doubtful stretch: whose, where, how bad; to be looked at or fixed. */
import type { DoubtfulStretch } from '../../core/review/doubtfulStretches';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { reviewText } from '../text';
import { confidenceText } from './maskWords';
import { fixStretch, goToStretch } from './reviewActions';

type DoubtfulRowProps = { stretch: DoubtfulStretch };

export function DoubtfulRow({ stretch }: DoubtfulRowProps) {
  const { store } = useApp();
  const { objectId, fromFrame, toFrame, worstFrame, worstConfidence } = stretch;
  const label = useMaskflow((state) => state.labels.find((candidate) => candidate.objectId === objectId));
  const isHere = useMaskflow((state) => state.currentFrame >= fromFrame && state.currentFrame <= toFrame);
  const frames = fromFrame === toFrame ? `${fromFrame}` : `${fromFrame}–${toFrame}`;
  const name = label?.name ?? '';
  return (
    <li className={`doubt-row ${isHere ? 'is-here' : ''}`} aria-current={isHere ? 'true' : undefined}>
      <button
        type="button"
        className="row-button doubt-go"
        title={`${name}, frames ${frames}: lowest confidence ${confidenceText(worstConfidence)} at frame ${worstFrame}`}
        onClick={() => goToStretch(store, stretch)}
      >
        <span className="swatch" style={{ background: label?.colour }} />
        <span className="clipped doubt-name">{name}</span>
        <span>
          <span className="visually-hidden">frames </span>
          {frames}
        </span>
        <span className="doubt-confidence">
          <span className="visually-hidden">lowest confidence </span>
          {confidenceText(worstConfidence)}
        </span>
      </button>
      <Button
        look="quiet"
        className="doubt-fix"
        tip={reviewText.fix}
        aria-label={`Fix ${name} at frame ${worstFrame}`}
        onClick={() => fixStretch(store, stretch)}
      >
        Fix
      </Button>
    </li>
  );
}
