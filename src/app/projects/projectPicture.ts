/** The small picture of a project in the list: its frame with its masks. */
import { forEachSpan } from '../../core/mask/rle';
import { masksOfFrame } from '../../core/track/visibleMasks';
import type { MaskflowState } from '../../state/maskflowState';

const HEIGHT_PX = 90;
const MASK_OPACITY = 0.5;

/** A JPEG of the frame that `bitmap` shows. */
export async function projectPicture(
  bitmap: ImageBitmap,
  { tracks, labels, footage }: Pick<MaskflowState, 'tracks' | 'labels' | 'footage'>,
  frameIndex: number,
): Promise<Blob> {
  const scale = HEIGHT_PX / bitmap.height;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), HEIGHT_PX);
  const context = canvas.getContext('2d');
  if (!context || !footage) {
    throw new Error('there is nothing to draw on');
  }
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  context.scale(canvas.width / footage.width, canvas.height / footage.height);
  context.globalAlpha = MASK_OPACITY;
  const colours = new Map(labels.map(({ objectId, colour }) => [objectId, colour]));
  for (const { objectId, mask } of masksOfFrame(tracks, labels, frameIndex)) {
    context.fillStyle = colours.get(objectId) ?? '#000000';
    context.beginPath();
    forEachSpan(mask.rle, (x, y0, y1) => context.rect(x, y0, 1, y1 - y0));
    context.fill();
  }
  return await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}
