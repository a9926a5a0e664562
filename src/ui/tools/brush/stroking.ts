/** The brush is down: every place the pointer passes is painted. */
import type { StrokePoint } from '../../../core/edit/strokeMask';
import type { Painting } from '../../canvas/paint/painting';
import type { ToolState } from '../gesture/toolState';
import { endPainting } from '../paint/endPainting';
import { rememberStrokeEnd } from './strokeEnd';
import { strokePoints } from './strokePoints';

export type StrokingOptions = {
  readonly painting: Painting;
  /** Where the stroke is by now. */
  readonly last: StrokePoint;
  /** Whether it is painted by a pen that tells its pressure. */
  readonly isPen: boolean;
  readonly home: ToolState;
};

/** Belongs to the frame it began on: another one on show ends it. */
export function stroking({ painting, last, isPen, home }: StrokingOptions): ToolState {
  let end = last;
  const state: ToolState = {
    name: 'stroking',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: (pointer, env) => {
      if (env.frameIndex !== painting.plan.frameIndex) {
        endPainting(env.store, painting);
        return home;
      }
      const points = strokePoints(pointer, env);
      const hasMoved = points.some(({ x, y }) => x !== end.x || y !== end.y);
      if (hasMoved) {
        // A pen that is lifted tells no pressure any more; the stroke ends as thick as it was.
        const isLifted = isPen && pointer.path.every(({ pressure }) => pressure === null);
        const drawn = isLifted ? points.map((point) => ({ ...point, radiusPx: end.radiusPx })) : points;
        painting.stroke([end, ...drawn]);
        end = drawn.at(-1)!;
      }
      return state;
    },
    pointerUp: (_pointer, env) => {
      endPainting(env.store, painting);
      rememberStrokeEnd(env, end);
      return home;
    },
    cancel: () => {
      painting.giveUp();
      return home;
    },
  };
  return state;
}
