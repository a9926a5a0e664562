/** A worker for tests outside a browser: it answers as the test says, or dies. */
import { expose } from 'comlink';
import { vi } from 'vitest';

export class ScriptedWorker extends EventTarget {
  isTerminated = false;
  readonly #port: MessagePort;
  readonly #own: MessagePort;

  /** `service` is what calls of it get. */
  constructor(service: object) {
    super();
    const { port1, port2 } = new MessageChannel();
    expose(service, port2);
    this.#port = port1;
    this.#own = port2;
    port1.addEventListener('message', ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown })),
    );
    port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  /** As when its code throws; without `cause`, as when it could not be loaded. */
  die(cause?: string): void {
    this.dispatchEvent(cause === undefined ? new Event('error') : new DeathEvent(cause));
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
    this.#own.close();
  }
}

class DeathEvent extends Event {
  readonly message: string;

  constructor(message: string) {
    super('error');
    this.message = message;
  }
}

/** Each worker that is started from now on answers with the next service; `vi.unstubAllGlobals` ends that. */
export function scriptWorkers(...services: readonly object[]): ScriptedWorker[] {
  const started: ScriptedWorker[] = [];
  vi.stubGlobal('ErrorEvent', DeathEvent);
  vi.stubGlobal(
    'Worker',
    class extends ScriptedWorker {
      constructor() {
        super(services[started.length] ?? {});
        started.push(this);
      }
    },
  );
  return started;
}
