/** The differences from the compared version, as masks to be painted: told apart by hatching as well as by colour. */
import { rleBox, type Rle } from '../../core/mask/rle';
import type { MaskflowState } from '../../state/maskflowState';
import { comparedFrame } from '../review/comparedFrame';
import type { MaskContents } from './maskPainter';
import type { PaintedMask } from './maskRaster';

/** Neither is the colour of a label; the legend in review.css has the same two. */
const thenColour = '#d6007f';
const nowColour = '#ffffff';

const FILL_ALPHA = 0.85;

export function comparedMasks(state: MaskflowState): MaskContents {
  const compared = state.isBareFrame ? null : comparedFrame(state);
  const masks = compared
    ? [...painted(compared.thenOnly, thenColour, true), ...painted(compared.nowOnly, nowColour, false)]
    : [];
  return { masks, fillAlpha: FILL_ALPHA };
}

function painted(rle: Rle | null, colour: string, isHatched: boolean): PaintedMask[] {
  return rle ? [{ rle, box: rleBox(rle), colour, isHatched }] : [];
}
