/** Ends the message channels behind callbacks that came over Comlink: each holds two ports until it is released. */
import { releaseProxy, type Remote } from 'comlink';

type Callback = (...values: never[]) => unknown;

/** Runs `work`, then releases `callbacks`, which are proxies that Comlink made out of the caller's functions. */
export async function releasingCallbacks<T>(
  callbacks: readonly Callback[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } finally {
    for (const callback of callbacks) {
      (callback as unknown as Remote<() => void>)[releaseProxy]();
    }
  }
}
