/** Fills the region under a pointer: enclosed background, or a piece of another label. */
import { floodFill } from '../../../core/edit/floodFill';
import { isRegionRole } from '../../../core/label/label';
import { maskBox } from '../../../core/mask/binaryMask';
import type { Box, Size } from '../../../core/geometry/box';
import { composeLabelMap, type LabelMap } from '../../../core/mask/labelMap';
import { masksOfFrame } from '../../../core/track/visibleMasks';
import type { MaskflowState } from '../../../state/maskflowState';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import { paintText } from '../../text/paintText';
import type { ToolEnv, ToolPointer } from '../gesture/toolState';
import { beginPainting, erasesAll } from '../paint/beginPainting';
import { endPainting } from '../paint/endPainting';

/** Removing works on the piece of the active label under the pointer. Says why when there is nothing to fill. */
export function fillAt(pointer: ToolPointer, env: ToolEnv, action: PaintAction): void {
  const { store, picture } = env;
  const x = Math.floor(pointer.source.x);
  const y = Math.floor(pointer.source.y);
  const note = (text: string): void => store.getState().setPaintNote(text);
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) {
    note(paintText.outsidePicture);
    return;
  }
  const state = store.getState();
  const { map, own } = seenMap(state, env);
  const under = map.data[y * picture.width + x]!;
  const name = state.labels.find(({ objectId }) => objectId === state.activeObjectId)?.name ?? '';
  if (action === 'add' && under === own && own !== 0) {
    note(paintText.fillIsOwn.replace('{label}', () => name));
    return;
  }
  const isForAll = erasesAll(state);
  if (action === 'remove' && own !== 0 && (isForAll ? under === 0 : under !== own)) {
    const text = isForAll ? paintText.nothingErasedOfAll : paintText.nothingErased;
    note(text.replace('{label}', () => name));
    return;
  }
  const region = floodFill(map, x, y);
  const box = maskBox(region);
  if (action === 'add' && under === 0 && box && touchesEdge(box, picture) && !pointer.hasShift) {
    note(paintText.fillReachesEdge);
    return;
  }
  const painting = box && beginPainting(env, { tool: 'fill', action });
  if (painting) {
    painting.region(region, box);
    endPainting(store, painting);
  }
}

/**
 * Who is seen where: each label's 1-based place in the list, 0 for background; and the number of the active label.
 * While an object is active, regions stop the fill; while a region is, other labels and their outlines are told apart too.
 */
function seenMap(
  { tracks, labels, activeObjectId }: MaskflowState,
  env: ToolEnv,
): { map: LabelMap; own: number } {
  const numberOf = new Map(labels.map(({ objectId }, place) => [objectId, place + 1]));
  const active = labels.find(({ objectId }) => objectId === activeObjectId);
  const masks = masksOfFrame(tracks, labels, env.frameIndex).map(({ objectId, mask }) => ({
    number: numberOf.get(objectId) ?? 0,
    rle: mask.rle,
  }));
  const isRegion = active !== undefined && isRegionRole(active.role);
  const own = active ? (numberOf.get(active.objectId) ?? 0) : 0;
  // An active region may lie under another one; it must be found where it is.
  const ordered = isRegion
    ? [...masks.filter(({ number }) => number !== own), ...masks.filter(({ number }) => number === own)]
    : masks;
  return { map: composeLabelMap(env.picture, ordered), own };
}

function touchesEdge([x0, y0, x1, y1]: Box, { width, height }: Size): boolean {
  return x0 === 0 || y0 === 0 || x1 === width || y1 === height;
}
