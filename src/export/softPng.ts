/** Writes a label's probabilities on one frame as a grey PNG: 0 is p = 0, white is p = 1. */
import type { NumberedMask } from '../core/export/maskSequence';
import type { Size } from '../core/geometry/box';
import { decodeRle } from '../core/mask/rle';
import { SOFT_LOGIT_LIMIT, SOFT_QUANTUM, type SoftMask } from '../core/mask/softMask';
import { forEachSoftRow } from '../core/mask/softThreshold';
import { encodeGrey16Png } from './indexedPng';
import { COLOUR_TYPE_GREY, encodePng } from './pngFile';

/** What the outermost codes of a soft mask stand for: as sure as can be kept. */
const SURE_LOGIT = SOFT_LOGIT_LIMIT - SOFT_QUANTUM / 2;

function greyOfLogit(logit: number, white: number): number {
  if (logit <= -SURE_LOGIT) {
    return 0;
  }
  return logit >= SURE_LOGIT ? white : Math.round(white / (1 + Math.exp(-logit)));
}

/** Row-major greys at source size. In the upper half of the greys p > 0.5. */
function fillGreys(soft: SoftMask, size: Size, greys: Uint8Array | Uint16Array, white: number): void {
  forEachSoftRow(soft, size, (y, logits) => {
    for (let x = 0; x < logits.length; x += 1) {
      greys[y * size.width + x] = greyOfLogit(logits[x]!, white);
    }
  });
}

/** Greys of 0 to `white` (255, or 65535 with 16 bits); without probabilities the mask itself in black and white. */
export function softGreys<Greys extends Uint8Array | Uint16Array>(
  mask: NumberedMask | undefined,
  size: Size,
  greys: Greys,
): Greys {
  const white = greys instanceof Uint16Array ? 65535 : 255;
  if (mask?.soft) {
    fillGreys(mask.soft, size, greys, white);
  } else if (mask) {
    greys.set(decodeRle(mask.rle).data);
    for (let index = 0; index < greys.length; index += 1) {
      greys[index]! *= white;
    }
  }
  return greys;
}

/** Without a mask 0 everywhere. */
export async function encodeSoftPng(
  mask: NumberedMask | undefined,
  size: Size,
  bits: 8 | 16 = 8,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = size;
  if (bits === 16) {
    const data = softGreys(mask, size, new Uint16Array(width * height));
    return encodeGrey16Png({ width, height, data }, 'up');
  }
  const data = softGreys(mask, size, new Uint8Array(width * height));
  return encodePng({ width, height, data }, COLOUR_TYPE_GREY, { filter: 'up' });
}
