/** Subscribes a panel to a part of the state without rendering it for every frame that goes by. */
import { useStore } from 'zustand';
import type { MaskflowState } from '../../state/maskflowState';
import { calmStateOf } from './calmState';
import { useApp } from './useMaskflow';

/** As `useMaskflow`, but while frames go by quickly it follows only now and then; see CalmState. */
export function useCalm<T>(selector: (state: MaskflowState) => T): T {
  return useStore(calmStateOf(useApp().store), selector);
}
