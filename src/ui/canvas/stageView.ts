/** The view as it stands on the stage, and the commands that change it from buttons and keys. */
import type { Point, Size } from '../../core/geometry/box';
import type { ViewTransform } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import { centredView, clampView, resolveView, zoomedView } from './viewMath';

export const ZOOM_STEP = 1.25;

/** Only the stage knows its size, but keys and buttons elsewhere need it to zoom about its middle. */
const stageSizes = new WeakMap<MaskflowStore, Size>();

/** Called by the stage whenever its size changes; CSS pixels. */
export function setStageSize(store: MaskflowStore, size: Size): void {
  stageSizes.set(store, size);
}

export type StageView = { readonly picture: Size; readonly stage: Size; readonly view: ViewTransform };

/** Null while there is no footage or no stage. */
export function stageView(store: MaskflowStore): StageView | null {
  const { footage, viewTransform } = store.getState();
  const stage = stageSizes.get(store);
  if (!footage || !stage || stage.width < 1 || stage.height < 1) {
    return null;
  }
  const picture = { width: footage.width, height: footage.height };
  return { picture, stage, view: resolveView(viewTransform, picture, stage) };
}

/** Nearer to the picture's own size than this, a smaller picture would save too little. */
const WORTH_REDUCING = 0.8;

/** How many pixels of the screen the picture covers; null where it has hardly more pixels than that. */
export function seenSize(store: MaskflowStore): Size | null {
  const current = stageView(store);
  const scale = current ? current.view.scale * globalThis.devicePixelRatio : 1;
  if (!current || scale > WORTH_REDUCING) {
    return null;
  }
  const { width, height } = current.picture;
  return {
    width: Math.max(Math.round(width * scale), 1),
    height: Math.max(Math.round(height * scale), 1),
  };
}

export function fitPicture(store: MaskflowStore): void {
  store.getState().setViewTransform(null);
}

/** One source pixel on one CSS pixel, centred. */
export function showActualSize(store: MaskflowStore): void {
  const current = stageView(store);
  if (current) {
    store.getState().setViewTransform(centredView(current.picture, current.stage, 1));
  }
}

/** Zooms by a factor about a stage point, or about the stage's middle. */
export function zoomBy(store: MaskflowStore, factor: number, anchor?: Point): void {
  const current = stageView(store);
  if (current) {
    const { picture, stage, view } = current;
    const middle = { x: stage.width / 2, y: stage.height / 2 };
    store.getState().setViewTransform(zoomedView(view, anchor ?? middle, factor, picture, stage));
  }
}

/** Shifts the view by stage pixels. */
export function panBy(store: MaskflowStore, dx: number, dy: number): void {
  const current = stageView(store);
  if (current) {
    const { picture, stage, view } = current;
    store.getState().setViewTransform(clampView({ ...view, x: view.x + dx, y: view.y + dy }, picture, stage));
  }
}
