/** What a propagation request says, in the terms of SAM 2's memory: who is given where, and from where on followed. */
import type { ObjectId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import { rleArea, type Rle } from '../../core/mask/rle';
import type { Direction } from '../../core/memory/promptedBank';
import type { PropagationRequest } from '../../core/segment/segmentation';
import { requestSize } from '../propagate/requestSize';

export type RunObject = {
  readonly objectId: ObjectId;
  /** Frame -> mask that is true there, inside the run and outside; empty: the object is not there. */
  readonly truth: ReadonlyMap<number, Rle>;
  /** The mask that it has on the start frame, when that is known to be no more than a guess. */
  readonly guess: Rle | null;
  /** Where it is known for the first time, in running order; it is drawn on the frames after. */
  readonly beginsAt: number;
};

export type Sam2Run = {
  readonly source: Size;
  readonly direction: Direction;
  /** Labels that begin somewhere in the run, in label order, competitors among them. */
  readonly objects: readonly RunObject[];
};

/**
 * True are the masks of annotated and prompted frames. A start mask without one is a guess; but where nothing else is
 * known of a label, its start mask is taken for true. A label that is known only ahead begins there.
 */
export function sam2RunOf(request: PropagationRequest): Sam2Run {
  const direction = request.endFrame < request.startFrame ? -1 : 1;
  const objects = request.labels.flatMap(({ objectId }) => {
    const object = runObject(request, objectId, direction);
    return object ? [object] : [];
  });
  return { source: requestSize(request), direction, objects };
}

/** Null for a label that does not begin in the run. */
function runObject(request: PropagationRequest, objectId: ObjectId, direction: Direction): RunObject | null {
  const { startFrame, endFrame } = request;
  const truth = truthOf(request, objectId);
  const start = maskIn(request.startMasks, objectId);
  const isSeen = [...truth.values()].some((rle) => rleArea(rle) > 0);
  const hasStart = start !== null && rleArea(start) > 0 && !truth.has(startFrame);
  if (hasStart && !isSeen) {
    return { objectId, truth: new Map([...truth, [startFrame, start]]), guess: null, beginsAt: startFrame };
  }
  const seen = [...truth].filter(([, rle]) => rleArea(rle) > 0).map(([frame]) => frame);
  const ahead = seen.map((frame) => (frame - startFrame) * direction).toSorted((a, b) => a - b);
  const isKnown = hasStart || (ahead[0] !== undefined && ahead[0] <= 0);
  const first = isKnown ? 0 : ahead[0];
  if (first === undefined || first > (endFrame - startFrame) * direction) {
    return null;
  }
  return { objectId, truth, guess: hasStart ? start : null, beginsAt: startFrame + first * direction };
}

function truthOf({ annotated, conditioning }: PropagationRequest, objectId: ObjectId): Map<number, Rle> {
  return new Map(
    [...conditioning, ...annotated].flatMap(({ frameIndex, masks }) => {
      const rle = maskIn(masks, objectId);
      return rle ? [[frameIndex, rle] as const] : [];
    }),
  );
}

function maskIn(masks: PropagationRequest['startMasks'], objectId: ObjectId): Rle | null {
  return masks.find((entry) => entry.objectId === objectId)?.rle ?? null;
}
