/** The one store: framework-free, composed of slices. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createAnnotationSlice } from './slices/annotationSlice';
import { createEngineSlice } from './slices/engineSlice';
import { createFootageSlice } from './slices/footageSlice';
import { createJobSlice } from './slices/jobSlice';
import { createMessageSlice } from './slices/messageSlice';
import { createPlaybackSlice } from './slices/playbackSlice';
import { createToolSlice } from './slices/toolSlice';
import { createViewSlice } from './slices/viewSlice';
import type { MaskflowState } from './maskflowState';

export type MaskflowStore = StoreApi<MaskflowState>;

export function createMaskflowStore(): MaskflowStore {
  return createStore<MaskflowState>()((...args) => ({
    ...createFootageSlice(...args),
    ...createPlaybackSlice(...args),
    ...createAnnotationSlice(...args),
    ...createToolSlice(...args),
    ...createViewSlice(...args),
    ...createEngineSlice(...args),
    ...createJobSlice(...args),
    ...createMessageSlice(...args),
  }));
}
