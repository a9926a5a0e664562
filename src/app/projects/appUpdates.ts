/** Makes the app work offline, and holds newer versions back until the user wants them. */
import type { MaskflowStore } from '../../state/store';
import type { Autosave } from './autosave';

const CHECK_EVERY_MS = 60 * 60 * 1000;

/** Long after start: filling the offline cache must not hold up the first minutes. */
const REGISTER_AFTER_MS = 4000;

export class AppUpdates {
  readonly #store: MaskflowStore;
  readonly #autosave: Pick<Autosave, 'flush'>;
  #registration: ServiceWorkerRegistration | null = null;

  constructor(store: MaskflowStore, autosave: Pick<Autosave, 'flush'>) {
    this.#store = store;
    this.#autosave = autosave;
  }

  /** Registers the service worker once the engine stands; does nothing where there is none. */
  start(scriptUrl: string): void {
    const container = (navigator as Partial<Navigator>).serviceWorker;
    if (!container) {
      return;
    }
    let isDue = false;
    const registerOnce = (): void => {
      if (!isDue && this.#store.getState().engine.kind !== 'loading') {
        isDue = true;
        unsubscribe();
        setTimeout(() => void this.#register(container, scriptUrl), REGISTER_AFTER_MS);
      }
    };
    const unsubscribe = this.#store.subscribe(registerOnce);
    registerOnce();
  }

  /** Saves, lets the waiting version take over, and reloads into it. */
  async apply(): Promise<void> {
    const waiting = this.#registration?.waiting;
    const isSaved = await this.#autosave.flush();
    if (!waiting || !(isSaved || (await this.#mayReload()))) {
      return;
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting.postMessage({ type: 'SKIP_WAITING' });
  }

  #mayReload(): Promise<boolean> {
    return this.#store.getState().ask({
      title: 'Reload without saving?',
      text: 'Your latest changes could not be saved and would be lost. Save the project into a file first if you want to keep them.',
      confirmLabel: 'Reload',
    });
  }

  async #register(container: ServiceWorkerContainer, scriptUrl: string): Promise<void> {
    try {
      // Undefined where a test keeps service workers out.
      const registration = (await container.register(scriptUrl)) as ServiceWorkerRegistration | undefined;
      if (!registration) {
        return;
      }
      this.#registration = registration;
      this.#follow(registration, container);
      setInterval(() => void registration.update().catch(() => undefined), CHECK_EVERY_MS);
    } catch (error) {
      console.warn('working offline is not possible', error);
    }
  }

  #follow(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
    const announce = (): void => {
      // The first version of all takes over at once, and is no news.
      if (registration.waiting && container.controller) {
        this.#store.getState().setProjectData({ isUpdateReady: true });
      }
    };
    announce();
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', announce);
    });
  }
}
