/** The engines that run models of the shelf on the footage, and what they remember of it. */
import type { EngineInfo } from '../core/engine/engineInfo';
import { models, type ModelId } from '../core/models/shelf';
import type { LentModel, ShelfHost, Standing } from './models/shelfHost';
import type { FrameSource } from './models/shelfModel';
import type { StartOptions } from './models/shelfSessions';
import type { StartedEngine } from './propagate/laterPropagator';
import type { Drawer } from './sam/drawer';
import { factsOf } from './sam/samFiles';
import { sam2GpuOutputs } from './sam2/graphNetwork';
import { Sam2Drawer } from './sam2/sam2Drawer';
import { Sam2Frames } from './sam2/sam2Frames';
import { Sam2Propagator } from './sam2/sam2Propagator';
import { defaultXMemOptions, parseXMemOptions } from './xmem/options';
import { xmemStart } from './xmem/xmemNetwork';
import { XMemPropagator } from './xmem/xmemPropagator';

export type ShelfEnginesOptions = {
  /** Words that change an engine, to measure what a part of it is worth; none in the app. */
  readonly propagationOptions?: readonly string[];
};

/** A model of SAM 2's family, and what it sees of the footage. */
type Seen = { readonly model: LentModel; readonly frames: Sam2Frames };

const sam2Start: StartOptions = { gpuOutputs: sam2GpuOutputs };

export class ShelfEngines {
  readonly #host: ShelfHost;
  readonly #source: FrameSource;
  readonly #options: ShelfEnginesOptions;
  /** What SAM 2's models see of the footage; prompting and propagating share it. */
  readonly #seen = new Map<ModelId, Promise<Seen>>();
  /** The model that draws from prompts, when it is one of these; its memory is kept whatever else runs. */
  #prompting: ModelId | null = null;

  constructor(host: ShelfHost, source: FrameSource, options: ShelfEnginesOptions = {}) {
    this.#host = host;
    this.#source = source;
    this.#options = options;
  }

  /** This model prompts from now on, or null: none of these does. */
  async setPrompting(id: ModelId | null): Promise<void> {
    this.#prompting = id;
    await this.release();
  }

  /** Only the prompting model stays started; of the footage nothing is kept. */
  async release(): Promise<void> {
    await this.#keepOnly([]);
    this.forgetPictures();
  }

  /** The frames look otherwise from now on, or are others. */
  forgetPictures(): void {
    for (const seen of this.#seen.values()) {
      void seen.then(({ frames }) => frames.forget()).catch(() => undefined);
    }
  }

  /** Draws by a model of SAM 2's family, of which `facts` tell. Rejects as ShelfHost.model does. */
  async drawer(id: ModelId): Promise<{ readonly drawer: Drawer; readonly facts: Partial<EngineInfo> }> {
    const { model, frames } = await this.#seenBy(id);
    return { drawer: new Sam2Drawer(frames), facts: factsOf(model.files) };
  }

  /** Starts a model of SAM 2's family now rather than at the first prompt. */
  async start(id: ModelId): Promise<Partial<EngineInfo>> {
    return standingFacts(await (await this.#seenBy(id)).model.start());
  }

  /** Starts a video model, in place of the one used before. */
  async prepare(id: ModelId): Promise<void> {
    const { end } = await this.startRun(id);
    await end?.();
  }

  /**
   * Starts a video model, and keeps it for the run, whatever is forgotten meanwhile; the one used before gives its
   * memory back.
   */
  async startRun(id: ModelId): Promise<StartedEngine> {
    await this.#keepOnly([id]);
    const { model, frames } =
      models[id].family === 'sam2'
        ? await this.#seenBy(id)
        : { model: await this.#host.model(id, xmemStart), frames: null };
    const end = model.hold();
    try {
      const standing = await model.start();
      const facts = (): Partial<EngineInfo> => ({
        ...factsOf(model.files),
        ...standingFacts(model.standing ?? standing),
      });
      if (frames) {
        return { propagator: new Sam2Propagator(frames), facts, end };
      }
      const { propagationOptions = [] } = this.#options;
      const options = parseXMemOptions(propagationOptions, defaultXMemOptions(standing.provider));
      const propagator = new XMemPropagator(model, this.#source, options);
      return { propagator, facts: () => ({ ...facts(), shortSidePx: propagator.shortSidePx }), end };
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Gives back a model's memory and files. */
  async forget(id: ModelId): Promise<void> {
    await this.#forgetFrames(id);
    await this.#host.forget(id);
  }

  #seenBy(id: ModelId): Promise<Seen> {
    const known = this.#seen.get(id);
    if (known) {
      return known;
    }
    const made = this.#host
      .model(id, sam2Start)
      .then((model) => ({ model, frames: new Sam2Frames(model, this.#source) }));
    this.#seen.set(id, made);
    made.catch(() => this.#seen.delete(id));
    return made;
  }

  async #keepOnly(ids: readonly ModelId[]): Promise<void> {
    const kept = this.#prompting ? [this.#prompting, ...ids] : ids;
    for (const id of [...this.#seen.keys()].filter((known) => !kept.includes(known))) {
      await this.#forgetFrames(id);
    }
    await this.#host.keepOnly(kept);
  }

  async #forgetFrames(id: ModelId): Promise<void> {
    const seen = this.#seen.get(id);
    this.#seen.delete(id);
    (await seen?.catch(() => null))?.frames.forget();
  }
}

/** A model may run on the processor while the engine's own has the graphics card, but not the other way round. */
function standingFacts({ provider, fallbackReason }: Standing): Partial<EngineInfo> {
  return provider === 'wasm' && fallbackReason !== null ? { provider, adapter: null, fallbackReason } : {};
}
