/** Keeps the painting guides where the pointer is. */
import type Konva from 'konva';
import type { ToolId, ViewTransform } from '../../../state/maskflowState';
import type { MaskflowStore } from '../../../state/store';
import { isBrushTool } from '../../tools/brush/brushSize';
import { lastStrokeEnd } from '../../tools/brush/strokeEnd';
import { sourceToStage } from '../viewMath';
import { hoverChannel } from './hover';
import { outlineChannel } from './outline';

const outlineTools: ReadonlySet<ToolId> = new Set(['polygon', 'lasso', 'regionPolygon']);

export type GuideNodes = {
  /** The circle of the brush, from the outside in. */
  readonly rims: readonly Konva.Circle[];
  /** The shape's outline, dark under light. */
  readonly lines: readonly Konva.Line[];
  /** The corner that closes a polygon. */
  readonly first: readonly Konva.Circle[];
};

/** Konva draws what was changed before the next paint. */
export class GuidePen {
  readonly #store: MaskflowStore;
  readonly #nodes: GuideNodes;
  readonly #stops: readonly (() => void)[];
  #view: ViewTransform | null = null;

  constructor(store: MaskflowStore, nodes: GuideNodes) {
    this.#store = store;
    this.#nodes = nodes;
    const draw = (): void => this.#draw();
    this.#stops = [
      hoverChannel.listen(store, draw),
      outlineChannel.listen(store, draw),
      store.subscribe((state, previous) => {
        const isOther =
          state.tool !== previous.tool ||
          state.brushPx !== previous.brushPx ||
          state.shownFrame !== previous.shownFrame ||
          state.footage !== previous.footage;
        if (isOther) {
          draw();
        }
      }),
    ];
  }

  /** Draws the guides for a view of the picture. */
  setView(view: ViewTransform): void {
    this.#view = view;
    this.#draw();
  }

  [Symbol.dispose](): void {
    this.#stops.forEach((stop) => stop());
  }

  #draw(): void {
    if (this.#view) {
      this.#drawBrush(this.#view);
      this.#drawLine(this.#view);
    }
  }

  #drawBrush(view: ViewTransform): void {
    const { tool, brushPx, footage } = this.#store.getState();
    const hover = hoverChannel.get(this.#store);
    const isShown = footage !== null && hover !== null && isBrushTool(tool);
    for (const rim of this.#nodes.rims) {
      rim.visible(isShown);
      if (isShown) {
        rim.position(hover.stage);
        rim.radius((brushPx / 2) * view.scale);
      }
    }
  }

  #drawLine(view: ViewTransform): void {
    const points = this.#linePoints(view);
    for (const line of this.#nodes.lines) {
      line.visible(points.length >= 4);
      line.points(points);
    }
    const outline = this.#outline();
    const isClosable = outline !== null && outline.isOpen;
    for (const first of this.#nodes.first) {
      first.visible(isClosable);
      if (isClosable) {
        first.position({ x: points[0] ?? 0, y: points[1] ?? 0 });
      }
    }
  }

  #outline() {
    const outline = outlineChannel.get(this.#store);
    const { tool, shownFrame } = this.#store.getState();
    const isHere = outline?.frameIndex === shownFrame && outlineTools.has(tool);
    return isHere ? outline : null;
  }

  /** The shape's outline, or with Shift the straight line that a press would paint; x and y in turns, stage pixels. */
  #linePoints(view: ViewTransform): number[] {
    const hover = hoverChannel.get(this.#store);
    const outline = this.#outline();
    const isLine = !outline && hover?.hasShift && isBrushTool(this.#store.getState().tool);
    const from = isLine ? lastStrokeEnd({ store: this.#store }) : null;
    const places = (outline?.points ?? (from ? [from] : [])).map((point) => sourceToStage(view, point));
    const toPointer = (outline?.isOpen || from) && hover ? [hover.stage] : [];
    return [...places, ...toPointer].flatMap(({ x, y }) => [x, y]);
  }
}
