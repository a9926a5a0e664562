/** The place of the plots under the timeline; what is in it is loaded when it is first opened. */
import './plotsDock.css';
import { lazy, Suspense, useLayoutEffect } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { PaneEdge } from '../shell/PaneEdge';
import { plotsText } from '../text/plotsText';
import { werePlotsShown } from './plotsShown';

const PlotsPane = lazy(() => import('./PlotsPane').then((module) => ({ default: module.PlotsPane })));

export function PlotsDock() {
  const isOpen = useMaskflow((state) => state.arePlotsOpen && state.footage !== null);
  const setOpen = useMaskflow((state) => state.setPlotsOpen);
  useLayoutEffect(() => {
    if (werePlotsShown()) {
      setOpen(true);
    }
  }, [setOpen]);
  return isOpen ? (
    <section className="plots" aria-label={plotsText.title}>
      <PaneEdge pane="plots" />
      <Suspense fallback={null}>
        <PlotsPane />
      </Suspense>
    </section>
  ) : null;
}
