/** Which frames the filmstrip shows, and where: whole steps of frames, so that panning and zooming reuse pictures. */
import { frameToPx, type TimelineScale } from '../timeline/timelineScale';

export type FilmstripSlot = {
  /** Frames its picture may stand for, both included. */
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly leftPx: number;
  readonly widthPx: number;
};

/**
 * Frames for each picture: the power of two that makes a slot about as wide as a picture (between 0.7 and 1.5 times, but
 * never less than one frame).
 */
export function framesPerSlot(pxPerFrame: number, pictureWidthPx: number): number {
  return 2 ** Math.max(Math.round(Math.log2(pictureWidthPx / pxPerFrame)), 0);
}

/** The slots in view from left to right; the last may reach over the end of the clip's width, never over its frames. */
export function filmstripSlots(scale: TimelineScale, pictureWidthPx: number): FilmstripSlot[] {
  const step = framesPerSlot(scale.pxPerFrame, pictureWidthPx);
  const lastInView = Math.min(
    scale.frameCount - 1,
    Math.ceil(scale.firstFrame + scale.widthPx / scale.pxPerFrame) - 1,
  );
  const slots: FilmstripSlot[] = [];
  for (
    let fromFrame = Math.floor(scale.firstFrame / step) * step;
    fromFrame <= lastInView;
    fromFrame += step
  ) {
    const toFrame = Math.min(fromFrame + step, scale.frameCount) - 1;
    const leftPx = frameToPx(scale, fromFrame);
    slots.push({ fromFrame, toFrame, leftPx, widthPx: frameToPx(scale, toFrame + 1) - leftPx });
  }
  return slots;
}

/** The slots in the order in which they are wanted: nearest to the playhead first. */
export function byDistance(slots: readonly FilmstripSlot[], frame: number): FilmstripSlot[] {
  const distance = ({ fromFrame, toFrame }: FilmstripSlot): number =>
    Math.max(fromFrame - frame, frame - toFrame, 0);
  return slots.toSorted((a, b) => distance(a) - distance(b));
}

/** Coarser slots whose picture may stand in until the slot's own is there, finest first. */
export function standIns(slot: FilmstripSlot, count: number): { fromFrame: number; toFrame: number }[] {
  const found: { fromFrame: number; toFrame: number }[] = [];
  for (let step = 2; step < count * 2; step *= 2) {
    const fromFrame = Math.floor(slot.fromFrame / step) * step;
    const toFrame = Math.min(fromFrame + step, count) - 1;
    if (toFrame - fromFrame > slot.toFrame - slot.fromFrame) {
      found.push({ fromFrame, toFrame });
    }
  }
  return found;
}

/** The part of a picture that fills a slot without bending it; a slot wider than the picture is left with margins. */
export function placedPicture(
  picture: { readonly width: number; readonly height: number },
  slot: Pick<FilmstripSlot, 'leftPx' | 'widthPx'>,
  heightPx: number,
): { readonly sourceX: number; readonly sourceWidth: number; readonly x: number; readonly width: number } {
  const fullWidth = (picture.width / picture.height) * heightPx;
  const width = Math.min(slot.widthPx, fullWidth);
  const sourceWidth = (width / fullWidth) * picture.width;
  return {
    sourceX: (picture.width - sourceWidth) / 2,
    sourceWidth,
    x: slot.leftPx + (slot.widthPx - width) / 2,
    width,
  };
}
