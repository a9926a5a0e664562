/** The segmentation engine: what the app can ask, in terms of frames, labels and masks. */
import { assert, assertNever } from '../core/base/assert';
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
import { BUILT_IN_MODEL, models, type ModelId, type PromptingModelId } from '../core/models/shelf';
import type { ModelTest } from '../core/models/modelTest';
import { loadModelFiles } from './models/modelFiles';
import { testShelfModel } from './models/modelSelfTest';
import type { ShelfModelFiles } from './models/shelfFiles';
import { ShelfHost } from './models/shelfHost';
import type { FrameSource } from './models/shelfModel';
import { LearnedFrames } from './propagate/memory/learnedFrames';
import { MemoryPropagator } from './propagate/memory/memoryPropagator';
import { parseMemoryOptions } from './propagate/memory/options';
import { SamVision } from './propagate/memory/samVision';
import type { Propagator } from './propagate/propagator';
import { SamPropagator } from './propagate/samPropagator';
import { DrawnLabelCache } from './sam/drawnLabelCache';
import type { Drawer, DrawnFrame, DrawnLabel } from './sam/drawer';
import { FrameDrawer } from './sam/frameDrawer';
import { frameMaskOf } from './sam/frameMaskOf';
import type { FetchPicture } from './sam/framePictures';
import { decoderPromptOf } from './sam/maskDecoder';
import { factsOf } from './sam/samFiles';
import { SamFrames } from './sam/samFrames';
import { SamHost, type HostEnvironment } from './sam/samHost';
import { warmDrawing } from './sam/warmDrawing';
import { ShelfEngines } from './shelfEngines';

export type EngineEnvironment = HostEnvironment & {
  /** Where the bundled model comes from; fetched and kept in the browser's cache when left out. */
  readonly loadFiles?: typeof loadModelFiles;
  /** Where models of the shelf come from: graphs from folders under `modelsUrl`, weights from this device. */
  readonly loadShelfFiles?: (id: ModelId, modelsUrl: string) => Promise<ShelfModelFiles>;
  /** Words that change the propagation engine, to measure what a part of it is worth; none in the app. */
  readonly propagationOptions?: readonly string[];
};

/** The folder that the models' folders lie in, as seen from one of them. */
const PARENT = '../';

export type LoadRequest = {
  /** Folder of the bundled model, ending in `/`; those of the shelf's models lie beside it. */
  readonly modelUrl: string;
  /** Which model draws from prompts; the bundled one when left out. */
  readonly model?: PromptingModelId;
  readonly forceProvider?: Provider;
};

export class SegmentEngine {
  readonly #environment: EngineEnvironment;
  readonly #host: SamHost;
  readonly #frames: SamFrames;
  readonly #samDrawer: FrameDrawer;
  readonly #shelfHost: ShelfHost;
  readonly #shelf: ShelfEngines;
  /** Of the model that draws from prompts. */
  #drawer: Drawer;
  /** What is told of the model that draws from prompts, where that is not the host's. */
  #promptingFacts: Partial<EngineInfo> = {};
  #modelsUrl = '';
  /** Replaced, not emptied, when it goes stale: a drawing still under way then fills the old one. */
  #drawn = new DrawnLabelCache();
  #learned = new LearnedFrames();
  /** Aborts when another footage takes the place of this one. */
  #footageEnd = new AbortController();

  constructor(environment: EngineEnvironment, onChange: (info: EngineInfo) => void) {
    this.#environment = environment;
    this.#host = new SamHost(environment, (info) => onChange({ ...info, ...this.#promptingFacts }));
    this.#frames = new SamFrames(this.#host);
    this.#samDrawer = new FrameDrawer(this.#frames);
    this.#drawer = this.#samDrawer;
    this.#shelfHost = new ShelfHost(
      (work) => this.#host.use((_, place) => work(place)),
      (id) => this.#shelfFiles(id),
    );
    const source: FrameSource = {
      picture: (frameIndex) => this.#frames.pictures.get(frameIndex),
      prefetch: (frameIndex) => this.#frames.pictures.prefetch(frameIndex),
    };
    this.#shelf = new ShelfEngines(this.#shelfHost, source, environment);
  }

  /**
   * Fetches a model and starts it on the best provider, in place of the one before. Rejects with `model-missing` or
   * `model-corrupt` before anything is replaced, and with `engine-start-failed`.
   */
  async load(
    { modelUrl, model = BUILT_IN_MODEL, forceProvider }: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<EngineInfo> {
    const { loadFiles = loadModelFiles } = this.#environment;
    this.#modelsUrl = modelUrl;
    const isSam = models[model].family === 'sam';
    const chosen = model === BUILT_IN_MODEL ? null : await this.#shelfFiles(model);
    // Other families draw beside the bundled SAM, which the memory engine then works with.
    const samFiles = chosen && isSam ? chosen : await loadFiles(modelUrl, onProgress);
    onProgress({ phase: `Starting ${models[model].name}`, fraction: null });
    this.#forgetLearned();
    await this.#shelf.setPrompting(isSam ? null : model);
    this.#promptingFacts = chosen && !isSam ? factsOf(chosen) : {};
    this.#drawer = isSam ? this.#samDrawer : await this.#shelf.drawer(model);
    const loading = this.#host.load(samFiles, forceProvider);
    // While the runtime compiles.
    warmDrawing();
    const info = await loading;
    if (!isSam) {
      await this.#shelf.start(model);
    }
    return { ...info, ...this.#promptingFacts };
  }

  /** Gives back a model's memory and files, as soon as nobody is at work with it; before its weights are removed. */
  async forgetModel(id: ModelId): Promise<void> {
    await this.#shelf.forget(id);
  }

  /** Runs a model of the shelf on a fixed picture, beside whatever else is loaded. */
  async selfTest(id: ModelId, signal?: AbortSignal): Promise<ModelTest> {
    const files = await this.#shelfFiles(id);
    return this.#host.use((_, place) => testShelfModel(files, place, signal));
  }

  /** Frame indices mean this footage's frames from now on; what was known of the one before is forgotten. */
  setFootage(fetchPicture: FetchPicture): void {
    this.#footageEnd.abort();
    this.#footageEnd = new AbortController();
    this.#frames.setFootage(fetchPicture);
    this.#forgetLearned();
    // The next footage may never need the models that ran on this one.
    void this.#shelf.release();
  }

  /** The pictures of the same footage look otherwise from now on: nothing that was learned from the old ones is kept. */
  replacePictures(fetchPicture: FetchPicture): void {
    this.#frames.replacePictures(fetchPicture);
    this.#forgetLearned();
    this.#shelf.forgetPictures();
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
        return this.#shelf.propagator(engine);
      default:
        return assertNever(engine);
    }
  }

  #forgetLearned(): void {
    this.#drawn = new DrawnLabelCache();
    this.#learned = new LearnedFrames();
  }

  async #shelfFiles(id: ModelId): Promise<ShelfModelFiles> {
    const { loadShelfFiles } = this.#environment;
    assert(loadShelfFiles, 'models of the shelf come from somewhere');
    return loadShelfFiles(id, new URL(PARENT, this.#modelsUrl).href);
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
