/** What the tab on show holds; the tabs that are seldom needed are loaded when they are first shown. */
import { lazy, Suspense } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { inspectorTabText } from '../text/inspectorTabText';
import { MasksTab } from './MasksTab';

const MeasureTab = lazy(() =>
  import('../measure/MeasureTab').then((module) => ({ default: module.MeasureTab })),
);
const CompareTab = lazy(() =>
  import('../compare/CompareTab').then((module) => ({ default: module.CompareTab })),
);

export function InspectorPanel() {
  const tab = useMaskflow((state) => state.inspectorTab);
  const hasFootage = useMaskflow((state) => state.footage !== null);
  return (
    <div
      // Each tab begins at its top, not where another was scrolled to.
      key={tab}
      id="inspector-panel"
      className="inspector-body"
      role="tabpanel"
      aria-labelledby={`inspector-tab-${tab}`}
    >
      {tab === 'masks' ? (
        <MasksTab />
      ) : hasFootage ? (
        <Suspense fallback={<p className="inspector-note muted">{inspectorTabText.loading}</p>}>
          {tab === 'measure' ? <MeasureTab /> : <CompareTab />}
        </Suspense>
      ) : (
        <p className="inspector-note muted">{inspectorTabText.needsFootage}</p>
      )}
    </div>
  );
}
