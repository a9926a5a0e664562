/** How source pixels map to stage pixels: fit, zoom to a point, clamp. */
import type { Point, Size } from '../../core/geometry/box';
import type { ViewTransform } from '../../state/maskflowState';

/** Free space around a fitted picture, in stage pixels. */
export const FIT_MARGIN_PX = 16;
/** How much of the picture always stays on the stage, in stage pixels on each axis (all of it when it is smaller). */
export const MIN_VISIBLE_PX = 48;
export const MAX_SCALE = 32;

/** The view that shows the whole picture, centred with a margin. */
export function fitView(picture: Size, stage: Size): ViewTransform {
  const room = {
    width: Math.max(stage.width - 2 * FIT_MARGIN_PX, 1),
    height: Math.max(stage.height - 2 * FIT_MARGIN_PX, 1),
  };
  const scale = Math.min(room.width / picture.width, room.height / picture.height, MAX_SCALE);
  return centredView(picture, stage, scale);
}

/** The view with the picture's middle in the stage's middle. */
export function centredView(picture: Size, stage: Size, scale: number): ViewTransform {
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  };
}

export function resolveView(view: ViewTransform | null, picture: Size, stage: Size): ViewTransform {
  return view ?? fitView(picture, stage);
}

export function sourceToStage(view: ViewTransform, point: Point): Point {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

export function stageToSource(view: ViewTransform, point: Point): Point {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** Changes the scale so that the source point under `anchor` (stage pixels) stays under it. */
export function scaledAt(view: ViewTransform, anchor: Point, scale: number): ViewTransform {
  const under = stageToSource(view, anchor);
  return { scale, x: anchor.x - under.x * scale, y: anchor.y - under.y * scale };
}

/** The nearest allowed scale: from half the fitting one (or 1:2, whichever is smaller) up to MAX_SCALE. */
export function clampScale(scale: number, picture: Size, stage: Size): number {
  const smallest = Math.min(fitView(picture, stage).scale / 2, 0.5);
  return Math.min(Math.max(scale, smallest), MAX_SCALE);
}

/** Moves the view so little that the picture cannot be lost outside the stage. */
export function clampView(view: ViewTransform, picture: Size, stage: Size): ViewTransform {
  return {
    scale: view.scale,
    x: clampOffset(view.x, picture.width * view.scale, stage.width),
    y: clampOffset(view.y, picture.height * view.scale, stage.height),
  };
}

function clampOffset(offset: number, pictureLength: number, stageLength: number): number {
  const visible = Math.min(MIN_VISIBLE_PX, pictureLength, stageLength);
  return Math.min(Math.max(offset, visible - pictureLength), stageLength - visible);
}

/** Zooms by a factor about a stage point, within the limits. */
export function zoomedView(
  view: ViewTransform,
  anchor: Point,
  factor: number,
  picture: Size,
  stage: Size,
): ViewTransform {
  const scale = clampScale(view.scale * factor, picture, stage);
  return clampView(scaledAt(view, anchor, scale), picture, stage);
}

/** The factor of one wheel event; a pinch on a track pad arrives as a wheel with the control key down. */
export function wheelFactor(event: { deltaY: number; deltaMode: number; ctrlKey: boolean }): number {
  const linePx = 16;
  const pagePx = 400;
  const unit = event.deltaMode === 1 ? linePx : event.deltaMode === 2 ? pagePx : 1;
  const deltaPx = Math.min(Math.max(event.deltaY * unit, -240), 240);
  return Math.exp(-deltaPx * (event.ctrlKey ? 0.01 : 0.002));
}

type Pair = readonly [Point, Point];

function spread([a, b]: Pair): number {
  return Math.max(Math.hypot(a.x - b.x, a.y - b.y), 1);
}

function middle([a, b]: Pair): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** The view after two fingers moved: what was under each stays under it as nearly as scaling and moving allow. */
export function pinchedView(
  view: ViewTransform,
  before: Pair,
  after: Pair,
  picture: Size,
  stage: Size,
): ViewTransform {
  const from = middle(before);
  const to = middle(after);
  const scale = clampScale((view.scale * spread(after)) / spread(before), picture, stage);
  const zoomed = scaledAt(view, from, scale);
  return clampView({ scale, x: zoomed.x + to.x - from.x, y: zoomed.y + to.y - from.y }, picture, stage);
}
