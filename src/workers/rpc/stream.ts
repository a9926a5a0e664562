/**
 * One typed stream over a MessagePort with pull credits: the producer works only as far ahead as the consumer has
 * asked, so a paused consumer pauses the work, and a closed one ends it.
 */
import { cancelledError } from '../../core/base/errors';
import { reviveError, serializeError, type SerializedError } from './errorEnvelope';

type ToProducer = { type: 'pull' } | { type: 'cancel' };
type ToConsumer<T> = { type: 'item'; item: T } | { type: 'end' } | { type: 'error'; error: SerializedError };

/** Producer side. `produce` gets a signal that aborts when the consumer cancels. Resolves when the stream is over. */
export async function serveStream<T>(
  port: MessagePort,
  produce: (signal: AbortSignal) => AsyncIterable<T>,
): Promise<void> {
  const controller = new AbortController();
  let credits = 0;
  let wake: (() => void) | null = null;
  port.addEventListener('message', (event: MessageEvent<ToProducer>) => {
    if (event.data.type === 'pull') {
      credits += 1;
    } else {
      controller.abort();
    }
    wake?.();
  });
  port.start();
  const send = (message: ToConsumer<T>): void => port.postMessage(message);
  const waitForCredit = async (): Promise<void> => {
    while (credits === 0 && !controller.signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    credits -= 1;
  };
  try {
    await waitForCredit();
    if (!controller.signal.aborted) {
      for await (const item of produce(controller.signal)) {
        send({ type: 'item', item });
        await waitForCredit();
        if (controller.signal.aborted) {
          break;
        }
      }
    }
    send({ type: 'end' });
  } catch (error) {
    send({ type: 'error', error: serializeError(error) });
  } finally {
    port.close();
  }
}

/**
 * Consumer side: each step of the iteration grants one credit. Leaving the loop or aborting `signal` cancels the
 * producer; an abort rejects with a `cancelled` UserFacingError.
 */
export async function* readStream<T>(port: MessagePort, signal?: AbortSignal): AsyncGenerator<T, void, void> {
  const inbox: ToConsumer<T>[] = [];
  let wake: (() => void) | null = null;
  port.addEventListener('message', (event: MessageEvent<ToConsumer<T>>) => {
    inbox.push(event.data);
    wake?.();
  });
  port.start();
  const send = (message: ToProducer): void => port.postMessage(message);
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });
  let isOver = false;
  try {
    for (;;) {
      send({ type: 'pull' });
      while (inbox.length === 0 && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (signal?.aborted) {
        throw cancelledError();
      }
      const message = inbox.shift();
      if (message?.type === 'item') {
        yield message.item;
      } else {
        isOver = true;
        if (message?.type === 'error') {
          throw reviveError(message.error);
        }
        return;
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    if (!isOver) {
      send({ type: 'cancel' });
    }
    // The producer closes its end after the cancel; closing ours now could drop that message.
    setTimeout(() => port.close(), 0);
  }
}
