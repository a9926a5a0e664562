/** A label's probabilities on one frame: low-resolution logits, 8 bit, in runs. */

/** Immutable. `bytes` is what encodeSoftMask makes; the grid covers the whole picture, whatever its shape. */
export type SoftMask = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};
