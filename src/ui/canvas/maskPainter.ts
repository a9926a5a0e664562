/** Keeps a canvas showing the masks of the shown frame; paints only what changed. */
import { assertNever } from '../../core/base/assert';
import type { Size } from '../../core/geometry/box';
import { masksOfFrame } from '../../core/track/visibleMasks';
import type { MaskflowState } from '../../state/maskflowState';
import type { OverlayKind } from '../../state/slices/displayState';
import { comparedFrame } from '../review/comparedFrame';
import {
  createMaskRaster,
  maskStyleAtScale,
  rasteriseMasks,
  reducedStyle,
  type MaskPicture,
  type MaskRaster,
  type PaintedMask,
} from './maskRaster';

/** Void regions are crossed out, locked ones hatched the other way than competitors. */
const hatchOfRole = { object: 'rising', competitor: 'rising', void: 'crossed', locked: 'falling' } as const;

/** The masks to be painted for a state, bottom first; none for the bare frame. */
export function paintedMasks(
  state: MaskflowState,
  frameIndex: number | null = state.shownFrame,
): PaintedMask[] {
  const { tracks, labels, isBareFrame } = state;
  if (frameIndex === null || isBareFrame) {
    return [];
  }
  const labelOf = new Map(labels.map((label) => [label.objectId, label]));
  return masksOfFrame(tracks, labels, frameIndex).flatMap(({ objectId, mask }) => {
    const label = labelOf.get(objectId);
    return label?.isVisible
      ? [
          {
            rle: mask.rle,
            box: mask.box,
            colour: label.colour,
            isHatched: label.role !== 'object',
            hatch: hatchOfRole[label.role],
          },
        ]
      : [];
  });
}

export type MaskContents = Pick<MaskPicture, 'masks' | 'fillAlpha' | 'isDashed' | 'backdrop'> & {
  /** Left out: outlined. */
  readonly isOutlined?: boolean;
};

/** The masks of the frame; outlines alone where their differences from a version are painted over them. */
export function maskContents(state: MaskflowState): MaskContents {
  const masks = paintedMasks(state);
  if (comparedFrame(state)) {
    return { masks, fillAlpha: 0 };
  }
  return styledContents(masks, state.overlayStyle.kind, state);
}

/** What an overlay style makes of the masks of a frame. The bare frame and a frame not yet shown have no backdrop. */
export function styledContents(
  masks: readonly PaintedMask[],
  kind: OverlayKind,
  { overlayOpacity, isBareFrame, shownFrame }: MaskflowState,
): MaskContents {
  const backdrop = isBareFrame || shownFrame === null ? {} : { backdrop: '#000000' };
  switch (kind) {
    case 'fill':
      return { masks, fillAlpha: overlayOpacity, isOutlined: false };
    case 'outline':
      return { masks, fillAlpha: 0 };
    case 'fillAndOutline':
      return { masks, fillAlpha: overlayOpacity };
    case 'maskedBackground':
      // What competes for pixels is background, too.
      return {
        masks: masks.filter(({ isHatched }) => !isHatched),
        fillAlpha: 0,
        isOutlined: false,
        ...backdrop,
      };
    case 'matte':
      return {
        masks: masks.filter(({ isHatched }) => !isHatched),
        fillAlpha: 1,
        isOutlined: false,
        ...backdrop,
      };
    default:
      return assertNever(kind);
  }
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

  /**
   * Brings the canvas up to date with a state seen at `scale` (stage pixels per source pixel). With `size` it has so many
   * pixels, not more than the footage, in place of one for each pixel of the footage.
   */
  update(state: MaskflowState, scale: number, size?: Size): void {
    if (!state.footage) {
      return;
    }
    const { image, raster } = this.#buffers(state.footage, size ?? state.footage);
    const { isOutlined = true, ...contents } = this.#contentsOf(state);
    const style = reducedStyle(maskStyleAtScale(scale), raster);
    const picture: MaskPicture = {
      ...contents,
      hatchPx: style.hatchPx,
      outlinePx: isOutlined ? style.outlinePx : 0,
    };
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

  #buffers(source: Size, { width, height }: Size): { image: ImageData; raster: MaskRaster } {
    const old = this.#raster;
    const isFitting =
      old?.width === width &&
      old.height === height &&
      old.source.width === source.width &&
      old.source.height === source.height;
    if (this.#image && old && isFitting) {
      return { image: this.#image, raster: old };
    }
    this.#canvas.width = width;
    this.#canvas.height = height;
    const image = new ImageData(width, height);
    const raster = createMaskRaster(width, height, { buffer: image.data.buffer, source });
    this.#image = image;
    this.#raster = raster;
    this.#last = null;
    return { image, raster };
  }
}

function isSamePicture(a: MaskPicture, b: MaskPicture): boolean {
  return (
    a.fillAlpha === b.fillAlpha &&
    a.outlinePx === b.outlinePx &&
    a.hatchPx === b.hatchPx &&
    a.backdrop === b.backdrop &&
    a.isDashed === b.isDashed &&
    a.masks.length === b.masks.length &&
    a.masks.every((mask, place) => {
      const other = b.masks[place];
      return (
        mask.rle === other?.rle &&
        mask.colour === other.colour &&
        mask.isHatched === other.isHatched &&
        mask.hatch === other.hatch
      );
    })
  );
}
