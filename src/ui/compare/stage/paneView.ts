/** Where the picture lies in one of two panes: what the stage shows, made smaller about the middle. */
import type { Point, Size } from '../../../core/geometry/box';
import type { ViewTransform } from '../../../state/maskflowState';
import { fitView } from '../../canvas/viewMath';

/** Two panes beside each other, of this size each. */
export function paneSize(stage: Size): Size {
  return { width: Math.floor(stage.width / 2), height: stage.height };
}

/** How much smaller things are in a pane than on the stage: what fits the stage fits the pane. */
export function paneRatio(picture: Size, stage: Size): number {
  return fitView(picture, paneSize(stage)).scale / fitView(picture, stage).scale;
}

/** The view of a pane that has in its middle what the stage's view has in its own. */
export function paneView(view: ViewTransform, picture: Size, stage: Size): ViewTransform {
  const ratio = paneRatio(picture, stage);
  const pane = paneSize(stage);
  return {
    scale: view.scale * ratio,
    x: pane.width / 2 - (stage.width / 2 - view.x) * ratio,
    y: pane.height / 2 - (stage.height / 2 - view.y) * ratio,
  };
}

/** The stage point that a point of the cover stands for while there are two panes. */
export function stagePointOf(point: Point, picture: Size, stage: Size): Point {
  const ratio = paneRatio(picture, stage);
  const pane = paneSize(stage);
  const x = point.x >= pane.width ? point.x - pane.width : point.x;
  return {
    x: stage.width / 2 + (x - pane.width / 2) / ratio,
    y: stage.height / 2 + (point.y - pane.height / 2) / ratio,
  };
}
