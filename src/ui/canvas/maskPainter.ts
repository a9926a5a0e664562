/** Keeps a canvas showing the masks of the shown frame; paints only what changed. */
import { masksOfFrame } from '../../core/track/visibleMasks';
import type { MaskflowState } from '../../state/maskflowState';
import { comparedFrame } from '../review/comparedFrame';
import {
  createMaskRaster,
  maskStyleAtScale,
  rasteriseMasks,
  type MaskPicture,
  type MaskRaster,
  type PaintedMask,
} from './maskRaster';

/** The masks to be painted for a state, bottom first; none for the bare frame. */
export function paintedMasks(state: MaskflowState): PaintedMask[] {
  const { tracks, labels, shownFrame, isBareFrame } = state;
  if (shownFrame === null || isBareFrame) {
    return [];
  }
  const labelOf = new Map(labels.map((label) => [label.objectId, label]));
  return masksOfFrame(tracks, labels, shownFrame).flatMap(({ objectId, mask }) => {
    const label = labelOf.get(objectId);
    return label?.isVisible
      ? [{ rle: mask.rle, box: mask.box, colour: label.colour, isHatched: label.role === 'competitor' }]
      : [];
  });
}

export type MaskContents = Pick<MaskPicture, 'masks' | 'fillAlpha'>;

/** The masks of the frame; outlines alone where their differences from a version are painted over them. */
function maskContents(state: MaskflowState): MaskContents {
  const fillAlpha = comparedFrame(state) ? 0 : state.overlayOpacity;
  return { masks: paintedMasks(state), fillAlpha };
}

export class MaskPainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #contentsOf: (state: MaskflowState) => MaskContents;
  #image: ImageData | null = null;
  #raster: MaskRaster | null = null;
  #last: MaskPicture | null = null;

  /** `contentsOf` must give the same runs again for the same masks: what changed is told by them. */
  constructor(canvas: HTMLCanvasElement, contentsOf = maskContents) {
    const context = canvas.getContext('2d');
    if (!context) {
      throw new TypeError('the mask canvas must allow a 2d context');
    }
    this.#canvas = canvas;
    this.#context = context;
    this.#contentsOf = contentsOf;
  }

  /** Brings the canvas up to date with a state seen at `scale` (stage pixels per source pixel). */
  update(state: MaskflowState, scale: number): void {
    if (!state.footage) {
      return;
    }
    const { width, height } = state.footage;
    const { image, raster } = this.#buffers(width, height);
    const picture: MaskPicture = { ...this.#contentsOf(state), ...maskStyleAtScale(scale) };
    if (this.#last && isSamePicture(this.#last, picture)) {
      return;
    }
    this.#last = picture;
    const touched = rasteriseMasks(raster, picture);
    if (touched) {
      const [x0, y0, x1, y1] = touched;
      this.#context.putImageData(image, 0, 0, x0, y0, x1 - x0, y1 - y0);
    }
  }

  #buffers(width: number, height: number): { image: ImageData; raster: MaskRaster } {
    if (!this.#image || !this.#raster || this.#image.width !== width || this.#image.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#image = new ImageData(width, height);
      this.#raster = createMaskRaster(width, height, this.#image.data.buffer);
      this.#last = null;
    }
    return { image: this.#image, raster: this.#raster };
  }
}

function isSamePicture(a: MaskPicture, b: MaskPicture): boolean {
  return (
    a.fillAlpha === b.fillAlpha &&
    a.outlinePx === b.outlinePx &&
    a.hatchPx === b.hatchPx &&
    a.masks.length === b.masks.length &&
    a.masks.every((mask, place) => {
      const other = b.masks[place];
      return mask.rle === other?.rle && mask.colour === other.colour && mask.isHatched === other.isHatched;
    })
  );
}
