/** What a mask that is true leaves in an object's memory: the mask itself, not what SAM 2 would draw. */
import type { BinaryMask } from '../../core/mask/binaryMask';
import type { RunOptions } from '../sam/imageEncoder';
import type { FrameMemory } from './network';
import type { FrameView } from './sam2Frames';
import { squareMask } from './squareMasks';
import { squarePoints } from './squarePrompt';

/** Logits of a given mask, for and against. */
const GIVEN_LOGIT = 10;

/**
 * The decoder draws from the mask only to make the object's pointer. An empty mask says that the object is not there.
 * Source: facebookresearch/sam2, sam2/modeling/sam2_base.py, `_use_mask_as_output`.
 */
export async function memoryOfMask(
  { network, image }: Pick<FrameView, 'network' | 'image'>,
  mask: BinaryMask,
  options: RunOptions,
): Promise<{ memory: FrameMemory; runMs: number }> {
  const { imageSize } = network.config;
  const square = squareMask(mask, imageSize);
  const isThere = square.includes(1);
  const prompt = await network.promptOfMask(square, options);
  let runMs = prompt.runMs;
  let pointer = prompt.absentPointer;
  if (isThere) {
    const points = squarePoints({ points: [], box: null }, image.source, imageSize);
    const decoded = await network.decode(
      { image, memory: 'raw', points, maskInput: prompt.maskInput },
      options,
    );
    pointer = decoded.pointer;
    runMs += decoded.runMs;
  }
  const logits = square.map((value) => (value > 0 ? GIVEN_LOGIT : -GIVEN_LOGIT));
  const objectScore = isThere ? GIVEN_LOGIT : -GIVEN_LOGIT;
  const remembered = await network.remember(
    image,
    { logits, side: imageSize, isGiven: true, objectScore },
    options,
  );
  return { memory: { map: remembered.map, pointer }, runMs: runMs + remembered.runMs };
}
