/** What may be remembered of a drawn mask: not what others won, and not what nobody may learn from. */

/** A logit that leaves no doubt, as given masks have it. */
const NOT_HERE = -10;

/** Logits of one frame's objects, each float32[n]: where another one's is higher, an object is not. */
export function withoutLosers(objects: readonly Float32Array[]): Float32Array[] {
  return objects.map((logits, index) =>
    logits.map((logit, pixel) => {
      const isLower = objects.some((other, rival) => {
        const difference = other[pixel]! - logit;
        return difference > 0 || (difference === 0 && rival < index);
      });
      return isLower ? Math.min(logit, NOT_HERE) : logit;
    }),
  );
}

/** The object is not on ignored pixels. `ignored`: n numbers, not 0 where ignored. */
export function withoutIgnored(logits: Float32Array, ignored: Float32Array): Float32Array {
  return logits.map((logit, pixel) => (ignored[pixel] ? Math.min(logit, NOT_HERE) : logit));
}
