/** One loaded graph: runs under the shared lock, and says who owns the tensors. */
import { cancelledError } from '../../core/base/errors';
import type { GpuTensorCensus } from './gpuTensorCensus';
import type { OrtRuntime, OrtSession, OrtSessionOptions, OrtTensor } from './ortRuntime';
import type { Priority, SessionMutex } from './sessionMutex';

/** What all sessions of a realm share. */
export type OrtContext = {
  readonly runtime: OrtRuntime;
  readonly mutex: SessionMutex;
  readonly census: GpuTensorCensus;
};

/** Numbers as graphs take them: float32, int32, int64 or uint8. */
export type GraphValues = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** An array to be made a tensor of its type for one run, or a tensor that somebody keeps. */
export type GraphInput =
  { readonly values: GraphValues; readonly dims: readonly number[] } | { readonly tensor: OrtTensor };

export type GraphRun = {
  readonly feeds: Readonly<Record<string, GraphInput>>;
  /** Outputs wanted; others are neither computed nor left behind. */
  readonly fetches: readonly string[];
  readonly priority: Priority;
  readonly signal?: AbortSignal;
};

export class GraphSession {
  readonly #context: OrtContext;
  readonly #session: OrtSession;

  private constructor(context: OrtContext, session: OrtSession) {
    this.#context = context;
    this.#session = session;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  static async create(
    context: OrtContext,
    graph: Uint8Array,
    options: OrtSessionOptions,
  ): Promise<GraphSession> {
    const session = await context.mutex.run('interactive', () =>
      context.runtime.InferenceSession.create(graph, options),
    );
    return new GraphSession(context, session);
  }

  /**
   * Runs the graph once; in the background, waiting interactive calls go first. The caller owns the outputs and gives each to `disposeTensor`. `runMs` is the time of
   * `session.run` alone. Rejects with a `cancelled` error when aborted before its turn; a run cannot be interrupted.
   */
  async run({ feeds, fetches, priority, signal }: GraphRun): Promise<{
    outputs: Record<string, OrtTensor>;
    runMs: number;
  }> {
    const { runtime, mutex, census } = this.#context;
    await giveWay(priority);
    return mutex.run(priority, async () => {
      if (signal?.aborted) {
        throw cancelledError();
      }
      const own: OrtTensor[] = [];
      const tensors: Record<string, OrtTensor> = {};
      for (const [name, input] of Object.entries(feeds)) {
        if ('tensor' in input) {
          tensors[name] = input.tensor;
        } else {
          const tensor = new runtime.Tensor(input.values, input.dims);
          tensors[name] = tensor;
          own.push(tensor);
        }
      }
      try {
        const startMs = performance.now();
        const results = await this.#session.run(tensors, [...fetches]);
        const runMs = performance.now() - startMs;
        const outputs: Record<string, OrtTensor> = {};
        for (const name of fetches) {
          const output = results[name] as OrtTensor;
          census.add(output);
          outputs[name] = output;
        }
        return { outputs, runMs };
      } finally {
        own.forEach((tensor) => census.dispose(tensor));
      }
    });
  }

  disposeTensor(tensor: OrtTensor): void {
    this.#context.census.dispose(tensor);
  }

  async release(): Promise<void> {
    await this.#context.mutex.run('interactive', async () => {
      try {
        await this.#session.release();
      } catch {
        // A session on a lost device has nothing left to release.
      }
    });
  }
}

/** On WASM a run blocks the worker: only a turn of the event loop lets the messages in that ask for something. */
async function giveWay(priority: Priority): Promise<void> {
  if (priority === 'background') {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
