/** The one store: framework-free, composed of slices, with undo over the annotation. */
import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import { historyOptions } from './history';
import type { MaskflowState } from './maskflowState';
import { createAnnotationSlice } from './slices/annotationSlice';
import { createCompareSlice } from './slices/compareSlice';
import { createDisplaySlice } from './slices/displaySlice';
import { createEditSlice } from './slices/editSlice';
import { createEngineSlice } from './slices/engineSlice';
import { createFootageSlice } from './slices/footageSlice';
import { createImportSlice } from './slices/importSlice';
import { createInspectorSlice } from './slices/inspectorSlice';
import { createJobSlice } from './slices/jobSlice';
import { createMeasureSlice } from './slices/measureSlice';
import { createMessageSlice } from './slices/messageSlice';
import { createModelsSlice } from './slices/modelsSlice';
import { createPaintSlice } from './slices/paintSlice';
import { createPlaybackSlice } from './slices/playbackSlice';
import { createReviewSlice } from './slices/reviewSlice';
import { createProjectSlice } from './slices/projectSlice';
import { createProvenanceSlice } from './slices/provenanceSlice';
import { createStudySlice } from './slices/studySlice';
import { createToolSlice } from './slices/toolSlice';
import { createViewSlice } from './slices/viewSlice';

export type MaskflowStore = ReturnType<typeof createMaskflowStore>;

export function createMaskflowStore(now?: () => number) {
  return createStore<MaskflowState>()(
    temporal(
      (...args) => ({
        ...createFootageSlice(...args),
        ...createPlaybackSlice(...args),
        ...createAnnotationSlice(...args),
        ...createReviewSlice(...args),
        ...createToolSlice(...args),
        ...createViewSlice(...args),
        ...createEngineSlice(...args),
        ...createInspectorSlice(...args),
        ...createJobSlice(...args),
        ...createMeasureSlice(...args),
        ...createMessageSlice(...args),
        ...createImportSlice(...args),
        ...createDisplaySlice(...args),
        ...createCompareSlice(...args),
        ...createEditSlice(...args),
        ...createProjectSlice(...args),
        ...createProvenanceSlice(...args),
        ...createStudySlice(...args),
        ...createPaintSlice(...args),
        ...createModelsSlice(...args),
      }),
      historyOptions(now),
    ),
  );
}
