/** Probabilities of competing objects as masks of the footage's size, with how sure the network is of each. */
import type { ObjectId } from '../../core/base/ids';
import { bilinearTaps } from '../../core/geometry/resample';
import type { BinaryMask } from '../../core/mask/binaryMask';
import { subtractMasks } from '../../core/mask/mergeLogits';
import { softMasksOf } from '../../core/mask/softLogits';
import type { FrameMask } from '../../core/track/maskTrack';
import { frameMaskOf } from '../sam/frameMaskOf';
import { unpad, type WorkGeometry } from './workGeometry';

/** The least that a probability counts as in logits. */
const FLOOR = 1e-7;

export type DrawnObjects = {
  /** Planes of the padded size that add up to 1: the background's, then one for each object. */
  readonly planes: readonly Float32Array[];
  readonly objectIds: readonly ObjectId[];
  /** What is true of other objects on this frame, at work size and at source size: they keep their pixels. */
  readonly givenAtWork: readonly BinaryMask[];
  readonly givenAtSource: readonly BinaryMask[];
};

/** Masks of the objects in `wanted`. None overlap; each pixel is the most probable object's, or the background's. */
export function frameMasksOf(
  { planes, objectIds, givenAtWork, givenAtSource }: DrawnObjects,
  wanted: readonly ObjectId[],
  geometry: WorkGeometry,
): { readonly objectId: ObjectId; readonly mask: FrameMask }[] {
  const cut = planes.map((plane) => unpad(plane, geometry));
  const [background, ...objects] = cut;
  const logits = objects.map((plane) => ({ ...geometry.work, data: logitsOver(plane, background!) }));
  const soft = softMasksOf(logits, givenAtWork);
  const winners = winnersAtSource(cut, geometry);
  return wanted.map((objectId) => {
    const index = objectIds.indexOf(objectId);
    const data = Uint8Array.from(winners, (winner) => (winner === index + 1 ? 1 : 0));
    const mask = subtractMasks({ ...geometry.source, data }, givenAtSource);
    const confidence = expectedIou(cut, index + 1);
    return { objectId, mask: { ...frameMaskOf(mask, null, soft[index]), confidence } };
  });
}

function logitsOver(plane: Float32Array, background: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(plane, (chance, pixel) =>
    Math.log(Math.max(FLOOR, chance) / Math.max(FLOOR, background[pixel]!)),
  );
}

/**
 * The IoU that a mask is expected to have with the truth, if the network's probabilities are right: the expected
 * intersection over the expected union of the mask (where the class `winner` is the most probable) and the object.
 * Where the mask is empty: the least probability of any pixel that the object is not there. Not fitted to anything; a
 * network that is sure of something wrong gets a high one.
 */
export function expectedIou(planes: readonly Float32Array[], winner: number): number {
  const plane = planes[winner]!;
  let both = 0;
  let either = 0;
  let highest = 0;
  for (let pixel = 0; pixel < plane.length; pixel += 1) {
    const chance = plane[pixel]!;
    if (planes.every((other, index) => index === winner || other[pixel]! < chance)) {
      both += chance;
      either += 1;
    } else {
      either += chance;
      highest = chance > highest ? chance : highest;
    }
  }
  return both === 0 ? 1 - highest : both / either;
}

/** The most probable plane's index at each pixel of the footage, the planes enlarged bilinearly; 0 on a tie. */
function winnersAtSource(planes: readonly Float32Array[], { work, source }: WorkGeometry): Uint8Array {
  const columns = bilinearTaps(work.width, source.width);
  const rows = bilinearTaps(work.height, source.height);
  const right = Int32Array.from(columns.start, (start, x) => start + columns.count[x]! - 1);
  const rightShare = Float32Array.from(right, (_, x) =>
    columns.count[x] === 2 ? columns.weights[2 * x + 1]! : 0,
  );
  const winners = new Uint8Array(source.width * source.height);
  const row = new Float32Array(work.width);
  const best = new Float32Array(source.width);
  for (let y = 0; y < source.height; y += 1) {
    const above = rows.start[y]! * work.width;
    const below = (rows.start[y]! + rows.count[y]! - 1) * work.width;
    const belowShare = rows.count[y] === 2 ? rows.weights[2 * y + 1]! : 0;
    best.fill(-1);
    planes.forEach((plane, index) => {
      for (let x = 0; x < work.width; x += 1) {
        row[x] = plane[above + x]! + belowShare * (plane[below + x]! - plane[above + x]!);
      }
      for (let x = 0; x < source.width; x += 1) {
        const left = row[columns.start[x]!]!;
        const value = left + rightShare[x]! * (row[right[x]!]! - left);
        if (value > best[x]!) {
          best[x] = value;
          winners[y * source.width + x] = index;
        }
      }
    });
  }
  return winners;
}
