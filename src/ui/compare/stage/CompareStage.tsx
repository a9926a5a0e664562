/** Two sets of masks on the canvas, in place of tools and prompts. */
import './compareStage.css';
import { useEffect, useRef } from 'react';
import type { Size } from '../../../core/geometry/box';
import { comparedSets } from '../../../state/maskSets';
import type { ViewTransform } from '../../../state/maskflowState';
import { useMaskflow } from '../../hooks/useMaskflow';
import { isFreeKey } from '../../keys/keyScope';
import { contentsOfA, contentsOfB } from '../compareContents';
import { CompareBar } from './CompareBar';
import { CompareLayers } from './CompareLayers';
import { ComparePane } from './ComparePane';
import { ComparePicture } from './ComparePicture';
import { paneView } from './paneView';
import { useFlicker } from './useFlicker';
import { useViewMoves } from './useViewMoves';
import { WipeEdge } from './WipeEdge';

type CompareStageProps = { readonly picture: Size; readonly stage: Size; readonly view: ViewTransform };

/** Lies over the stage while its view is not the normal one. */
export function CompareStage({ picture, stage, view }: CompareStageProps) {
  const ref = useRef<HTMLDivElement>(null);
  const kind = useMaskflow((state) => state.comparison.view);
  const compared = useMaskflow(comparedSets);
  const setComparison = useMaskflow((state) => state.setComparison);
  const hasPanes = kind === 'sideBySide';
  useViewMoves(ref, hasPanes);
  useFlicker();
  const hasSets = compared !== null;
  // What is compared can go away: a reference is removed, or undone.
  useEffect(() => {
    if (!hasSets) {
      setComparison({ view: 'normal' });
    }
  }, [hasSets, setComparison]);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && isFreeKey(event)) {
        event.preventDefault();
        setComparison({ view: 'normal' });
      }
    };
    // Captured, so that it means nothing else.
    window.addEventListener('keydown', leave, { capture: true });
    return () => window.removeEventListener('keydown', leave, { capture: true });
  }, [setComparison]);
  if (!compared) {
    return null;
  }
  const pane = paneView(view, picture, stage);
  return (
    <div ref={ref} className={`compare-stage is-${kind}`} data-testid="compare-stage">
      {hasPanes ? (
        <>
          <ComparePane name="compare-a" {...{ picture, view: pane, contentsOf: contentsOfA }} />
          <ComparePane name="compare-b" {...{ picture, view: pane, contentsOf: contentsOfB }} />
        </>
      ) : (
        <ComparePicture picture={picture} view={view}>
          <CompareLayers scale={view.scale} />
        </ComparePicture>
      )}
      {kind === 'wipe' ? <WipeEdge picture={picture} view={view} /> : null}
      <CompareBar compared={compared} />
    </div>
  );
}
