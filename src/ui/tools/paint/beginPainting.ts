/** Begins painting for the active label, or says why that cannot be. */
import type { PaintOrder } from '../../../core/edit/paintRegion';
import { isRegionRole } from '../../../core/label/label';
import type { MaskflowState } from '../../../state/maskflowState';
import { Painting } from '../../canvas/paint/painting';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import { paintText } from '../../text/paintText';
import { labelToPrompt } from '../gesture/beginEdit';
import type { ToolEnv } from '../gesture/toolState';
import type { PaintingToolId } from './paintingTools';

/** What the steps of undo are called. */
const stepNames: Record<PaintingToolId, Record<PaintAction, string>> = {
  brush: { add: 'Brush', remove: 'Erase' },
  eraser: { add: 'Brush', remove: 'Erase' },
  polygon: { add: 'Polygon', remove: 'Erase polygon' },
  lasso: { add: 'Lasso', remove: 'Erase lasso' },
  fill: { add: 'Fill', remove: 'Erase region' },
};

/**
 * Makes a label when there is none to add to, and shows it when it is hidden. Null when nothing could change, which the
 * note for the user then explains.
 */
export function beginPainting(
  env: ToolEnv,
  {
    tool,
    action,
    frameIndex = env.frameIndex,
  }: { tool: PaintingToolId; action: PaintAction; frameIndex?: number },
): Painting | null {
  const { labels, activeObjectId, paintOrder, setPaintNote } = env.store.getState();
  const isForAll = action === 'remove' && erasesAll(env.store.getState());
  const active = labels.find(({ objectId }) => objectId === activeObjectId);
  if (action === 'remove' && !active) {
    setPaintNote(paintText.nothingToErase);
    return null;
  }
  const order = orderFor(paintOrder, labels);
  if (action === 'add' && active && typeof order === 'object' && order.onlyInside === active.objectId) {
    setPaintNote(paintText.insideItself.replace('{label}', () => active.name));
    return null;
  }
  const objectId = labelToPrompt(env);
  return new Painting(env.store, env.picture, {
    frameIndex,
    objectId,
    action,
    order,
    ...(isForAll ? { isForAll } : {}),
    name: isForAll ? `${stepNames[tool].remove}, all labels` : stepNames[tool][action],
  });
}

/** Regions are erased by themselves: they lie over the labels, or under them. */
export function erasesAll({
  labels,
  activeObjectId,
  isErasingAll,
}: Pick<MaskflowState, 'labels' | 'activeObjectId' | 'isErasingAll'>): boolean {
  const active = labels.find(({ objectId }) => objectId === activeObjectId);
  return isErasingAll && !(active && isRegionRole(active.role));
}

/** The order as it counts: one inside a label that was deleted is none. */
export function orderFor(order: PaintOrder, labels: readonly { readonly objectId: unknown }[]): PaintOrder {
  const isGone = typeof order === 'object' && !labels.some(({ objectId }) => objectId === order.onlyInside);
  return isGone ? 'onTop' : order;
}
