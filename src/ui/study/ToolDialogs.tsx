/** The dialogs of studies, of the log and of models, loaded when they are first opened. */
import { lazy, Suspense } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';

const StudyDialog = lazy(() => import('./StudyDialog').then((module) => ({ default: module.StudyDialog })));
const ProvenanceDialog = lazy(() =>
  import('../provenance/ProvenanceDialog').then((module) => ({ default: module.ProvenanceDialog })),
);
const ModelsDialog = lazy(() =>
  import('../models/ModelsDialog').then((module) => ({ default: module.ModelsDialog })),
);

export function ToolDialogs() {
  const openTool = useMaskflow((state) => state.openTool);
  return (
    <Suspense fallback={null}>
      {openTool === 'study' ? <StudyDialog /> : null}
      {openTool === 'provenance' ? <ProvenanceDialog /> : null}
      {openTool === 'models' ? <ModelsDialog /> : null}
    </Suspense>
  );
}
