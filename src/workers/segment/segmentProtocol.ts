/** What may be asked of the segment worker, which owns SAM. */
import type { FootageId, JobId } from '../../core/base/ids';
import type { DisplayAdjustments } from '../../core/display/displayAdjustments';
import type { EngineInfo, Provider } from '../../core/engine/engineInfo';
import type { Rle } from '../../core/mask/rle';
import type { MeasuredModel } from '../../core/models/modelTest';
import type { ModelId, PromptingModelId, VideoModelId } from '../../core/models/shelf';
import type {
  EngineStats,
  FramePrediction,
  LabelPrompts,
  LoadProgress,
  MaskPromptPreview,
  PropagationRequest,
} from '../../core/segment/segmentation';

export type {
  EngineStats,
  FramePrediction,
  LabelMask,
  LabelPrompts,
  LoadProgress,
  MaskPromptPreview,
  PropagatedFrame,
  PropagationRequest,
  RunReport,
  StepTimings,
} from '../../core/segment/segmentation';

export type LoadOptions = {
  /** Absolute URL of the bundled model's folder, which holds model.json and the two graphs, ending in `/`. */
  readonly modelUrl: string;
  /** Which model draws from prompts; the bundled one when left out. Others' graphs lie in folders beside its own. */
  readonly model?: PromptingModelId;
  /** Overrides the choice by capability; for tests and for a user whose GPU misbehaves. */
  readonly forceProvider?: Provider;
};

export interface SegmentService {
  /** Chooses a provider, loads the model, falls back where needed. May be called again after a device loss. */
  load(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void,
    /** Told before a provider's runtime is started for the first time in this worker. */
    onProvider: (provider: Provider) => void,
  ): Promise<EngineInfo>;
  /** Called on every change of provider after load (device lost, creation failed). */
  onEngineChange(listener: (info: EngineInfo) => void): void;
  /** Port of FootageService.connect: where frames come from, in place of an earlier port. */
  connectFrames(port: MessagePort): void;
  /** The worker behind the port has died: reads under way end, and later ones fail until the next connection. */
  disconnectFrames(): void;
  /** Names the footage that frame indices mean from now on; forgets all embeddings of the one before. */
  setFootage(footageId: FootageId): void;
  /**
   * Shows the engine the frames so adjusted from now on (null: as they are in the file); forgets all that was made from
   * the others. Meant for when nothing runs.
   */
  setAdjustments(adjustments: DisplayAdjustments | null): void;
  /** Makes sure the frame's embedding is at hand. */
  encode(frameIndex: number, jobId: JobId): Promise<{ readonly encodeMs: number }>;
  /** Draws the masks of all prompted labels of a frame together. */
  predict(frameIndex: number, labels: readonly LabelPrompts[], jobId: JobId): Promise<FramePrediction>;
  /** Loads a video model, so that a run by it begins at once. A cancel ends the waiting, not the loading. */
  prepare(id: VideoModelId, jobId: JobId): Promise<void>;
  /** Streams PropagatedFrame over `port` (rpc/stream) in running order, startFrame excluded. */
  propagate(request: PropagationRequest, port: MessagePort): void;
  previewMaskPrompt(rle: Rle): Promise<MaskPromptPreview>;
  /** Gives back a model's memory and files, as soon as nobody is at work with it; before its weights are removed. */
  forgetModel(id: ModelId): Promise<void>;
  /** Runs a model of the shelf on a fixed picture, to see whether it does and how long it takes. */
  selfTest(id: ModelId, jobId: JobId): Promise<MeasuredModel>;
  stats(): Promise<EngineStats>;
  cancel(jobId: JobId): void;
}
