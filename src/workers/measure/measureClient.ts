/** The main thread's end of the measure worker. */
import { proxy, transfer } from 'comlink';
import { cancelledError, UserFacingError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import type { FrameToMeasure } from '../../core/measure/frameMeasurement';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import type { FrameResult, FrameTask, MeasureService, ZipProgress, ZipRequest } from './measureProtocol';

export type ZipOptions = {
  readonly onProgress?: (progress: ZipProgress) => void;
  readonly signal?: AbortSignal;
};

type Life = WorkerLife<MeasureService>;

/** Starts the worker on the first call; `[Symbol.dispose]` ends it. */
export class MeasureClient implements Disposable {
  #life: Life | null = null;
  #connectFrames: ((port: MessagePort) => void) | null = null;
  /** The footage whose worker the pictures come from: another one may have been opened by a new footage worker. */
  #connectedTo: FootageId | null = null;

  /** `connect` gives the footage worker the other end of a channel; it is asked when pictures are needed. */
  connectFrames(connect: (port: MessagePort) => void): void {
    this.#connectFrames = connect;
    this.#connectedTo = null;
  }

  /** Tells that the footage worker died: what waits for its pictures rejects. The next measuring connects anew. */
  disconnectFrames(): void {
    this.#connectedTo = null;
    if (this.#life && !this.#life.ended.aborted) {
      void this.#life.remote.disconnectFrames();
    }
  }

  /** Measures some frames, in order. Rejects with a UserFacingError. */
  measure(footageId: FootageId, tasks: readonly FrameTask[]): Promise<readonly FrameResult[]> {
    const life = this.#living();
    if (tasks.some(({ groups }) => groups?.has('colour'))) {
      this.#connect(life, footageId);
    }
    return life.call<readonly FrameResult[]>((remote) => remote.measure(footageId, tasks));
  }

  /** The files of exported measurements; `getFrame` gives the masks of the frames whose profiles are written. */
  async zip(
    request: ZipRequest,
    getFrame: (frameIndex: number) => FrameToMeasure,
    { onProgress, signal }: ZipOptions = {},
  ): Promise<Blob> {
    if (signal?.aborted) {
      throw cancelledError();
    }
    const life = this.#living();
    const give = proxy(async (frameIndex: number) => getFrame(frameIndex));
    const report = proxy((progress: ZipProgress) => onProgress?.(progress));
    return await callAsJob(
      signal,
      (jobId) => void life.remote.cancel(jobId),
      (jobId) => life.call<Blob>((remote) => remote.zip(request, give, report, jobId)),
    );
  }

  [Symbol.dispose](): void {
    this.#life?.end(measuringStopped('it was ended'));
  }

  #connect(life: Life, footageId: FootageId): void {
    if (this.#connectFrames && this.#connectedTo !== footageId) {
      const channel = new MessageChannel();
      void life.remote.connectFrames(transfer(channel.port1, [channel.port1]));
      this.#connectFrames(channel.port2);
      this.#connectedTo = footageId;
    }
  }

  #living(): Life {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), {
        type: 'module',
        name: 'measure',
      });
      this.#life = new WorkerLife(worker, (cause) => measuringStopped(cause ?? 'it could not be loaded'));
      this.#connectedTo = null;
    }
    return this.#life;
  }
}

/** The error of calls to a worker that died. */
function measuringStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that measures stopped: ${why}.`,
    safe: 'Your labels, prompts and masks are untouched.',
    todo: 'Measure again; if that fails too, reload the page.',
  });
}
