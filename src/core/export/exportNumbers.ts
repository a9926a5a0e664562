/** Which number each label has in exported label maps. */
import type { ObjectId } from '../base/ids';
import { VOID_NUMBER, type Label } from '../label/label';

/** Void pixels where 255 is a label's number: then label maps have 16 bits. */
export const WIDE_VOID_NUMBER = 65535;

/** Numbers above this need 16 bits. */
export const MAX_NARROW_NUMBER = 255;

export function isWideNumber(number: number): boolean {
  return number > MAX_NARROW_NUMBER;
}

/**
 * 1-based places among the objects, in list order, as the app shows them. Void regions have VOID_NUMBER, or
 * WIDE_VOID_NUMBER when an object has taken that. Competitors and locked regions have none.
 */
export function exportNumbers(labels: readonly Label[]): ReadonlyMap<ObjectId, number> {
  const numbers = new Map<ObjectId, number>();
  for (const { objectId, role } of labels) {
    if (role === 'object') {
      numbers.set(objectId, numbers.size + 1);
    }
  }
  const voidNumber = numbers.size >= VOID_NUMBER ? WIDE_VOID_NUMBER : VOID_NUMBER;
  for (const { objectId, role } of labels) {
    if (role === 'void') {
      numbers.set(objectId, voidNumber);
    }
  }
  return numbers;
}
