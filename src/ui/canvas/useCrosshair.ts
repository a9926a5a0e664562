/** Prompting without a mouse: a crosshair moved by the arrow keys, pressed with Enter. */
import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { Point } from '../../core/geometry/box';
import type { ToolId } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import type { StagePointer, ToolHost } from '../tools/toolHost';
import { hoverChannel } from './paint/hover';
import { panBy, stageView } from './stageView';
import { sourceToStage, stageToSource } from './viewMath';

/** One press of an arrow key, in stage pixels; with Shift it is one source pixel. */
const STEP_PX = 10;
const EDGE_PX = 24;

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export type CrosshairControl = {
  /** Source pixels; null while it is put away. */
  readonly crosshair: Point | null;
  /** Whether the stage was reached, and is used, by keyboard. The browser's own guess changes with any key. */
  readonly isByKeyboard: boolean;
  readonly handlers: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
    readonly onPointerDown: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  };
};

type State = Pick<CrosshairControl, 'crosshair' | 'isByKeyboard'>;

const away: State = { crosshair: null, isByKeyboard: false };

export function useCrosshair(store: MaskflowStore, host: ToolHost): CrosshairControl {
  const [state, setState] = useState<State>(away);
  const putAway = (): void => setState(away);
  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    // A click focuses the stage too, but then the mouse points; the arrow keys go on stepping frames.
    if (event.currentTarget.matches(':focus-visible')) {
      setState({ crosshair: middleOfView(store), isByKeyboard: true });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = crosshairAfterKey(store, host, state.crosshair, event);
    if (next !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      setState({ crosshair: next, isByKeyboard: true });
    }
  };
  return { ...state, handlers: { onFocus, onBlur: putAway, onPointerDown: putAway, onKeyDown } };
}

/** The crosshair after a key; undefined when the key is not for it. */
function crosshairAfterKey(
  store: MaskflowStore,
  host: ToolHost,
  crosshair: Point | null,
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>,
): Point | null | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return undefined;
  }
  if (event.key === 'Enter') {
    const at = crosshair ?? middleOfView(store);
    if (crosshair) {
      press(store, host, crosshair);
    }
    return at;
  }
  const direction = arrows[event.key];
  if (crosshair && direction) {
    return moved(store, host, crosshair, direction, event.shiftKey);
  }
  return crosshair && event.key === 'Escape' ? null : undefined;
}

/** Tools whose drag begins with one press of the key and ends with the next; the others press and let go at once. */
const dragTools: ReadonlySet<ToolId> = new Set([
  'select',
  'box',
  'brush',
  'eraser',
  'lasso',
  'scaleLine',
  'axes',
  'regionBox',
]);

function press(store: MaskflowStore, host: ToolHost, crosshair: Point): void {
  const pointer = pointerAt(store, crosshair);
  const { tool } = store.getState();
  if (!pointer || tool === 'pan') {
    return;
  }
  if (host.isBusy) {
    host.pointerUp(pointer);
  } else {
    host.pointerDown(pointer);
    if (!dragTools.has(tool)) {
      host.pointerUp(pointer);
    }
  }
}

function moved(
  store: MaskflowStore,
  host: ToolHost,
  crosshair: Point,
  direction: Point,
  isFine: boolean,
): Point {
  const current = stageView(store);
  if (!current) {
    return crosshair;
  }
  const { picture, view } = current;
  const step = isFine ? 1 : STEP_PX / view.scale;
  const next = {
    x: Math.min(Math.max(crosshair.x + direction.x * step, 0), picture.width),
    y: Math.min(Math.max(crosshair.y + direction.y * step, 0), picture.height),
  };
  keepInView(store, next);
  const pointer = pointerAt(store, next);
  if (pointer) {
    hoverChannel.set(store, { stage: pointer.stage, hasShift: false });
    host.pointerMove(pointer);
  }
  return next;
}

function keepInView(store: MaskflowStore, crosshair: Point): void {
  const current = stageView(store);
  if (current) {
    const { x, y } = sourceToStage(current.view, crosshair);
    const { width, height } = current.stage;
    const dx = Math.max(EDGE_PX - x, 0) + Math.min(width - EDGE_PX - x, 0);
    const dy = Math.max(EDGE_PX - y, 0) + Math.min(height - EDGE_PX - y, 0);
    // A fitted picture may reach into the margin; only a crosshair off the stage is worth moving the view for.
    if ((dx !== 0 || dy !== 0) && (x < 0 || y < 0 || x > width || y > height)) {
      panBy(store, dx, dy);
    }
  }
}

function pointerAt(store: MaskflowStore, crosshair: Point): StagePointer | null {
  const current = stageView(store);
  return current ? { stage: sourceToStage(current.view, crosshair), button: 0, reachPx: 10 } : null;
}

function middleOfView(store: MaskflowStore): Point | null {
  const current = stageView(store);
  if (!current) {
    return null;
  }
  const { stage, view, picture } = current;
  const { x, y } = stageToSource(view, { x: stage.width / 2, y: stage.height / 2 });
  return {
    x: Math.round(Math.min(Math.max(x, 0), picture.width)),
    y: Math.round(Math.min(Math.max(y, 0), picture.height)),
  };
}
