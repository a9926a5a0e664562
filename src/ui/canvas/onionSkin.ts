/** The masks of the frame before, as dashed outlines: where things were, to be seen against where they are. */
import type { MaskflowState } from '../../state/maskflowState';
import { paintedMasks, type MaskContents } from './maskPainter';

const none: MaskContents = { masks: [], fillAlpha: 0 };

export function onionContents(state: MaskflowState): MaskContents {
  const { shownFrame, overlayStyle } = state;
  return overlayStyle.hasOnionSkin && shownFrame !== null && shownFrame > 0
    ? { masks: paintedMasks(state, shownFrame - 1), fillAlpha: 0, isDashed: true }
    : none;
}
