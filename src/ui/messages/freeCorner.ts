/** Which corner of the canvas messages can lie in without covering prompts. */
import type { Box, Point } from '../../core/geometry/box';
import type { MaskflowState } from '../../state/maskflowState';
import { isPaintingTool } from '../tools/paint/paintingTools';

/** In the order in which they are tried. */
export const corners = ['bottomLeft', 'bottomRight', 'topLeft', 'topRight'] as const;

export type Corner = (typeof corners)[number];

/** How near to the messages a prompt may be: its glyph has a size. */
const GLYPH_PX = 14;

/** The first corner whose place covers fewest of `points`; both in one system of coordinates. */
export function freeCorner(places: Partial<Record<Corner, Box>>, points: readonly Point[]): Corner {
  let best: Corner = 'bottomLeft';
  let fewest = Infinity;
  for (const corner of corners) {
    const place = places[corner];
    const covered = place ? points.filter((point) => isNear(place, point)).length : Infinity;
    if (covered < fewest) {
      [best, fewest] = [corner, covered];
    }
  }
  return best;
}

/** The settings of painting tools lie along the upper edge, and the names of sets that are compared. */
export function isUpperEdgeFree({
  tool,
  comparison,
}: Pick<MaskflowState, 'tool'> & {
  readonly comparison: Pick<MaskflowState['comparison'], 'view'>;
}): boolean {
  return !isPaintingTool(tool) && comparison.view === 'normal';
}

function isNear([x0, y0, x1, y1]: Box, { x, y }: Point): boolean {
  return x > x0 - GLYPH_PX && x < x1 + GLYPH_PX && y > y0 - GLYPH_PX && y < y1 + GLYPH_PX;
}
