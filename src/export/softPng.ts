/** Writes a label's probabilities on one frame as an 8-bit grey PNG: 0 is p = 0, 255 is p = 1. */
import type { NumberedMask } from '../core/export/maskSequence';
import type { Size } from '../core/geometry/box';
import { decodeRle } from '../core/mask/rle';
import { SOFT_LOGIT_LIMIT, SOFT_QUANTUM, type SoftMask } from '../core/mask/softMask';
import { forEachSoftRow } from '../core/mask/softThreshold';
import { COLOUR_TYPE_GREY, encodePng } from './pngFile';

/** What the outermost codes of a soft mask stand for: as sure as can be kept. */
const SURE_LOGIT = SOFT_LOGIT_LIMIT - SOFT_QUANTUM / 2;

function greyOfLogit(logit: number): number {
  if (logit <= -SURE_LOGIT) {
    return 0;
  }
  return logit >= SURE_LOGIT ? 255 : Math.round(255 / (1 + Math.exp(-logit)));
}

/** Row-major greys at source size. At 128 and above p > 0.5. */
function greysOf(soft: SoftMask, size: Size): Uint8Array {
  const greys = new Uint8Array(size.width * size.height);
  forEachSoftRow(soft, size, (y, logits) => {
    for (let x = 0; x < logits.length; x += 1) {
      greys[y * size.width + x] = greyOfLogit(logits[x]!);
    }
  });
  return greys;
}

/** Without probabilities the mask itself, 0 and 255; without a mask 0 everywhere. */
export async function encodeSoftPng(
  mask: NumberedMask | undefined,
  size: Size,
): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = size;
  let data: Uint8Array = new Uint8Array(width * height);
  if (mask?.soft) {
    data = greysOf(mask.soft, size);
  } else if (mask) {
    data = decodeRle(mask.rle).data.map((value) => value * 255);
  }
  return encodePng({ width, height, data }, COLOUR_TYPE_GREY, { filter: 'up' });
}
