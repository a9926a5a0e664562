/** Brings imported masks to the footage's size. */
import { cancelledError } from '../../core/base/errors';
import type { Size } from '../../core/geometry/box';
import type { ImportedPicture } from '../../core/import/importSource';
import { scaleRle } from '../../core/import/scaleRle';
import type { ImportProgress } from './importProtocol';

/** Nearest neighbour; probabilities lie on a grid over the whole picture and stay as they are. */
export async function scalePictures(
  pictures: readonly ImportedPicture[],
  size: Size,
  { onProgress, signal }: { onProgress: (progress: ImportProgress) => void; signal: AbortSignal },
): Promise<ImportedPicture[]> {
  const scaled: ImportedPicture[] = [];
  for (const picture of pictures) {
    // Lets a cancel message in.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal.aborted) {
      throw cancelledError();
    }
    const masks = picture.masks.map((mask) => ({ ...mask, rle: scaleRle(mask.rle, size) }));
    scaled.push({ ...picture, size, masks: masks.filter(({ rle }) => rle.counts.length > 1) });
    onProgress({ done: scaled.length, total: pictures.length });
  }
  return scaled;
}
