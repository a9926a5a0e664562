/** What painting is about to do: on which frame, to which label, adding or removing. */
import type { ObjectId } from '../../../core/base/ids';
import type { PaintOrder, PaintRequest } from '../../../core/edit/paintRegion';
import type { Rle } from '../../../core/mask/rle';

export type PaintAction = 'add' | 'remove';

export type PaintPlan = {
  readonly frameIndex: number;
  readonly objectId: ObjectId;
  readonly action: PaintAction;
  /** Whether removing takes from all objects and competitors, and not from `objectId` alone. */
  readonly isForAll?: boolean;
  /** What adding may go over; removing takes from the label wherever it is. */
  readonly order: PaintOrder;
  /** Of the step of undo. */
  readonly name: string;
};

/** The plan as core knows it, for the pixels of `region`. */
export function paintRequest({ objectId, action, isForAll, order }: PaintPlan, region: Rle): PaintRequest {
  return action === 'add'
    ? { region, action: { kind: 'paint', objectId }, order }
    : { region, action: { kind: 'erase', objectId: isForAll ? null : objectId }, order: 'onTop' };
}
