/** XMem's graphs, on whichever device works: encode a frame, draw objects on it, make memory of it. */
import type { GraphSession } from '../ort/graphSession';
import type { OrtTensor } from '../ort/ortRuntime';
import type { ShelfModel } from '../models/shelfModel';
import type { StartOptions } from '../models/shelfSessions';
import type { XMemConfig } from './config';
import { graphSearch } from './graphSearch';
import type { NearestSearch } from './memoryRead';
import type { WorkGeometry } from './workGeometry';

/**
 * A frame's features stay on the GPU between its graphs. The memory is read on the processor, where it lies: it would be
 * sent over for each frame, and choosing the best of very many is no work for a GPU.
 */
export const xmemStart: StartOptions = { gpuOutputs: { key: ['f16', 'f8', 'f4'] }, onCpu: ['read'] };

/** Objects drawn in one run: more of them would need more memory at once, and be no faster. */
const MAX_OBJECTS_PER_RUN = 4;

/** Planes of several objects, one object after the other. */
export type Planes = Float32Array<ArrayBuffer>;

/** One encoded frame; usable inside the `work` it was given to. */
export type XMemView = {
  /** float32[cells * keyDim], a row for each cell; likewise `selection`. May be kept. */
  readonly keys: Float32Array;
  readonly shrinkage: Float32Array;
  readonly selection: Float32Array;
  readonly encodeMs: number;
  /** Searches the memory. */
  readonly search: NearestSearch;
  /**
   * readout float32[n, valueDim, rows, columns], hidden [n, hiddenDim, rows, columns] -> logits [n, padded height, padded
   * width], and the hidden state after this frame where it is wanted.
   */
  readonly decode: (input: {
    readonly count: number;
    readonly readout: Planes;
    readonly hidden: Planes;
    readonly wantsHidden: boolean;
  }) => Promise<{ readonly logits: Planes; readonly hidden: Planes | null; readonly runMs: number }>;
  /** Probabilities of the padded size -> values [n][cells * valueDim], a row for each cell, and the hidden state. */
  readonly remember: (input: {
    readonly count: number;
    readonly masks: Planes;
    readonly others: Planes;
    readonly hidden: Planes;
  }) => Promise<{
    readonly values: readonly Float32Array[];
    readonly hidden: Planes;
    readonly runMs: number;
  }>;
};

export interface XMemNetwork {
  /**
   * Encodes a picture (float32[3, padded height, padded width]) and works on it. `work` runs again when the graphics
   * device is lost meanwhile, so it must be repeatable. Rejects with a `cancelled` error once `signal` aborts.
   */
  look<T>(
    image: Float32Array,
    geometry: WorkGeometry,
    signal: AbortSignal,
    work: (view: XMemView) => Promise<T>,
  ): Promise<T>;
}

export class GraphXMemNetwork implements XMemNetwork {
  readonly #model: Pick<ShelfModel, 'use'>;
  readonly #config: XMemConfig;

  constructor(model: Pick<ShelfModel, 'use'>, config: XMemConfig) {
    this.#model = model;
    this.#config = config;
  }

  look<T>(
    image: Float32Array,
    geometry: WorkGeometry,
    signal: AbortSignal,
    work: (view: XMemView) => Promise<T>,
  ): Promise<T> {
    return this.#model.use(async (graphs) => {
      const { key, value, decode, read } = graphs;
      const { padded, rows, columns } = geometry;
      const imageInput = { values: image, dims: [1, 3, padded.height, padded.width] };
      const names = ['key', 'shrinkage', 'selection', 'f16', 'f8', 'f4'];
      const { outputs, runMs } = await key!.run({
        feeds: { image: imageInput },
        fetches: names,
        priority: 'background',
        signal,
      });
      const frame = { image: imageInput, outputs, rows, columns, padded, signal };
      try {
        const cells = rows * columns;
        return await work({
          keys: transposed(outputs['key']!.data as Float32Array, this.#config.keyDim, cells),
          shrinkage: (outputs['shrinkage']!.data as Float32Array).slice(),
          selection: transposed(outputs['selection']!.data as Float32Array, this.#config.keyDim, cells),
          encodeMs: runMs,
          search: graphSearch(read!, signal),
          decode: (input) => this.#decode(decode!, frame, input),
          remember: (input) => this.#remember(value!, frame, input),
        });
      } finally {
        names.forEach((name) => key!.disposeTensor(outputs[name]!));
      }
    });
  }

  async #decode(
    session: GraphSession,
    frame: EncodedFrame,
    { count, readout, hidden, wantsHidden }: Parameters<XMemView['decode']>[0],
  ): ReturnType<XMemView['decode']> {
    const { valueDim, hiddenDim } = this.#config;
    const { padded, rows, columns } = frame;
    const logits = new Float32Array(count * padded.width * padded.height);
    const newHidden = wantsHidden ? new Float32Array(hidden.length) : null;
    const runMs = await runInParts(session, frame, count, {
      shared: ['f16', 'f8', 'f4'],
      inputs: {
        readout: { planes: readout, dims: [valueDim, rows, columns] },
        hidden: { planes: hidden, dims: [hiddenDim, rows, columns] },
      },
      outputs: newHidden ? { logits, new_hidden: newHidden } : { logits },
    });
    return { logits, hidden: newHidden, runMs };
  }

  async #remember(
    session: GraphSession,
    frame: EncodedFrame,
    { count, masks, others, hidden }: Parameters<XMemView['remember']>[0],
  ): ReturnType<XMemView['remember']> {
    const { valueDim, hiddenDim } = this.#config;
    const { padded, rows, columns } = frame;
    const cells = rows * columns;
    const planes = new Float32Array(count * valueDim * cells);
    const newHidden = new Float32Array(hidden.length);
    const maskDims = [1, padded.height, padded.width];
    const runMs = await runInParts(session, frame, count, {
      shared: ['image', 'f16'],
      inputs: {
        mask: { planes: masks, dims: maskDims },
        others: { planes: others, dims: maskDims },
        hidden: { planes: hidden, dims: [hiddenDim, rows, columns] },
      },
      outputs: { value: planes, new_hidden: newHidden },
    });
    const size = valueDim * cells;
    const values = Array.from({ length: count }, (_, index) =>
      transposed(planes.subarray(index * size, (index + 1) * size), valueDim, cells),
    );
    return { values, hidden: newHidden, runMs };
  }
}

type EncodedFrame = Pick<WorkGeometry, 'rows' | 'columns' | 'padded'> & {
  readonly image: { readonly values: Float32Array; readonly dims: readonly number[] };
  readonly outputs: Readonly<Record<string, OrtTensor>>;
  readonly signal: AbortSignal;
};

type ObjectRun = {
  /** Inputs that all objects share: `image`, or outputs of the key graph. */
  readonly shared: readonly string[];
  readonly inputs: Readonly<Record<string, { readonly planes: Planes; readonly dims: readonly number[] }>>;
  /** Filled, object after object. */
  readonly outputs: Readonly<Record<string, Float32Array>>;
};

/** Runs a graph on a few objects at a time; gives the milliseconds it took. */
async function runInParts(
  session: GraphSession,
  { image, outputs: encoded, signal }: EncodedFrame,
  count: number,
  { shared, inputs, outputs }: ObjectRun,
): Promise<number> {
  const ofFrame = Object.fromEntries(
    shared.map((name) => [name, name === 'image' ? image : { tensor: encoded[name]! }] as const),
  );
  let totalMs = 0;
  for (let first = 0; first < count; first += MAX_OBJECTS_PER_RUN) {
    const end = Math.min(count, first + MAX_OBJECTS_PER_RUN);
    const ofObjects = Object.fromEntries(
      Object.entries(inputs).map(([name, { planes, dims }]) => {
        const size = dims.reduce((product, side) => product * side, 1);
        return [
          name,
          { values: planes.slice(first * size, end * size), dims: [end - first, ...dims] },
        ] as const;
      }),
    );
    const { outputs: results, runMs } = await session.run({
      feeds: { ...ofFrame, ...ofObjects },
      fetches: Object.keys(outputs),
      priority: 'background',
      signal,
    });
    totalMs += runMs;
    for (const [name, target] of Object.entries(outputs)) {
      target.set(results[name]!.data as Float32Array, (first * target.length) / count);
      session.disposeTensor(results[name]!);
    }
  }
  return totalMs;
}

/** float32[channels, cells] -> float32[cells, channels]. */
function transposed(planes: Float32Array, channels: number, cells: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(channels * cells);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let cell = 0; cell < cells; cell += 1) {
      rows[cell * channels + channel] = planes[channel * cells + cell]!;
    }
  }
  return rows;
}
