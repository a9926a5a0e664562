/** Runs the work around the decoder a few times on a made-up drawing, so that the first click finds it compiled. */
import { imageTransformOf, LOW_RES_SIDE_PX } from '../../core/geometry/imageTransform';
import { fillHoles } from '../../core/mask/fillHoles';
import { upscaleLowResLogits } from '../../core/mask/logits';
import { mergeLogits } from '../../core/mask/mergeLogits';
import { softMasksOf } from '../../core/mask/softLogits';
import { frameMaskOf } from './frameMaskOf';

/** A frame of common shape: what is compiled for it serves every size. */
const SIZE = { width: 640, height: 360 };

/** JavaScript engines compile for speed only what has run often; loops of one drawing are hot after about three. */
const RUNS = 4;

/** A disc in the middle, as a decoder might draw it: float32[256 * 256]. */
function discLogits(): Float32Array {
  const low = new Float32Array(LOW_RES_SIDE_PX ** 2);
  const centre = LOW_RES_SIDE_PX / 3;
  for (let index = 0; index < low.length; index += 1) {
    const x = index % LOW_RES_SIDE_PX;
    const y = Math.floor(index / LOW_RES_SIDE_PX);
    low[index] = (40 - Math.hypot(x - centre, y - centre)) / 4;
  }
  return low;
}

/** Takes some tens of milliseconds. Nothing of it is kept; the area drawn is returned so that it cannot be optimised away. */
export function warmDrawing(): number {
  const low = discLogits();
  const transform = imageTransformOf(SIZE);
  let areaPx = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const logits = upscaleLowResLogits(low, transform);
    fillHoles(logits);
    const [soft] = softMasksOf([logits]);
    for (const mask of mergeLogits([logits])) {
      areaPx = frameMaskOf(mask, null, soft).areaPx;
    }
  }
  return areaPx;
}
