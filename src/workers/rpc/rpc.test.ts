import { expose, finalizer, proxy, wrap } from 'comlink';
import { describe, expect, it, vi } from 'vitest';
import { UserFacingError, isCancelled } from '../../core/base/errors';
import { callAsJob, JobRegistry } from './jobs';
import { releasingCallbacks } from './releaseCallbacks';
import { readStream, serveStream } from './stream';
import { untilEnd } from './untilEnd';
import { isWasmCrash } from './wasmCrash';

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** A producer that counts how far it worked and whether it was closed. */
function counter(limit: number) {
  const seen = { produced: 0, isClosed: false };
  async function* produce(): AsyncGenerator<number> {
    try {
      while (seen.produced < limit) {
        seen.produced += 1;
        yield seen.produced;
      }
    } finally {
      seen.isClosed = true;
    }
  }
  return { seen, produce };
}

describe('stream', () => {
  it('delivers everything in order and ends both sides', async () => {
    const { port1, port2 } = new MessageChannel();
    const { seen, produce } = counter(5);
    const served = serveStream(port1, produce);
    const received: number[] = [];
    for await (const item of readStream<number>(port2)) {
      received.push(item);
    }
    await served;
    expect(received).toEqual([1, 2, 3, 4, 5]);
    expect(seen.isClosed).toBe(true);
  });

  it('works no further ahead than it was asked', async () => {
    const { port1, port2 } = new MessageChannel();
    const { seen, produce } = counter(100);
    void serveStream(port1, produce);
    const stream = readStream<number>(port2);
    expect(seen.produced).toBe(0);
    await stream.next();
    await settle();
    expect(seen.produced).toBe(1);
    await stream.next();
    await settle();
    expect(seen.produced).toBe(2);
    await stream.return();
    await vi.waitFor(() => expect(seen.isClosed).toBe(true));
  });

  it('stops the producer when the consumer aborts while waiting', async () => {
    const { port1, port2 } = new MessageChannel();
    const controller = new AbortController();
    let producerSignal: AbortSignal | null = null;
    const served = serveStream(port1, async function* (signal) {
      producerSignal = signal;
      yield 1;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const stream = readStream<number>(port2, controller.signal);
    await stream.next();
    const waiting = stream.next();
    controller.abort();
    await expect(waiting).rejects.toSatisfy(isCancelled);
    await served;
    expect(producerSignal).toMatchObject({ aborted: true });
  });

  it('carries user-facing errors with all three parts', async () => {
    const { port1, port2 } = new MessageChannel();
    const error = new UserFacingError({ code: 'engine-busy', what: 'w', safe: 's', todo: 't' });
    void serveStream(port1, async function* () {
      yield 1;
      throw error;
    });
    const stream = readStream<number>(port2);
    await stream.next();
    await expect(stream.next()).rejects.toMatchObject({
      code: 'engine-busy',
      what: 'w',
      safe: 's',
      todo: 't',
    });
  });
});

describe('jobs', () => {
  it('turns an abort here into an aborted signal there', async () => {
    const registry = new JobRegistry();
    const controller = new AbortController();
    const call = callAsJob(
      controller.signal,
      (jobId) => registry.cancel(jobId),
      (jobId) =>
        registry.run(
          jobId,
          (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
        ),
    );
    controller.abort();
    await expect(call).resolves.toBe('stopped');
  });

  it('cancels even when the signal was aborted before the call', async () => {
    const registry = new JobRegistry();
    const call = callAsJob(
      AbortSignal.abort(),
      (jobId) => registry.cancel(jobId),
      (jobId) =>
        registry.run(
          jobId,
          (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
        ),
    );
    await expect(call).resolves.toBe('stopped');
  });
});

describe('releasingCallbacks', () => {
  it.each([
    ['works', 'done'],
    ['fails', 'failed'],
  ])('ends the channel of a callback when the work %s', async (way, outcome) => {
    const { port1, port2 } = new MessageChannel();
    const service = {
      work: (callback: (text: string) => unknown) =>
        releasingCallbacks([callback], async () => {
          await callback('heard');
          if (way === 'fails') {
            throw new Error('failed');
          }
          return 'done';
        }),
    };
    expose(service, port1);
    const heard: string[] = [];
    let finish = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const callback = Object.assign((text: string) => heard.push(text), { [finalizer]: finish });
    const remote = wrap<typeof service>(port2);
    const answer: unknown = await remote.work(proxy(callback)).catch((error: Error) => error.message);
    expect(answer).toBe(outcome);
    expect(heard).toEqual(['heard']);
    await released;
    port1.close();
    port2.close();
  });
});

describe('untilEnd', () => {
  it('rejects with the reason as soon as the other side ends, and at once afterwards', async () => {
    const controller = new AbortController();
    const waiting = untilEnd(controller.signal, () => new Promise(() => undefined));
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(untilEnd(controller.signal, async () => 1)).rejects.toThrow('gone');
    await expect(untilEnd(new AbortController().signal, async () => 1)).resolves.toBe(1);
  });
});

describe('isWasmCrash', () => {
  it.each([
    [new WebAssembly.RuntimeError('memory access out of bounds'), true],
    [new Error('Aborted(OOM). Build with -sASSERTIONS for more info.'), true],
    [new Error('failed to call OrtRun(). ERROR_CODE: 6, ERROR_MESSAGE: std::bad_alloc'), true],
    [new RangeError('Array buffer allocation failed'), true],
    [new RangeError('WebAssembly.Memory.grow(): out of memory'), true],
    [new Error('failed to call OrtRun(). ERROR_CODE: 2, ERROR_MESSAGE: Got invalid dimensions'), false],
    [new DOMException('The operation was aborted.', 'AbortError'), false],
    [new UserFacingError({ code: 'engine-busy', what: 'out of memory', safe: 's', todo: 't' }), false],
    ['out of memory', false],
  ])('%s: %s', (error, expected) => {
    expect(isWasmCrash(error)).toBe(expected);
  });
});
