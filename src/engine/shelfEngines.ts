/** The engines that run models of the shelf on the footage, and what they remember of it. */
import { models, type ModelId } from '../core/models/shelf';
import type { ShelfHost } from './models/shelfHost';
import type { FrameSource } from './models/shelfModel';
import type { StartOptions } from './models/shelfSessions';
import { LaterPropagator } from './propagate/laterPropagator';
import type { Propagator } from './propagate/propagator';
import type { Drawer } from './sam/drawer';
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

const sam2Start: StartOptions = { gpuOutputs: sam2GpuOutputs };

export class ShelfEngines {
  readonly #host: ShelfHost;
  readonly #source: FrameSource;
  readonly #options: ShelfEnginesOptions;
  /** What SAM 2's models see of the footage; prompting and propagating share it. */
  readonly #seen = new Map<ModelId, Promise<Sam2Frames>>();
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
    for (const frames of this.#seen.values()) {
      void frames.then((seen) => seen.forget()).catch(() => undefined);
    }
  }

  /** Draws by a model of SAM 2's family. Rejects as ShelfHost.model does. */
  async drawer(id: ModelId): Promise<Drawer> {
    return new Sam2Drawer(await this.#framesOf(id));
  }

  /** Starts a model of SAM 2's family now rather than at the first prompt. */
  async start(id: ModelId): Promise<void> {
    await (await this.#host.model(id, sam2Start)).use(async () => undefined);
  }

  /** Starts when first asked for a frame; the video model used before gives its memory back. */
  propagator(id: ModelId): Propagator {
    return new LaterPropagator(async () => {
      await this.#keepOnly([id]);
      const { propagationOptions = [] } = this.#options;
      if (models[id].family === 'sam2') {
        return new Sam2Propagator(await this.#framesOf(id));
      }
      const options = parseXMemOptions(propagationOptions, defaultXMemOptions(await this.#host.provider()));
      return new XMemPropagator(await this.#host.model(id, xmemStart), this.#source, options);
    });
  }

  /** Gives back a model's memory and files. */
  async forget(id: ModelId): Promise<void> {
    await this.#forgetFrames(id);
    await this.#host.forget(id);
  }

  #framesOf(id: ModelId): Promise<Sam2Frames> {
    const known = this.#seen.get(id);
    if (known) {
      return known;
    }
    const made = this.#host.model(id, sam2Start).then((model) => new Sam2Frames(model, this.#source));
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
    const frames = this.#seen.get(id);
    this.#seen.delete(id);
    (await frames?.catch(() => null))?.forget();
  }
}
