/** What segmentation is asked and what it answers: prompts in, masks out, on one frame or along many. */
import type { ObjectId } from '../base/ids';
import type { EngineInfo } from '../engine/engineInfo';
import type { LabelRole } from '../label/label';
import type { Rle } from '../mask/rle';
import { videoModels } from '../models/shelf';
import type { PromptSet } from '../prompt/prompt';
import type { FrameMask } from '../track/maskTrack';

export type LoadProgress = { readonly phase: string; readonly fraction: number | null };

/** What SAM is told of one label on one frame. */
export type LabelPrompts = {
  readonly role: LabelRole;
  readonly prompts: PromptSet;
  /** The label may win pixels of the merge only inside this mask; everywhere when left out. */
  readonly confineTo?: Rle;
};

export type LabelMask = { readonly objectId: ObjectId; readonly mask: FrameMask };

export type FramePrediction = {
  readonly frameIndex: number;
  /** One entry for each requested label, competitors included; masks do not overlap. */
  readonly masks: readonly LabelMask[];
  readonly timings: StepTimings;
};

/** Milliseconds inside the worker; `encodeMs` is 0 when the embedding was at hand. */
export type StepTimings = { readonly encodeMs: number; readonly decodeMs: number; readonly restMs: number };

/**
 * `memory`: Maskflow's own engine (memory, colour and SAM together). `sam`: SAM alone, from mask to mask. The others are
 * models of the shelf, by their ids.
 */
export const propagationEngines = ['memory', 'sam', ...videoModels] as const;

export type PropagationEngineId = (typeof propagationEngines)[number];

/** A frame on which the user says what is true. */
export type AnnotatedFrame = {
  readonly frameIndex: number;
  /** Masks that are true (prompted, painted, imported or accepted); an empty mask means: the label is not here. */
  readonly masks: readonly { readonly objectId: ObjectId; readonly rle: Rle }[];
  /** Masks that labels without a true one have there at the moment: guesses. */
  readonly guesses: readonly { readonly objectId: ObjectId; readonly rle: Rle }[];
};

export type PropagationRequest = {
  readonly engine: PropagationEngineId;
  readonly startFrame: number;
  /** Last frame to produce, included; before startFrame for backward propagation. */
  readonly endFrame: number;
  readonly labels: readonly { readonly objectId: ObjectId; readonly role: LabelRole }[];
  /** The masks on startFrame. A label without one starts empty. */
  readonly startMasks: readonly { readonly objectId: ObjectId; readonly rle: Rle }[];
  /** Prompted masks on later frames of the run: kept as they are, and the label goes on from them. */
  readonly conditioning: readonly {
    readonly frameIndex: number;
    readonly masks: readonly { readonly objectId: ObjectId; readonly rle: Rle }[];
  }[];
  /**
   * All annotated frames of the clip, inside the run and outside, startFrame among them when it is one; the memory of
   * the `memory` engine. SAM propagation does not look at them.
   */
  readonly annotated: readonly AnnotatedFrame[];
  /** Pixels that nothing may be learned from, ascending by frame; none when left out. SAM propagation does not look. */
  readonly ignored?: readonly IgnoredPixels[];
  /**
   * The shorter side, px, of the frames as `xmem` sees them; null for the source's own size; what suits the device when
   * left out. Other engines do not look.
   */
  readonly shortSidePx?: number | null;
};

/** Void pixels from a frame on, until the next entry; the first entry holds before its frame, too. */
export type IgnoredPixels = {
  readonly fromFrame: number;
  /** Null: none. */
  readonly rle: Rle | null;
};

/** The pixels ignored on a frame; null for none. */
export function ignoredOn(ignored: readonly IgnoredPixels[] | undefined, frameIndex: number): Rle | null {
  const entry = ignored?.findLast(({ fromFrame }) => fromFrame <= frameIndex) ?? ignored?.[0];
  return entry?.rle ?? null;
}

/** What draws the frames of a run: the model as it was loaded, and what it runs on. */
export type RunReport = EngineInfo & {
  /** Shorter side, px, of the frames as XMem sees them; null: as in the file; left out for other engines. */
  readonly shortSidePx?: number | null;
};

/** One propagated frame: masks of all labels but those conditioned on this frame. */
export type PropagatedFrame = FramePrediction & {
  /** On a run's first frame, and on each that was drawn by something else than the one before. */
  readonly drawnBy?: RunReport;
};

/** The pictures of mask-prompt preprocessing: 256x256 logits (+18 / -18), row-major, and the mask they came from. */
export type MaskPromptPreview = {
  readonly before: Rle;
  readonly after: { readonly width: number; readonly height: number; readonly logits: Float32Array };
};

export type EngineStats = {
  /** Tensors on the GPU that nobody has disposed of yet. */
  readonly liveGpuTensors: number;
  readonly cachedEmbeddings: number;
  readonly cachedEmbeddingBytes: number;
};
