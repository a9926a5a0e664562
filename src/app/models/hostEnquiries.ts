/** Asks hosts what they have before anything is downloaded: nobody is contacted until the user presses Download. */
import { isCancelled, toUserMessage } from '../../core/base/errors';
import type { ModelId } from '../../core/models/shelf';
import type { MaskflowStore } from '../../state/store';
import type { ModelsService } from '../services';

export class HostEnquiries {
  readonly #store: MaskflowStore;
  readonly #models: Pick<ModelsService, 'ask'>;
  readonly #asking = new Map<ModelId, AbortController>();

  constructor(store: MaskflowStore, models: Pick<ModelsService, 'ask'>) {
    this.#store = store;
    this.#models = models;
  }

  /** The state tells what the host says, or that it does not; an earlier enquiry about the model ends. */
  async ask(id: ModelId, url: string): Promise<void> {
    this.end(id);
    const controller = new AbortController();
    this.#asking.set(id, controller);
    const { setHostEnquiry } = this.#store.getState();
    setHostEnquiry(id, { kind: 'asking', url });
    try {
      const statement = await this.#models.ask(id, url, controller.signal);
      if (!controller.signal.aborted) {
        setHostEnquiry(id, { kind: 'answered', url, statement });
      }
    } catch (error) {
      if (!controller.signal.aborted && !isCancelled(error)) {
        setHostEnquiry(id, { kind: 'failed', url, message: toUserMessage(error) });
      }
    } finally {
      if (this.#asking.get(id) === controller) {
        this.#asking.delete(id);
      }
    }
  }

  /** Forgets what was asked about a model, and what came of it. */
  end(id: ModelId): void {
    this.#asking.get(id)?.abort();
    this.#asking.delete(id);
    this.#store.getState().setHostEnquiry(id, null);
  }
}
