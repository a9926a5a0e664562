/** Writes a label's probabilities on one frame as a grey PNG: 0 is p = 0, white is p = 1. */
import type { NumberMap } from '../core/export/wideLabelMap';
import { agreeingLogit } from '../core/mask/softAgreement';
import { SOFT_LOGIT_LIMIT, SOFT_QUANTUM, type SoftMask } from '../core/mask/softMask';
import { forEachSoftRow } from '../core/mask/softThreshold';
import { encodeGrey16Png } from './indexedPng';
import { COLOUR_TYPE_GREY, encodePng } from './pngFile';

/** What the outermost codes of a soft mask stand for: as sure as can be kept. */
const SURE_LOGIT = SOFT_LOGIT_LIMIT - SOFT_QUANTUM / 2;

/** Greys of 0..white; a mask of `isInside` is what lies above half of white, to the pixel. */
function greyOfLogit(kept: number, white: number, isInside: boolean): number {
  const logit = agreeingLogit(kept, isInside);
  if (logit <= -SURE_LOGIT) {
    return 0;
  }
  if (logit >= SURE_LOGIT) {
    return white;
  }
  const grey = Math.round(white / (1 + Math.exp(-logit)));
  return isInside ? Math.max(grey, (white + 1) / 2) : Math.min(grey, (white - 1) / 2);
}

/**
 * Greys of 0 to white (255, or 65535 with 16 bits), row-major, at the size of `map`: those above half of white are the
 * pixels that hold `number`. Without probabilities the mask itself in black and white.
 */
export function softGreys<Greys extends Uint8Array | Uint16Array>(
  soft: SoftMask | undefined,
  map: NumberMap,
  number: number,
  greys: Greys,
): Greys {
  const white = greys instanceof Uint16Array ? 65535 : 255;
  if (soft) {
    forEachSoftRow(soft, map, (y, logits) => {
      const from = y * map.width;
      for (let x = 0; x < logits.length; x += 1) {
        greys[from + x] = greyOfLogit(logits[x]!, white, map.data[from + x] === number);
      }
    });
    return greys;
  }
  for (let index = 0; index < greys.length; index += 1) {
    greys[index] = map.data[index] === number ? white : 0;
  }
  return greys;
}

/** One label's matte on a frame, whose label map `map` is. */
export async function encodeSoftPng(
  soft: SoftMask | undefined,
  map: NumberMap,
  number: number,
  bits: 8 | 16 = 8,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = map;
  if (bits === 16) {
    const data = softGreys(soft, map, number, new Uint16Array(width * height));
    return encodeGrey16Png({ width, height, data }, 'up');
  }
  const data = softGreys(soft, map, number, new Uint8Array(width * height));
  return encodePng({ width, height, data }, COLOUR_TYPE_GREY, { filter: 'up' });
}
