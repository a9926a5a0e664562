/** Runs a reading plan over a file, with few and large reads. */
import { cancelledError } from '../../core/base/errors';
import { refuse } from '../../core/checkpoint/checkpointProblem';
import type { ReadPlan } from '../../core/checkpoint/readPlan';
import type { ByteSource } from './byteSource';

/** Headers lie close to one another; what is read ahead serves the next ones. */
const WINDOW_BYTES = 256 * 1024;

/** Rejects with what the plan throws, or what `source` rejects with. */
export async function runPlan<T>(source: ByteSource, plan: ReadPlan<T>, signal?: AbortSignal): Promise<T> {
  let window = { start: 0, bytes: new Uint8Array(0) };
  let step = plan.next();
  while (!step.done) {
    throwIfCancelled(signal);
    const { offset, lengthBytes } = step.value;
    const end = offset + lengthBytes;
    if (end > source.sizeBytes) {
      refuse('its end is cut off: the download may be incomplete');
    }
    if (offset < window.start || end > window.start + window.bytes.length) {
      const ahead = Math.max(lengthBytes, Math.min(WINDOW_BYTES, source.sizeBytes - offset));
      window = { start: offset, bytes: await source.read(offset, ahead) };
    }
    step = plan.next(window.bytes.subarray(offset - window.start, end - window.start));
  }
  return step.value;
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw cancelledError();
  }
}
