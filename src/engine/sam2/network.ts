/** What SAM 2's networks do, whoever runs them. */
import type { Size } from '../../core/geometry/box';
import type { OrtTensor } from '../ort/ortRuntime';
import type { PictureEncoder } from '../sam/frameEmbeddings';
import type { RunOptions } from '../sam/imageEncoder';
import type { Sam2Config } from './sam2Config';
import type { SquarePoints } from './squarePrompt';

/**
 * A frame as the image encoder sees it, on the GPU or the CPU: `features` float32[1,C,F,F], `high0` [1,C/8,4F,4F],
 * `high1` [1,C/4,2F,2F]. Whoever holds it calls `dispose` once.
 */
export type ImageFeatures = {
  readonly features: OrtTensor;
  readonly high0: OrtTensor;
  readonly high1: OrtTensor;
  readonly source: Size;
  readonly sizeBytes: number;
  readonly dispose: () => void;
};

/** Features with what is remembered of an object worked in: float32[1,C,F,F]. */
export type ConditionedFeatures = { readonly tensor: OrtTensor; readonly dispose: () => void };

/** What an object's frame leaves behind, on the CPU. */
export type FrameMemory = {
  /** float32[T * D] */
  readonly map: Float32Array;
  /** float32[C] */
  readonly pointer: Float32Array;
};

/** What a frame looks up: the maps with their temporal rows, and the pointers with how many frames ago they were. */
export type MemoryRead = {
  readonly maps: readonly { readonly map: Float32Array; readonly row: number }[];
  readonly pointers: readonly { readonly pointer: Float32Array; readonly distance: number }[];
  /** The greatest distance there may be; distances are told as shares of it. */
  readonly maxDistance: number;
};

export type DecodeInput = {
  readonly image: ImageFeatures;
  /**
   * Features that remember; `image` alone as if there were no memory at all ('none': a learned vector says so), or as it
   * is ('raw': for reading the pointer of a given mask).
   */
  readonly memory: ConditionedFeatures | 'none' | 'raw';
  readonly points: SquarePoints;
  /** float32[L * L]; null for no mask prompt. */
  readonly maskInput: Float32Array | null;
};

export type DecodedMask = {
  /** float32[L * L]; -1024 everywhere when the object is not seen. */
  readonly logits: Float32Array<ArrayBuffer>;
  readonly predictedIou: number;
  /** Above 0: the object is seen. */
  readonly objectScore: number;
  /** float32[C] */
  readonly pointer: Float32Array;
};

export type MaskToRemember = {
  /** Logits, float32[side * side] over the stretched square. */
  readonly logits: Float32Array;
  readonly side: number;
  /** Whether the mask was given, and counts as it is; else it counts by its probabilities. */
  readonly isGiven: boolean;
  readonly objectScore: number;
};

type Timed<T> = Promise<T & { readonly runMs: number }>;

export interface Sam2Network extends PictureEncoder<ImageFeatures> {
  readonly config: Sam2Config;
  attend(image: ImageFeatures, read: MemoryRead, options: RunOptions): Timed<ConditionedFeatures>;
  decode(input: DecodeInput, options: RunOptions): Timed<DecodedMask>;
  /** `mask` float32[S * S] of 0 and 1 -> a dense prompt of it, and the pointer that says that there is nothing. */
  promptOfMask(
    mask: Float32Array,
    options: RunOptions,
  ): Timed<{ readonly maskInput: Float32Array; readonly absentPointer: Float32Array }>;
  /** -> the frame's map. */
  remember(
    image: ImageFeatures,
    mask: MaskToRemember,
    options: RunOptions,
  ): Timed<{ readonly map: Float32Array }>;
}
