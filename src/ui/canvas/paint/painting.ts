/** One act of painting: collects the pixels it reaches and turns them into masks when it is over. */
import { encodeRleInBox } from '../../../core/edit/boxRle';
import { paintRegion } from '../../../core/edit/paintRegion';
import { polygonMask } from '../../../core/edit/polygonMask';
import { strokeMask, unionBox, type StrokePoint } from '../../../core/edit/strokeMask';
import type { Box, Point, Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { masksOfFrame } from '../../../core/track/visibleMasks';
import type { MaskflowState } from '../../../state/maskflowState';
import type { MaskflowStore } from '../../../state/store';
import { markChangeable } from './changeable';
import { tellLivePaint, type LiveStroke } from './livePaint';
import { paintRequest, type PaintPlan } from './paintPlan';

/** Buffers of the size of the picture, used again and again; between paintings `reached` is all 0. */
type Buffers = { readonly reached: BinaryMask; readonly changeable: Uint8Array };

const buffersOf = new WeakMap<MaskflowStore, Buffers>();
const currentOf = new WeakMap<MaskflowStore, Painting>();

function buffersFor(store: MaskflowStore, { width, height }: Size): Buffers {
  const known = buffersOf.get(store);
  if (known?.reached.width === width && known.reached.height === height) {
    return known;
  }
  const bytes = (): Uint8Array => new Uint8Array(width * height);
  const buffers = { reached: { width, height, data: bytes() }, changeable: bytes() };
  buffersOf.set(store, buffers);
  return buffers;
}

/** Ends with commit or giveUp. One at a time: beginning another gives up the one before. Not shown until it is a stroke. */
export class Painting {
  readonly plan: PaintPlan;
  readonly #store: MaskflowStore;
  readonly #buffers: Buffers;
  readonly #unsubscribe: () => void;
  #box: Box | null = null;
  #live: LiveStroke | null = null;
  #isOver = false;

  constructor(store: MaskflowStore, picture: Size, plan: PaintPlan) {
    currentOf.get(store)?.giveUp();
    this.plan = plan;
    this.#store = store;
    this.#buffers = buffersFor(store, picture);
    currentOf.set(store, this);
    const { footageId } = store.getState().footage ?? {};
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage?.footageId !== footageId) {
        this.giveUp();
      } else if (state.shownFrame !== plan.frameIndex) {
        this.#hide();
      } else if (this.#live && isOtherFrame(state, previous, plan.frameIndex)) {
        // Undone in the middle of a stroke, or drawn anew: the stroke goes on over what is there now.
        this.#hide();
        this.#show();
      }
    });
  }

  /** Passes the brush through points; to go on, begin with the point that came last. Shows it at once. */
  stroke(points: readonly StrokePoint[]): void {
    this.#show();
    const box = strokeMask(this.#buffers.reached, points);
    this.#box = unionBox(this.#box, box);
    if (box && this.#live) {
      tellLivePaint(this.#store, { kind: 'reach', stroke: this.#live, box });
    }
  }

  /** Fills a closed polygon, also where it crosses itself. */
  polygon(points: readonly Point[]): void {
    this.#box = unionBox(this.#box, polygonMask(this.#buffers.reached, points, 'nonZero'));
  }

  /** Takes in the pixels of a mask. */
  region({ data }: BinaryMask, box: Box): void {
    const { data: reached, width } = this.#buffers.reached;
    for (let y = box[1]; y < box[3]; y += 1) {
      reached.set(data.subarray(y * width + box[0], y * width + box[2]), y * width + box[0]);
    }
    this.#box = unionBox(this.#box, box);
  }

  /** Puts the changed masks in place as one step of undo. Returns whether any pixel changed. */
  commit(): boolean {
    if (this.#isOver) {
      return false;
    }
    const { frameIndex, objectId, name } = this.plan;
    const { tracks, labels, commitEdit } = this.#store.getState();
    const region = encodeRleInBox(this.#buffers.reached, this.#box);
    const masks = this.#box
      ? paintRegion({ tracks, labels, frameIndex }, paintRequest(this.plan, region))
      : [];
    this.#unsubscribe();
    if (masks.length > 0) {
      const objectIds = [objectId, ...masks.map(([id]) => id).filter((id) => id !== objectId)];
      const note = { name, objectIds, fromFrame: frameIndex, toFrame: frameIndex };
      commitEdit(note, [{ frameIndex, masks }]);
    }
    // Hidden only now: the masks take over within the same task, so nothing flickers.
    this.#end();
    return masks.length > 0;
  }

  /** Leaves everything as it was. */
  giveUp(): void {
    if (!this.#isOver) {
      this.#end();
    }
  }

  #show(): void {
    const { tracks, labels, shownFrame } = this.#store.getState();
    if (this.#live || shownFrame !== this.plan.frameIndex) {
      return;
    }
    const { reached, changeable } = this.#buffers;
    markChangeable(changeable, reached.width, { tracks, labels, frameIndex: shownFrame }, this.plan);
    this.#live = { plan: this.plan, reached, changeable };
    tellLivePaint(this.#store, { kind: 'begin', stroke: this.#live });
    if (this.#box) {
      tellLivePaint(this.#store, { kind: 'reach', stroke: this.#live, box: this.#box });
    }
  }

  #hide(): void {
    if (this.#live) {
      this.#live = null;
      tellLivePaint(this.#store, { kind: 'end' });
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#unsubscribe();
    this.#hide();
    currentOf.delete(this.#store);
    const { data, width } = this.#buffers.reached;
    const [x0, y0, x1, y1] = this.#box ?? [0, 0, 0, 0];
    for (let y = y0; y < y1; y += 1) {
      data.fill(0, y * width + x0, y * width + x1);
    }
  }
}

/** Whether the masks of a frame changed between two states. */
function isOtherFrame(state: MaskflowState, previous: MaskflowState, frameIndex: number): boolean {
  if (state.tracks === previous.tracks && state.labels === previous.labels) {
    return false;
  }
  const before = masksOfFrame(previous.tracks, previous.labels, frameIndex);
  const now = masksOfFrame(state.tracks, state.labels, frameIndex);
  return now.length !== before.length || now.some(({ mask }, index) => mask !== before[index]!.mask);
}
