/** What the comparing views paint: the masks of either set, and their differences. */
import { comparableLabels } from '../../core/compare/maskSet';
import { rleBox, type Rle } from '../../core/mask/rle';
import { comparedSets } from '../../state/maskSets';
import type { MaskflowState } from '../../state/maskflowState';
import type { CompareSide } from '../../state/slices/compareState';
import { styledContents, type MaskContents } from '../canvas/maskPainter';
import type { Hatch, PaintedMask } from '../canvas/maskRaster';
import { frameDifference, frameOfSide } from './comparedFrames';
import { BOTH_ALPHA, DIFFERENCE_ALPHA, differenceColours } from './differenceStyle';

const nothing: MaskContents = { masks: [], fillAlpha: 0 };

export function contentsOfA(state: MaskflowState): MaskContents {
  return contentsOf(state, 'a');
}

/** In the colours of A's labels where B's are their counterparts. */
export function contentsOfB(state: MaskflowState): MaskContents {
  return contentsOf(state, 'b');
}

function contentsOf(state: MaskflowState, side: CompareSide): MaskContents {
  const compared = comparedSets(state);
  const frame = frameOfSide(state, side);
  if (!compared || !frame || state.isBareFrame) {
    return nothing;
  }
  const masks = frame.masks.map(({ objectId, rle }): PaintedMask => {
    const pair = side === 'b' ? compared.pairs.find(({ b }) => b === objectId) : undefined;
    const labels = comparableLabels(pair ? compared.a : compared[side]);
    const label = labels.find((candidate) => candidate.objectId === (pair?.a ?? objectId));
    return { rle, box: boxOf(rle), colour: label?.colour ?? differenceColours.both, isHatched: false };
  });
  return styledContents(masks, state.overlayStyle.kind, state);
}

/** What only one of the sets has. */
export function differenceContents(state: MaskflowState): MaskContents {
  const difference = state.isBareFrame ? null : frameDifference(state);
  const masks = difference
    ? [
        ...hatched(difference.aOnly, differenceColours.aOnly, 'rising'),
        ...hatched(difference.bOnly, differenceColours.bOnly, 'falling'),
      ]
    : [];
  return { masks, fillAlpha: DIFFERENCE_ALPHA };
}

export function bothContents(state: MaskflowState): MaskContents {
  const both = state.isBareFrame ? null : frameDifference(state)?.both;
  const colour = differenceColours.both;
  const masks = both ? [{ rle: both, box: boxOf(both), colour, isHatched: false }] : [];
  return { masks, fillAlpha: BOTH_ALPHA, isOutlined: false };
}

function hatched(rle: Rle | null, colour: string, hatch: Hatch): PaintedMask[] {
  return rle ? [{ rle, box: boxOf(rle), colour, isHatched: true, hatch }] : [];
}

const boxes = new WeakMap<Rle, PaintedMask['box']>();

/** A mask is asked for with every change of the state, and never changes. */
function boxOf(rle: Rle): PaintedMask['box'] {
  const known = boxes.get(rle);
  const box = known === undefined ? rleBox(rle) : known;
  boxes.set(rle, box);
  return box;
}
