/** Draws the stroke under way: only the pixels it has just reached, straight to a canvas. */
import type { Box } from '../../../core/geometry/box';
import type { MaskflowStore } from '../../../state/store';
import { colourWord } from '../maskRaster';
import { onLivePaint, type LiveStroke } from './livePaint';
import { strokeLook } from './strokeLook';

/**
 * While a stroke is under way the canvas holds a copy of the mask canvas beside it, in which reached pixels look
 * like the label or like background; the mask canvas itself is hidden, so that erasing shows.
 */
export class PaintSurface {
  readonly #canvas: HTMLCanvasElement;
  readonly #store: MaskflowStore;
  readonly #context: CanvasRenderingContext2D;
  /** Holds the reached pixels of one step, opaque; grows as needed. */
  readonly #stencil = new OffscreenCanvas(1, 1);
  readonly #stop: () => void;
  #colour = 0;
  #alpha = 0;

  constructor(canvas: HTMLCanvasElement, store: MaskflowStore) {
    const context = canvas.getContext('2d');
    if (!context) {
      throw new TypeError('the paint canvas must allow a 2d context');
    }
    this.#canvas = canvas;
    this.#store = store;
    this.#context = context;
    this.#stop = onLivePaint(store, (event) => {
      if (event.kind === 'begin') {
        this.#begin(event.stroke);
      } else if (event.kind === 'reach') {
        this.#reach(event.stroke, event.box);
      } else {
        this.#setShown(false);
      }
    });
  }

  [Symbol.dispose](): void {
    this.#stop();
    this.#setShown(false);
  }

  #begin({ plan, reached }: LiveStroke): void {
    const look = strokeLook(this.#store.getState(), plan);
    this.#colour = colourWord(look.colour, 1);
    this.#alpha = look.alpha;
    const canvas = this.#canvas;
    if (canvas.width !== reached.width || canvas.height !== reached.height) {
      canvas.width = reached.width;
      canvas.height = reached.height;
    }
    const context = this.#context;
    context.globalAlpha = 1;
    context.globalCompositeOperation = 'copy';
    const masks = canvas.parentElement?.querySelector<HTMLCanvasElement>('[data-testid="mask-layer"]');
    if (masks && masks.width === canvas.width && masks.height === canvas.height) {
      context.drawImage(masks, 0, 0);
    } else {
      context.clearRect(0, 0, canvas.width, canvas.height);
    }
    this.#setShown(true);
  }

  #reach(stroke: LiveStroke, box: Box): void {
    const [x, y] = box;
    const width = box[2] - x;
    const height = box[3] - y;
    this.#fillStencil(stroke, box);
    const context = this.#context;
    // Pixels that were reached before are cleared as well, so that a second pass does not make them stronger.
    for (const [operation, alpha] of [
      ['destination-out', 1],
      ['source-over', this.#alpha],
    ] as const) {
      if (alpha > 0) {
        context.globalCompositeOperation = operation;
        context.globalAlpha = alpha;
        context.drawImage(this.#stencil, 0, 0, width, height, x, y, width, height);
      }
    }
  }

  #fillStencil({ reached, changeable }: LiveStroke, [x0, y0, x1, y1]: Box): void {
    const image = new ImageData(x1 - x0, y1 - y0);
    const words = new Uint32Array(image.data.buffer);
    let at = 0;
    for (let y = y0; y < y1; y += 1) {
      const end = y * reached.width + x1;
      for (let index = y * reached.width + x0; index < end; index += 1) {
        if (reached.data[index] === 1 && changeable[index] === 1) {
          words[at] = this.#colour;
        }
        at += 1;
      }
    }
    const stencil = this.#stencil;
    if (stencil.width < image.width || stencil.height < image.height) {
      stencil.width = Math.max(stencil.width, image.width);
      stencil.height = Math.max(stencil.height, image.height);
    }
    stencil.getContext('2d')?.putImageData(image, 0, 0);
  }

  #setShown(isShown: boolean): void {
    this.#canvas.parentElement?.toggleAttribute('data-painting', isShown);
  }
}
