/** The segmentation engine: what the app can ask, in terms of frames, labels and masks. */
import { assertNever } from '../core/base/assert';
import type { EngineInfo, Provider } from '../core/engine/engineInfo';
import { maskPromptLogits } from '../core/mask/maskPrompt';
import { confineLogits, mergeLogits } from '../core/mask/mergeLogits';
import { decodeRle, type Rle } from '../core/mask/rle';
import { softMasksOf } from '../core/mask/softLogits';
import type {
  EngineStats,
  FramePrediction,
  LabelPrompts,
  LoadProgress,
  MaskPromptPreview,
  PropagatedFrame,
  PropagationRequest,
} from '../core/segment/segmentation';
import { LOW_RES_SIDE_PX } from '../core/geometry/imageTransform';
import { loadModelFiles } from './models/modelFiles';
import { LearnedFrames } from './propagate/memory/learnedFrames';
import { MemoryPropagator } from './propagate/memory/memoryPropagator';
import { parseMemoryOptions } from './propagate/memory/options';
import { SamVision } from './propagate/memory/samVision';
import type { Propagator } from './propagate/propagator';
import { SamPropagator } from './propagate/samPropagator';
import { DrawnLabelCache } from './sam/drawnLabelCache';
import type { DrawnFrame, DrawnLabel } from './sam/drawer';
import { FrameDrawer } from './sam/frameDrawer';
import { frameMaskOf } from './sam/frameMaskOf';
import type { FetchPicture } from './sam/framePictures';
import { decoderPromptOf } from './sam/maskDecoder';
import { SamFrames } from './sam/samFrames';
import { SamHost, type HostEnvironment } from './sam/samHost';
import { warmDrawing } from './sam/warmDrawing';

export type EngineEnvironment = HostEnvironment & {
  /** Where a model comes from; fetched and kept in the browser's cache when left out. */
  readonly loadFiles?: typeof loadModelFiles;
  /** Words that change the propagation engine, to measure what a part of it is worth; none in the app. */
  readonly propagationOptions?: readonly string[];
};

export class SegmentEngine {
  readonly #environment: EngineEnvironment;
  readonly #host: SamHost;
  readonly #frames: SamFrames;
  readonly #drawer: FrameDrawer;
  /** Replaced, not emptied, when it goes stale: a drawing still under way then fills the old one. */
  #drawn = new DrawnLabelCache();
  #learned = new LearnedFrames();
  /** Aborts when another footage takes the place of this one. */
  #footageEnd = new AbortController();

  constructor(environment: EngineEnvironment, onChange: (info: EngineInfo) => void) {
    this.#environment = environment;
    this.#host = new SamHost(environment, onChange);
    this.#frames = new SamFrames(this.#host);
    this.#drawer = new FrameDrawer(this.#frames);
  }

  /** Fetches the model from the folder at `modelUrl` (ends in `/`) and starts it on the best provider. */
  async load(
    modelUrl: string,
    forced: Provider | undefined,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<EngineInfo> {
    const { loadFiles = loadModelFiles } = this.#environment;
    const files = await loadFiles(modelUrl, onProgress);
    onProgress({ phase: `Starting ${files.manifest.name}`, fraction: null });
    this.#drawn = new DrawnLabelCache();
    this.#learned = new LearnedFrames();
    const loading = this.#host.load(files, forced);
    // While the runtime compiles.
    warmDrawing();
    return loading;
  }

  /** Frame indices mean this footage's frames from now on; what was known of the one before is forgotten. */
  setFootage(fetchPicture: FetchPicture): void {
    this.#footageEnd.abort();
    this.#footageEnd = new AbortController();
    this.#frames.setFootage(fetchPicture);
    this.#drawn = new DrawnLabelCache();
    this.#learned = new LearnedFrames();
  }

  /** The pictures of the same footage look otherwise from now on: nothing that was learned from the old ones is kept. */
  replacePictures(fetchPicture: FetchPicture): void {
    this.#frames.replacePictures(fetchPicture);
    this.#drawn = new DrawnLabelCache();
    this.#learned = new LearnedFrames();
  }

  /** Makes sure the frame's embedding is at hand. */
  async encode(frameIndex: number, signal?: AbortSignal): Promise<{ encodeMs: number }> {
    return this.#drawer.encode(frameIndex, { priority: 'interactive', signal });
  }

  /** Draws the labels whose prompts changed, and merges all. Masks come in the order of `labels`. */
  async predict(
    frameIndex: number,
    labels: readonly LabelPrompts[],
    signal?: AbortSignal,
  ): Promise<FramePrediction> {
    const startMs = performance.now();
    const cache = this.#drawn;
    const known = labels.map(({ prompts }) => cache.get(frameIndex, prompts));
    const missing = labels.filter((_, index) => !known[index]);
    const { labels: drawn, encodeMs, decodeMs } = await this.#drawAll(frameIndex, missing, signal);
    missing.forEach(({ prompts }, index) => cache.set(frameIndex, prompts, drawn[index]!));
    const rest = [...drawn];
    const all: DrawnLabel[] = known.map((entry) => entry ?? rest.shift()!);
    const competing = all.map(({ logits }, index) => {
      const { confineTo } = labels[index]!;
      return confineTo ? confineLogits(logits, decodeRle(confineTo)) : logits;
    });
    const soft = softMasksOf(competing);
    const masks = mergeLogits(competing).map((mask, index) => ({
      objectId: labels[index]!.prompts.objectId,
      mask: frameMaskOf(mask, all[index]!.predictedIou, soft[index]),
    }));
    const restMs = performance.now() - startMs - encodeMs - decodeMs;
    return { frameIndex, masks, timings: { encodeMs, decodeMs, restMs } };
  }

  /** Ends as cancelled when another footage is set. */
  propagate(request: PropagationRequest, signal: AbortSignal): AsyncIterable<PropagatedFrame> {
    const either = AbortSignal.any([signal, this.#footageEnd.signal]);
    return this.#propagatorOf(request).propagate(request, either);
  }

  previewMaskPrompt(rle: Rle): MaskPromptPreview {
    const logits = maskPromptLogits(decodeRle(rle));
    return { before: rle, after: { width: LOW_RES_SIDE_PX, height: LOW_RES_SIDE_PX, logits } };
  }

  stats(): EngineStats {
    return {
      liveGpuTensors: this.#host.census.liveCount,
      cachedEmbeddings: this.#frames.cachedFrames,
      cachedEmbeddingBytes: this.#frames.cachedBytes,
    };
  }

  #propagatorOf({ engine }: PropagationRequest): Propagator {
    switch (engine) {
      case 'memory': {
        const options = parseMemoryOptions(this.#environment.propagationOptions ?? []);
        return new MemoryPropagator(new SamVision(this.#frames), options, this.#learned);
      }
      case 'sam':
        return new SamPropagator(this.#drawer);
      case 'xmem':
      case 'edgetam':
      case 'sam2.1-tiny':
      case 'sam2.1-small':
      case 'sam2.1-base-plus':
        throw new TypeError(`${engine} is not wired yet`);
      default:
        return assertNever(engine);
    }
  }

  async #drawAll(
    frameIndex: number,
    labels: readonly LabelPrompts[],
    signal?: AbortSignal,
  ): Promise<DrawnFrame> {
    if (labels.length === 0) {
      return { labels: [], encodeMs: 0, decodeMs: 0 };
    }
    const prompts = labels.map(({ prompts: set }) => decoderPromptOf(set));
    return this.#drawer.draw(frameIndex, prompts, { priority: 'interactive', signal });
  }
}
