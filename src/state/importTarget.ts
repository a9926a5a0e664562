/** What an import has to know of the annotation and the footage it comes into. */
import type { ImportPurpose, ImportTarget } from '../core/import/planImport';
import { frameStems } from '../core/video/frameNames';
import type { MaskflowState } from './maskflowState';

/** Null while no footage is open. A reference replaces no masks and changes no labels. */
export function importTarget(
  state: MaskflowState,
  purpose: ImportPurpose = 'annotation',
): ImportTarget | null {
  const isReference = purpose === 'reference';
  const { footage, labels, lastObjectId, activeObjectId, prompts, tracks, range, currentFrame } = state;
  return (
    footage && {
      size: { width: footage.width, height: footage.height },
      frameStems: frameStems(footage),
      inFrame: range.inFrame,
      currentFrame,
      labels,
      lastObjectId,
      activeObjectId,
      prompts,
      tracks: isReference ? new Map() : tracks,
      areLabelsKept: isReference,
    }
  );
}
