/** Over a comparing view: which set is where, that it is for looking only, and the way back. */
import '../differenceKey.css';
import { ArrowLeftRight, Pause, Play } from 'lucide-react';
import type { CompareSide } from '../../../state/slices/compareState';
import type { ComparedSets } from '../../../state/maskSets';
import { useMaskflow } from '../../hooks/useMaskflow';
import { Button } from '../../shell/Button';
import { IconButton } from '../../shell/IconButton';
import { compareText } from '../../text/compareText';
import { useReducedMotion } from './useReducedMotion';

type CompareBarProps = { readonly compared: ComparedSets };

export function CompareBar({ compared }: CompareBarProps) {
  const view = useMaskflow((state) => state.comparison.view);
  const side = useMaskflow((state) => state.comparison.flickerSide);
  const setComparison = useMaskflow((state) => state.setComparison);
  const look = (which: CompareSide): string =>
    `compare-name ${view === 'flicker' && side === which ? 'is-shown' : ''}`;
  return (
    <div className="compare-bar">
      <span className={look('a')} title={compared.a.name}>
        {view === 'difference' ? <span className="difference-key is-a" aria-hidden="true" /> : null}
        <b>{compareText.a}</b> {compared.a.name}
      </span>
      <span className={look('b')} title={compared.b.name}>
        {view === 'difference' ? <span className="difference-key is-b" aria-hidden="true" /> : null}
        <b>{compareText.b}</b> {compared.b.name}
      </span>
      <span className="compare-leave">
        {view === 'flicker' ? <FlickerButtons /> : null}
        <span className="muted compare-only">{compareText.viewOnly}</span>
        <Button look="quiet" onClick={() => setComparison({ view: 'normal' })}>
          {compareText.leave} <kbd>Esc</kbd>
        </Button>
      </span>
    </div>
  );
}

function FlickerButtons() {
  const isReduced = useReducedMotion();
  const { isFlickering, flickerSide } = useMaskflow((state) => state.comparison);
  const setComparison = useMaskflow((state) => state.setComparison);
  const isOn = isFlickering && !isReduced;
  return (
    <>
      <IconButton
        label={isOn ? compareText.pause : compareText.resume}
        disabledReason={isReduced ? compareText.reducedMotion : null}
        onClick={() => setComparison({ isFlickering: !isFlickering })}
      >
        {isOn ? <Pause /> : <Play />}
      </IconButton>
      <IconButton
        label={compareText.swap}
        onClick={() => setComparison({ isFlickering: false, flickerSide: flickerSide === 'a' ? 'b' : 'a' })}
      >
        <ArrowLeftRight />
      </IconButton>
    </>
  );
}
