/** What may be asked of the segment worker, which owns SAM. */
import type { FootageId, JobId, ObjectId } from '../../core/base/ids';
import type { EngineInfo, Provider } from '../../core/engine/engineInfo';
import type { LabelRole } from '../../core/label/label';
import type { Rle } from '../../core/mask/rle';
import type { PromptSet } from '../../core/prompt/prompt';
import type { FrameMask } from '../../core/track/maskTrack';

export type LoadProgress = { readonly phase: string; readonly fraction: number | null };

export type LoadOptions = {
  /** Absolute URL of the folder that holds model.json and the two graphs, ending in `/`. */
  readonly modelUrl: string;
  /** Overrides the choice by capability; for tests and for a user whose GPU misbehaves. */
  readonly forceProvider?: Provider;
};

export type LabelPrompts = { readonly role: LabelRole; readonly prompts: PromptSet };

export type LabelMask = { readonly objectId: ObjectId; readonly mask: FrameMask };

export type FramePrediction = {
  readonly frameIndex: number;
  /** One entry for each requested label, competitors included; masks do not overlap. */
  readonly masks: readonly LabelMask[];
  readonly timings: StepTimings;
};

/** Milliseconds inside the worker; `encodeMs` is 0 when the embedding was at hand. */
export type StepTimings = { readonly encodeMs: number; readonly decodeMs: number; readonly restMs: number };

export type PropagationRequest = {
  readonly engine: 'sam';
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
};

/** One propagated frame: masks of all labels but those conditioned on this frame. */
export type PropagatedFrame = FramePrediction;

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

export interface SegmentService {
  /** Chooses a provider, loads the model, falls back where needed. May be called again after a device loss. */
  load(options: LoadOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo>;
  /** Called on every change of provider after load (device lost, creation failed). */
  onEngineChange(listener: (info: EngineInfo) => void): void;
  /** Port of FootageService.connect: where frames come from. */
  connectFrames(port: MessagePort): void;
  /** Names the footage that frame indices mean from now on; forgets all embeddings of the one before. */
  setFootage(footageId: FootageId): void;
  /** Makes sure the frame's embedding is at hand. */
  encode(frameIndex: number, jobId: JobId): Promise<{ readonly encodeMs: number }>;
  /** Draws the masks of all prompted labels of a frame together. */
  predict(frameIndex: number, labels: readonly LabelPrompts[], jobId: JobId): Promise<FramePrediction>;
  /** Streams PropagatedFrame over `port` (rpc/stream) in running order, startFrame excluded. */
  propagate(request: PropagationRequest, port: MessagePort): void;
  previewMaskPrompt(rle: Rle): Promise<MaskPromptPreview>;
  stats(): Promise<EngineStats>;
  cancel(jobId: JobId): void;
}
