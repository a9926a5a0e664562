/** The engines that run models of the shelf on the footage, and what they remember of it. */
import { UserFacingError } from '../core/base/errors';
import { models, type ModelId } from '../core/models/shelf';
import type { ShelfHost } from './models/shelfHost';
import type { FrameSource } from './models/shelfModel';
import { LaterPropagator } from './propagate/laterPropagator';
import type { Propagator } from './propagate/propagator';
import type { Drawer } from './sam/drawer';

export class ShelfEngines {
  readonly #host: ShelfHost;
  /** The model that draws from prompts, when it is one of these; its memory is kept whatever else runs. */
  #prompting: ModelId | null = null;

  constructor(host: ShelfHost, _source: FrameSource) {
    this.#host = host;
  }

  /** This model prompts from now on, or null: none of these does. */
  async setPrompting(id: ModelId | null): Promise<void> {
    this.#prompting = id;
    await this.release();
  }

  /** Only the prompting model stays; of the footage nothing is kept. */
  async release(): Promise<void> {
    this.forgetPictures();
    await this.#host.keepOnly(this.#prompting ? [this.#prompting] : []);
  }

  /** The frames look otherwise from now on, or are others. */
  forgetPictures(): void {
    // Nothing is kept yet.
  }

  async drawer(id: ModelId): Promise<Drawer> {
    throw notBuiltIn(id);
  }

  /** Starts when first asked for a frame; the video model used before gives its memory back. */
  propagator(id: ModelId): Propagator {
    return new LaterPropagator(async () => {
      await this.#host.keepOnly(this.#prompting ? [this.#prompting, id] : [id]);
      throw notBuiltIn(id);
    });
  }
}

function notBuiltIn(id: ModelId): UserFacingError {
  return new UserFacingError({
    code: 'model-missing',
    what: `This version of Maskflow has no engine for ${models[id].name}.`,
    safe: 'Your footage, prompts and masks are untouched.',
    todo: 'Choose another model.',
  });
}
