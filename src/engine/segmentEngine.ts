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
import {
  BUILT_IN_MODEL,
  models,
  type ModelId,
  type PromptingModelId,
  type VideoModelId,
} from '../core/models/shelf';
import type { MeasuredModel } from '../core/models/modelTest';
import { testBundledModel } from './models/bundledSelfTest';
import { loadGraphManifest } from './models/manifestFile';
import { loadModelFiles } from './models/modelFiles';
import { testShelfModel } from './models/modelSelfTest';
import type { ShelfModelFiles } from './models/shelfFiles';
import { ShelfHost } from './models/shelfHost';
import type { FrameSource } from './models/shelfModel';
import { LearnedFrames } from './propagate/memory/learnedFrames';
import { MemoryPropagator } from './propagate/memory/memoryPropagator';
import { parseMemoryOptions } from './propagate/memory/options';
import { SamVision } from './propagate/memory/samVision';
import { LaterPropagator, type StartedEngine } from './propagate/laterPropagator';
import { SamPropagator } from './propagate/samPropagator';
import { DrawnLabelCache } from './sam/drawnLabelCache';
import type { Drawer, DrawnFrame, DrawnLabel } from './sam/drawer';
import { FrameDrawer } from './sam/frameDrawer';
import { frameMaskOf } from './sam/frameMaskOf';
import type { FetchPicture } from './sam/framePictures';
import { decoderPromptOf } from './sam/maskDecoder';
import { normalisationOf, type SamFiles } from './sam/samFiles';
import { SamFrames } from './sam/samFrames';
import { SamHost, type HostEnvironment } from './sam/samHost';
import { warmDrawing } from './sam/warmDrawing';
import { ShelfEngines } from './shelfEngines';
import { unlessCancelled } from './unlessCancelled';

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

type TestRun = Pick<MeasuredModel, 'test' | 'weightsSha256'>;

export class SegmentEngine {
  readonly #environment: EngineEnvironment;
  readonly #host: SamHost;
  readonly #frames: SamFrames;
  readonly #samDrawer: FrameDrawer;
  readonly #shelfHost: ShelfHost;
  readonly #shelf: ShelfEngines;
  /** Of the model that draws from prompts. */
  #drawer: Drawer;
  /** The model that draws from prompts and what is told of it, where that is not the host's. */
  #prompting: { readonly id: ModelId; facts: Partial<EngineInfo> } | null = null;
  /** Folder of the models' folders. */
  #modelsUrl = '';
  /** Replaced, not emptied, when it goes stale: a drawing still under way then fills the old one. */
  #drawn = new DrawnLabelCache();
  #learned = new LearnedFrames();
  /** Aborts when another footage takes the place of this one. */
  #footageEnd = new AbortController();

  constructor(environment: EngineEnvironment, onChange: (info: EngineInfo) => void) {
    this.#environment = environment;
    this.#host = new SamHost(environment, () => {
      // What cannot be started is told to whoever draws next.
      void this.#startPrompting().then(onChange, () => undefined);
    });
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
   * `model-corrupt` before anything is replaced, and with `engine-start-failed`. Where only a prompting model beside the
   * bundled SAM cannot start, the bundled SAM draws.
   */
  async load(
    { modelUrl, model = BUILT_IN_MODEL, forceProvider }: LoadRequest,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<EngineInfo> {
    const isSam = models[model].family === 'sam';
    const before = this.#modelsUrl;
    this.#modelsUrl = new URL(PARENT, modelUrl).href;
    let samFiles: SamFiles;
    let other: Awaited<ReturnType<ShelfEngines['drawer']>> | null;
    try {
      other = isSam ? null : await this.#shelf.drawer(model);
      // Other families draw beside the bundled SAM, which the memory engine then works with.
      samFiles =
        isSam && model !== BUILT_IN_MODEL
          ? await this.#samFromShelf(model)
          : await (this.#environment.loadFiles ?? loadModelFiles)(modelUrl, onProgress);
    } catch (error) {
      this.#modelsUrl = before;
      throw error;
    }
    onProgress({ phase: `Starting ${models[model].name}`, fraction: null });
    await this.#promptBy(other ? model : null, other);
    try {
      const loading = this.#host.load(samFiles, forceProvider);
      // While the runtime compiles.
      warmDrawing();
      await loading;
      return await this.#startPrompting();
    } catch (error) {
      // What runs is the host's model, or nothing.
      await this.#promptBy(null, null);
      throw error;
    } finally {
      // Also of what was drawn while the old model was still in place.
      this.#forgetLearned();
    }
  }

  /** Gives back a model's memory and files, as soon as nobody is at work with it; before its weights are removed. */
  async forgetModel(id: ModelId): Promise<void> {
    await this.#shelf.forget(id);
  }

  /** Runs a model on a fixed picture, beside whatever else is loaded. */
  async selfTest(id: ModelId, signal?: AbortSignal): Promise<MeasuredModel> {
    const run = id === BUILT_IN_MODEL ? await this.#bundledTest(signal) : await this.#shelfTest(id, signal);
    const { adapter } = await this.#host.info();
    return {
      ...run,
      adapter: run.test.provider === 'webgpu' ? adapter : null,
      measuredAtMs: Date.now(),
    };
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

  /** Loads a video model, so that a run by it begins at once; rejects as cancelled without waiting for the end. */
  async prepare(id: VideoModelId, signal: AbortSignal): Promise<void> {
    await unlessCancelled(this.#shelf.prepare(id), signal);
  }

  /** Ends as cancelled when another footage is set. */
  propagate(request: PropagationRequest, signal: AbortSignal): AsyncIterable<PropagatedFrame> {
    const either = AbortSignal.any([signal, this.#footageEnd.signal]);
    const later = new LaterPropagator(
      () => this.#startRun(request),
      () => this.#host.info(),
    );
    return later.propagate(request, either);
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

  async #startRun({ engine }: PropagationRequest): Promise<StartedEngine> {
    switch (engine) {
      case 'memory': {
        const options = parseMemoryOptions(this.#environment.propagationOptions ?? []);
        return { propagator: new MemoryPropagator(new SamVision(this.#frames), options, this.#learned) };
      }
      case 'sam': {
        const prompting = this.#prompting;
        return { propagator: new SamPropagator(this.#drawer), facts: () => prompting?.facts ?? {} };
      }
      case 'xmem':
      case 'edgetam':
      case 'sam2.1-tiny':
      case 'sam2.1-small':
      case 'sam2.1-base-plus':
        return this.#shelf.startRun(engine);
      default:
        return assertNever(engine);
    }
  }

  /** Draws from prompts by a model of the shelf from now on; null: by the host's. Others give their memory back. */
  async #promptBy(
    id: ModelId | null,
    other: { readonly drawer: Drawer; readonly facts: Partial<EngineInfo> } | null,
  ): Promise<void> {
    this.#drawer = other?.drawer ?? this.#samDrawer;
    this.#prompting = id && other ? { id, facts: other.facts } : null;
    await this.#shelf.setPrompting(id);
  }

  /** Starts the model that draws from prompts where it is not the host's, and tells what it is and runs on. */
  async #startPrompting(): Promise<EngineInfo> {
    const prompting = this.#prompting;
    if (!prompting) {
      return this.#host.info();
    }
    const standing = await this.#shelf.start(prompting.id);
    const { provider: _provider, adapter: _adapter, fallbackReason: _reason, ...own } = prompting.facts;
    prompting.facts = { ...own, ...standing };
    return { ...(await this.#host.info()), ...prompting.facts };
  }

  #forgetLearned(): void {
    this.#drawn = new DrawnLabelCache();
    this.#learned = new LearnedFrames();
  }

  async #shelfFiles(id: ModelId): Promise<ShelfModelFiles> {
    const { loadShelfFiles } = this.#environment;
    assert(loadShelfFiles, 'models of the shelf come from somewhere');
    return loadShelfFiles(id, this.#modelsUrl);
  }

  async #shelfTest(id: ModelId, signal?: AbortSignal): Promise<TestRun> {
    const files = await this.#shelfFiles(id);
    const test = await this.#host.use((_, place) => testShelfModel(files, place, signal));
    return { test, weightsSha256: files.weightsSha256 };
  }

  async #bundledTest(signal?: AbortSignal): Promise<TestRun> {
    const load = this.#environment.loadFiles ?? loadModelFiles;
    const files = await load(new URL(`${BUILT_IN_MODEL}/`, this.#modelsUrl).href, () => undefined);
    const manifest = await loadGraphManifest(BUILT_IN_MODEL, this.#modelsUrl);
    const test = await this.#host.use((_, place) => testBundledModel(files, manifest, place, signal));
    return { test, weightsSha256: files.manifest.encoder.sha256 };
  }

  /** Throws where the manifest does not fit. */
  async #samFromShelf(id: ModelId): Promise<ShelfModelFiles> {
    const files = await this.#shelfFiles(id);
    normalisationOf(files);
    return files;
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
