/** Mouse, touch and pen events of the stage, handed to the tool in hand; two fingers zoom and pan. */
import type { Point } from '../../core/geometry/box';
import type { MaskflowStore } from '../../state/store';
import { isBrushTool, scaleBrush } from '../tools/brush/brushSize';
import type { StagePointer, ToolHost, TrailPoint } from '../tools/toolHost';
import { hoverChannel } from './paint/hover';
import { panBy, stageView, zoomBy } from './stageView';
import { pinchedView, wheelFactor } from './viewMath';

const reachPx: Record<string, number> = { mouse: 10, pen: 14, touch: 22 };

export class StagePointers {
  readonly #element: HTMLElement;
  readonly #store: MaskflowStore;
  readonly #host: ToolHost;
  readonly #fingers = new Map<number, Point>();
  readonly #listeners = new AbortController();
  #activePointer: number | null = null;
  #isPinching = false;
  #isSpaceHeld = false;
  #hasSpacePanned = false;

  constructor(element: HTMLElement, store: MaskflowStore, host: ToolHost) {
    this.#element = element;
    this.#store = store;
    this.#host = host;
    const { signal } = this.#listeners;
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    element.addEventListener('pointermove', (event) => this.#move(event), { signal });
    element.addEventListener('pointerup', (event) => this.#up(event), { signal });
    element.addEventListener('pointercancel', (event) => this.#lose(event), { signal });
    element.addEventListener('pointerleave', () => hoverChannel.set(store, null), { signal });
    element.addEventListener('mousedown', (event) => preventAutoscroll(event), { signal });
    element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    // Captured, so that a space bar that panned is taken away before it plays or pauses.
    window.addEventListener('keydown', (event) => this.#keyDown(event), { signal, capture: true });
    window.addEventListener('keyup', (event) => this.#keyUp(event), { signal, capture: true });
    window.addEventListener('blur', () => this.#releaseSpace(), { signal });
  }

  [Symbol.dispose](): void {
    this.#listeners.abort();
    this.#host.cancel();
    hoverChannel.set(this.#store, null);
  }

  #stagePoint(event: MouseEvent): Point {
    const rect = this.#element.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  }

  #pointer(event: PointerEvent): StagePointer {
    const rect = this.#element.getBoundingClientRect();
    return {
      stage: { x: event.clientX - rect.left, y: event.clientY - rect.top },
      button: event.button,
      reachPx: reachPx[event.pointerType] ?? 10,
      trail: trailOf(event, rect),
      hasShift: event.shiftKey,
      hasAlt: event.altKey,
    };
  }

  #down(event: PointerEvent): void {
    if (event.pointerType === 'touch') {
      this.#fingers.set(event.pointerId, this.#stagePoint(event));
      if (this.#fingers.size === 2) {
        this.#host.cancel();
        this.#activePointer = null;
        this.#isPinching = true;
      }
    }
    if (this.#isPinching || this.#activePointer !== null) {
      return;
    }
    this.#capture(event.pointerId);
    this.#activePointer = event.pointerId;
    this.#hasSpacePanned ||= this.#isSpaceHeld;
    const pointer = this.#pointer(event);
    this.#host.pointerDown(pointer, event.button === 1 || this.#isSpaceHeld);
    this.#showCursor(pointer);
  }

  #capture(pointerId: number): void {
    try {
      this.#element.setPointerCapture(pointerId);
    } catch {
      // The pointer has gone already; its up or cancel event is on its way.
    }
  }

  #move(event: PointerEvent): void {
    if (this.#isPinching) {
      this.#pinch(event);
    } else if (this.#activePointer === null || event.pointerId === this.#activePointer) {
      const pointer = this.#pointer(event);
      hoverChannel.set(this.#store, { stage: pointer.stage, hasShift: event.shiftKey });
      this.#host.pointerMove(pointer);
      this.#showCursor(pointer);
    }
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    this.#isPinching &&= this.#fingers.size > 0;
    if (event.pointerId === this.#activePointer) {
      this.#activePointer = null;
      const pointer = this.#pointer(event);
      this.#host.pointerUp(pointer);
      this.#showCursor(pointer);
    }
  }

  #lose(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    this.#isPinching &&= this.#fingers.size > 0;
    if (event.pointerId === this.#activePointer) {
      this.#activePointer = null;
      this.#host.cancel();
    }
  }

  #pinch(event: PointerEvent): void {
    const before = [...this.#fingers.values()];
    if (!this.#fingers.has(event.pointerId)) {
      return;
    }
    this.#fingers.set(event.pointerId, this.#stagePoint(event));
    const after = [...this.#fingers.values()];
    const current = stageView(this.#store);
    const [a, b] = before;
    const [c, d] = after;
    if (current && a && b && c && d) {
      const view = pinchedView(current.view, [a, b], [c, d], current.picture, current.stage);
      this.#store.getState().setViewTransform(view);
    }
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const { tool } = this.#store.getState();
    if (event.altKey && !event.ctrlKey && isBrushTool(tool)) {
      scaleBrush(this.#store, wheelFactor(event));
    } else if (event.shiftKey && !event.ctrlKey) {
      panBy(this.#store, -event.deltaX, -event.deltaY);
    } else {
      zoomBy(this.#store, wheelFactor(event), this.#stagePoint(event));
    }
  }

  #showCursor(pointer: StagePointer): void {
    const isIdleSpace = this.#isSpaceHeld && !this.#host.isBusy;
    this.#element.style.cursor = isIdleSpace ? 'grab' : this.#host.cursor(pointer);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && (this.#host.isBusy || this.#host.isUnfinished)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#activePointer = null;
      this.#host.cancel();
    } else if (this.#host.isUnfinished && !this.#host.isBusy && this.#takeShapeKey(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.code === 'Space' && !event.repeat) {
      this.#isSpaceHeld = true;
      this.#hasSpacePanned = false;
    }
  }

  /**
   * Keys of an unfinished shape come before what they mean elsewhere, unless the focus is on something else. With the
   * crosshair Enter goes on placing points.
   */
  #takeShapeKey(event: KeyboardEvent): boolean {
    const isHere = document.activeElement === document.body || document.activeElement === this.#element;
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (event.key === 'Backspace' || event.key === 'Delete' || isUndo) {
      return isHere && this.#host.shapeKey('removeLast');
    }
    const isFinish = event.key === 'Enter' && !event.ctrlKey && !('keyboard' in this.#element.dataset);
    return isFinish && isHere && this.#host.shapeKey('finish');
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.code === 'Space') {
      if (this.#hasSpacePanned) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      this.#releaseSpace();
    }
  }

  #releaseSpace(): void {
    this.#isSpaceHeld = false;
    this.#hasSpacePanned = false;
  }
}

/** Browsers send moves once for each screen refresh; where a fast pointer was in between is in this list. */
function trailOf(event: PointerEvent, rect: DOMRect): TrailPoint[] {
  // Older Safari does not tell, and no browser does where the page is not secure.
  const canTell = event.type === 'pointermove' && 'getCoalescedEvents' in event;
  const passed = canTell ? event.getCoalescedEvents() : [];
  return (passed.length > 0 ? passed : [event]).map(({ clientX, clientY, pointerType, pressure }) => ({
    stage: { x: clientX - rect.left, y: clientY - rect.top },
    // A pen that is lifted tells 0, which is no pressure to paint with.
    pressure: pointerType === 'pen' && pressure > 0 ? pressure : null,
  }));
}

/** A middle press would start the browser's own scrolling. */
function preventAutoscroll(event: MouseEvent): void {
  if (event.button === 1) {
    event.preventDefault();
  }
}
