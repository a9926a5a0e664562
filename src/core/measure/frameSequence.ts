/** Measures frames one after the other, each frame's pieces at hand for the next. */
import { assert } from '../base/assert';
import type { FrameMeasurement, FrameToMeasure } from './frameMeasurement';
import { measureFrame, partitionOfFrame, type RgbaPicture } from './measureFrame';
import { pieceLinks, piecesOf, type PiecedPicture } from './pieces';
import type { MeasureGroup } from './quantities';

export type FrameTask = {
  readonly frameIndex: number;
  readonly frame: FrameToMeasure;
  /** What to work out; null only finds the pieces, for the frame after to be compared with. */
  readonly groups: ReadonlySet<MeasureGroup> | null;
  /** Whether its pieces are compared with those of the task before, which must be the frame before. */
  readonly isLinked: boolean;
};

export type FrameResult = {
  readonly frameIndex: number;
  readonly measurement: FrameMeasurement | null;
  /** As pieceLinks gives them; null where nothing was compared. */
  readonly links: Float64Array | null;
};

type Done = { readonly task: FrameTask; readonly pieced: PiecedPicture };

/** Whether the frame's picture has to be decoded for a task. */
export function needsPicture({ groups }: FrameTask): boolean {
  return groups?.has('colour') ?? false;
}

export class FrameSequence {
  #before: Done | null = null;

  /** Carries out the next task. The picture, of the size of the masks, is looked at only where needsPicture says so. */
  next(task: FrameTask, picture: RgbaPicture | null): FrameResult {
    const { frameIndex, frame, groups } = task;
    const measured = groups ? measureFrame(frame, groups, picture) : null;
    const done: Done = { task, pieced: measured?.pieced ?? piecedPicture(frame) };
    const links = task.isLinked ? linksBetween(this.#before, done) : null;
    this.#before = done;
    return { frameIndex, measurement: measured?.measurement ?? null, links };
  }
}

function piecedPicture(frame: FrameToMeasure): PiecedPicture {
  const partition = partitionOfFrame(frame);
  return { partition, pieceMap: piecesOf(partition) };
}

function linksBetween(before: Done | null, after: Done): Float64Array {
  assert(
    before && before.task.frameIndex === after.task.frameIndex - 1,
    'a frame is compared with the one before',
  );
  const places = new Map(after.task.frame.masks.map(({ objectId }, index) => [objectId, index + 1]));
  const ownerAfter = [0, ...before.task.frame.masks.map(({ objectId }) => places.get(objectId) ?? 0)];
  return pieceLinks(before.pieced, after.pieced, ownerAfter);
}
