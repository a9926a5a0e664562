/** Paints the pictures of the filmstrip; coarser ones stand in for those that are still being made. */
import type { Thumbnails } from '../../app/thumbnails';
import { laneInsetPx } from '../timeline/paintLanes';
import { placedPicture, standIns, type FilmstripSlot } from './filmstripSlots';

type FilmstripPictures = {
  readonly thumbnails: Pick<Thumbnails, 'get'>;
  readonly heightPx: number;
  /** Frames of the clip. */
  readonly count: number;
};

export function paintFilmstrip(
  context: CanvasRenderingContext2D,
  slots: readonly FilmstripSlot[],
  { thumbnails, heightPx, count }: FilmstripPictures,
): void {
  context.imageSmoothingQuality = 'medium';
  context.translate(laneInsetPx, 0);
  for (const slot of slots) {
    const picture = thumbnails.get(slot) ?? firstPicture(slot, count, thumbnails);
    if (picture) {
      const { sourceX, sourceWidth, x, width } = placedPicture(picture, slot, heightPx);
      context.drawImage(picture, sourceX, 0, sourceWidth, picture.height, x, 0, width, heightPx);
    }
  }
}

function firstPicture(
  slot: FilmstripSlot,
  count: number,
  thumbnails: Pick<Thumbnails, 'get'>,
): ImageBitmap | null {
  for (const coarser of standIns(slot, count)) {
    const picture = thumbnails.get(coarser);
    if (picture) {
      return picture;
    }
  }
  return null;
}
