/** Keeps two canvases showing the same masks: one at source resolution, one as small as the picture is seen. */
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import { MaskPainter, type MaskContents } from './maskPainter';
import { showOneOf } from './reducedCanvas';
import { seenSize, stageView } from './stageView';

type MaskSource = {
  readonly store: MaskflowStore;
  readonly contentsOf: (state: MaskflowState) => MaskContents;
};

/** Only the one that is shown is kept up to date: the small one while the shown picture is a reduced one. */
export class MaskCanvases {
  readonly #store: MaskflowStore;
  readonly #show: (isReduced: boolean) => void;
  readonly #whole: MaskPainter;
  readonly #reduced: MaskPainter;

  constructor(whole: HTMLCanvasElement, reduced: HTMLCanvasElement, { store, contentsOf }: MaskSource) {
    this.#store = store;
    this.#show = (isReduced) => showOneOf(whole, reduced, isReduced);
    reduced.hidden = true;
    this.#whole = new MaskPainter(whole, contentsOf);
    this.#reduced = new MaskPainter(reduced, contentsOf);
    this.update();
  }

  /** `scale`: stage pixels per source pixel. */
  update(scale = this.#scale()): void {
    const state = this.#store.getState();
    // Also where the view was magnified since the reduced picture was painted: its masks come with the whole one.
    const size = state.isShownReduced ? seenSize(this.#store) : null;
    if (state.isShownReduced) {
      this.#reduced.update(state, scale, size ?? undefined);
    } else {
      this.#whole.update(state, scale);
    }
    this.#show(state.isShownReduced);
  }

  /** For who reads the canvas at source resolution while the other one is shown. */
  updateWhole(): void {
    this.#whole.update(this.#store.getState(), this.#scale());
  }

  #scale(): number {
    return stageView(this.#store)?.view.scale ?? 1;
  }
}
