/** Carries out the tasks of a batch, each frame's pieces at hand for the next. */
import { assert } from '../../core/base/assert';
import { measureFrame, partitionOfFrame, type RgbaPicture } from '../../core/measure/measureFrame';
import { pieceLinks, piecesOf, type PiecedPicture } from '../../core/measure/pieces';
import type { FrameResult, FrameTask } from './measureProtocol';

type Done = { readonly task: FrameTask; readonly pieced: PiecedPicture };

/** `getPicture` is asked only for frames whose colours are wanted; it must have the size of the masks. */
export async function measureTasks(
  tasks: readonly FrameTask[],
  getPicture: (frameIndex: number) => Promise<RgbaPicture>,
): Promise<FrameResult[]> {
  const results: FrameResult[] = [];
  let before: Done | null = null;
  for (const task of tasks) {
    const { frameIndex, frame, groups } = task;
    const picture = groups?.has('colour') ? await getPicture(frameIndex) : null;
    const measured = groups ? measureFrame(frame, groups, picture) : null;
    const done: Done = { task, pieced: measured?.pieced ?? piecedPicture(task) };
    results.push({
      frameIndex,
      measurement: measured?.measurement ?? null,
      links: task.isLinked ? linksBetween(before, done) : null,
    });
    before = done;
  }
  return results;
}

function piecedPicture({ frame }: FrameTask): PiecedPicture {
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
