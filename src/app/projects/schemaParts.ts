/** What the schemas of a project document and of its log are both made of. */
import * as v from 'valibot';
import { objectId } from '../../core/base/ids';

/** A whole number from 0 on: a frame, an index, a sum. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** A number of 32 bits, such as that of a stored mask, or a hash. */
export const number32 = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(0xffffffff));

export const finite = v.pipe(v.number(), v.finite());

/** The id of a label. */
export const id = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(1),
  v.transform((value) => objectId(value)),
);

/** Both ends are included. */
export const stretch = { fromFrame: count, toFrame: count };
