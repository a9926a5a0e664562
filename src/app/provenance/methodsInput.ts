/** What provenance.json and the methods paragraph are made of, out of the state. */
import type { MethodsInput } from '../../core/provenance/methodsFacts';
import { frameCount } from '../../core/video/frameTable';
import type { MaskflowState } from '../../state/maskflowState';
import { wantedAdjustments } from '../modelPictures';
import { presentEnvironment } from './recorder';

/** The log must have been brought up to date (`ProvenanceRecorder.flush`). Null without footage. */
export function methodsInput(state: MaskflowState): MethodsInput | null {
  const { footage } = state;
  return (
    footage && {
      footage: {
        name: footage.name,
        width: footage.width,
        height: footage.height,
        frameCount: frameCount(footage.frameTable),
        frameRate: footage.frameRate,
      },
      labels: state.labels,
      prompts: state.prompts,
      useSharedPoints: state.useSharedPoints,
      tracks: state.tracks,
      log: state.provenance,
      head: state.provenanceHead,
      environment: presentEnvironment(state),
      adjustments: wantedAdjustments(state),
    }
  );
}
