/** XMem's inference, frame by frame: read the memory, draw the objects, remember them. */
import type { ObjectId } from '../../core/base/ids';
import type { BinaryMask } from '../../core/mask/binaryMask';
import type { XMemConfig } from './config';
import { padMask } from './frameInput';
import { aggregate, sigmoid } from './softAggregation';
import type { WorkGeometry } from './workGeometry';
import { XMemMemory, type FrameMemory, type MemoryReading, type MemorySizes } from './xmemMemory';
import type { Planes, XMemNetwork, XMemView } from './xmemNetwork';

export type TrackerStep = {
  /** float32[3, padded height, padded width], normalised. */
  readonly image: Float32Array;
  /** Masks of work size that are known to be true on this frame. Objects not seen before join. */
  readonly given: ReadonlyMap<ObjectId, BinaryMask>;
  /** Objects whose memory of this frame is kept for ever. */
  readonly permanent: ReadonlySet<ObjectId>;
  /** Objects that nothing is to be remembered of: it is known already, or not worth it. */
  readonly unremembered: ReadonlySet<ObjectId>;
  /** 1 for each cell that may be learned from; all of them when left out. */
  readonly learnable?: Uint8Array;
  /** No frame comes after this one: nothing is remembered. */
  readonly isLast: boolean;
};

export type TrackedFrame = {
  /** Planes of the padded size that add up to 1: the background's, then one for each object in `objectIds`. */
  readonly planes: readonly Float32Array[];
  readonly objectIds: readonly ObjectId[];
  readonly encodeMs: number;
  readonly decodeMs: number;
};

/** What one frame came to; taken over only when all of it is there. */
type Outcome = {
  readonly planes: readonly Float32Array[];
  readonly reading: MemoryReading | null;
  /** The hidden state of all objects, where it changed. */
  readonly hidden: Float32Array<ArrayBuffer> | null;
  readonly memory: FrameMemory | null;
  readonly encodeMs: number;
  readonly decodeMs: number;
};

export class XMemTracker {
  readonly #network: XMemNetwork;
  readonly #config: XMemConfig;
  readonly #geometry: WorkGeometry;
  readonly #memory: XMemMemory;
  /** In the order in which they joined. */
  #objectIds: readonly ObjectId[] = [];
  /** float32[objects * hiddenDim * cells]. */
  #hidden = new Float32Array(0);
  #time = -1;
  #lastMemory = 0;

  constructor(network: XMemNetwork, config: XMemConfig, geometry: WorkGeometry) {
    this.#network = network;
    this.#config = config;
    this.#geometry = geometry;
    this.#memory = new XMemMemory(config);
  }

  get memorySizes(): MemorySizes {
    return this.#memory.sizes;
  }

  get objectIds(): readonly ObjectId[] {
    return this.#objectIds;
  }

  /**
   * Remembers a frame that is no step of the run, for ever: the masks of `masks` are true; `guesses` are where other
   * objects may be. No object joins by this.
   */
  async learn(
    {
      image,
      masks,
      guesses,
      learnable,
    }: Pick<TrackerStep, 'image' | 'learnable'> & {
      readonly masks: ReadonlyMap<ObjectId, BinaryMask>;
      readonly guesses: ReadonlyMap<ObjectId, BinaryMask>;
    },
    signal: AbortSignal,
  ): Promise<void> {
    const objectIds = [...masks.keys()];
    const all = aggregate(
      [...masks.values(), ...guesses.values()].map((mask) => padMask(mask, this.#geometry)),
    );
    const memory = await this.#network.look(image, this.#geometry, signal, async (view) => {
      const hidden = this.#emptyHidden(objectIds.length);
      const { values } = await view.remember({ ...this.#maskInputs(all, objectIds.length), hidden });
      return frameMemory(view, objectIds, values, learnable);
    });
    this.#memory.addPermanent(memory);
  }

  /** The next frame of the run. A step that fails or is cancelled leaves everything as it was. */
  async step(step: TrackerStep, signal: AbortSignal): Promise<TrackedFrame> {
    const { given, permanent, isLast } = step;
    const time = this.#time + 1;
    const isMemory = (given.size > 0 || time - this.#lastMemory >= this.#config.memoryEvery) && !isLast;
    const known = this.#objectIds;
    const objectIds = [...known, ...[...given.keys()].filter((objectId) => !known.includes(objectId))];
    const outcome = await this.#network.look(step.image, this.#geometry, signal, (view) =>
      this.#work(view, step, objectIds, isMemory),
    );
    this.#time = time;
    this.#objectIds = objectIds;
    this.#hidden = outcome.hidden ?? this.#hiddenFor(objectIds.length);
    outcome.reading?.count();
    if (outcome.memory) {
      this.#remember(outcome.memory, permanent);
    }
    if (isMemory) {
      this.#lastMemory = time;
    }
    const { planes, encodeMs, decodeMs } = outcome;
    return { planes, objectIds, encodeMs, decodeMs };
  }

  async #work(
    view: XMemView,
    { given, unremembered, learnable, isLast }: TrackerStep,
    objectIds: readonly ObjectId[],
    isMemory: boolean,
  ): Promise<Outcome> {
    const known = this.#objectIds;
    const isDrawn = known.length > 0 && given.size < objectIds.length;
    const reading = isDrawn
      ? await this.#memory.read(
          { cells: view.shrinkage.length, keys: view.keys, selection: view.selection },
          known,
          view.search,
        )
      : null;
    // On a frame that is remembered, the hidden state follows the memory instead.
    const drawn = reading
      ? await view.decode({
          count: known.length,
          readout: reading.readout,
          hidden: this.#hidden,
          wantsHidden: !isMemory && !isLast,
        })
      : null;
    const predicted = drawn ? this.#probabilities(drawn.logits, known.length) : null;
    const planes = given.size === 0 && predicted ? predicted : this.#withGiven(predicted, given, objectIds);
    const times = { encodeMs: view.encodeMs, decodeMs: drawn?.runMs ?? 0 };
    if (!isMemory) {
      return { planes, reading, hidden: drawn?.hidden ?? null, memory: null, ...times };
    }
    const { values, hidden, runMs } = await view.remember({
      ...this.#maskInputs(planes, objectIds.length),
      hidden: this.#hiddenFor(objectIds.length),
    });
    const remembered = objectIds.filter((objectId) => !unremembered.has(objectId));
    const kept = values.filter((_, index) => !unremembered.has(objectIds[index]!));
    const memory = remembered.length > 0 ? frameMemory(view, remembered, kept, learnable) : null;
    return { planes, reading, hidden, memory, ...times, encodeMs: times.encodeMs + runMs };
  }

  /** What is given takes its pixels from what was predicted; all then compete again. */
  #withGiven(
    predicted: readonly Float32Array[] | null,
    given: ReadonlyMap<ObjectId, BinaryMask>,
    objectIds: readonly ObjectId[],
  ): Float32Array[] {
    const masks = new Map([...given].map(([objectId, mask]) => [objectId, padMask(mask, this.#geometry)]));
    const chances = objectIds.map((objectId, index) => {
      const mask = masks.get(objectId);
      if (mask || !predicted) {
        return mask ?? new Float32Array(this.#pixels);
      }
      const plane = predicted[index + 1]!.slice();
      for (const taken of masks.values()) {
        taken.forEach((value, pixel) => {
          plane[pixel] = value > 0 ? 0 : plane[pixel]!;
        });
      }
      return plane;
    });
    return aggregate(chances);
  }

  #probabilities(logits: Float32Array, count: number): Float32Array[] {
    const size = this.#pixels;
    return aggregate(
      Array.from({ length: count }, (_, index) => sigmoid(logits.subarray(index * size, (index + 1) * size))),
    );
  }

  /** Each of the first `count` objects' plane, and the sum of all other objects' planes. */
  #maskInputs(
    [, ...planes]: readonly Float32Array[],
    count: number,
  ): { count: number; masks: Planes; others: Planes } {
    const size = this.#pixels;
    const masks = new Float32Array(count * size);
    const others = new Float32Array(count * size);
    for (let index = 0; index < count; index += 1) {
      masks.set(planes[index]!, index * size);
      for (const plane of planes.filter((_, other) => other !== index)) {
        for (let pixel = 0; pixel < size; pixel += 1) {
          others[index * size + pixel] = others[index * size + pixel]! + plane[pixel]!;
        }
      }
    }
    return { count, masks, others };
  }

  #remember(memory: FrameMemory, permanent: ReadonlySet<ObjectId>): void {
    const lasting = [...memory.values].filter(([objectId]) => permanent.has(objectId));
    const passing = [...memory.values].filter(([objectId]) => !permanent.has(objectId));
    if (lasting.length > 0) {
      this.#memory.addPermanent({ ...memory, values: new Map(lasting) });
    }
    if (passing.length > 0) {
      this.#memory.addWorking({ ...memory, values: new Map(passing) });
    }
  }

  get #pixels(): number {
    return this.#geometry.padded.width * this.#geometry.padded.height;
  }

  #emptyHidden(count: number): Float32Array<ArrayBuffer> {
    return new Float32Array(count * this.#config.hiddenDim * this.#geometry.rows * this.#geometry.columns);
  }

  /** The hidden state, with zeros for objects that join. */
  #hiddenFor(count: number): Float32Array<ArrayBuffer> {
    const hidden = this.#emptyHidden(count);
    hidden.set(this.#hidden);
    return hidden;
  }
}

function frameMemory(
  { keys, shrinkage, selection }: XMemView,
  objectIds: readonly ObjectId[],
  values: readonly Float32Array[],
  learnable?: Uint8Array,
): FrameMemory {
  const valid = learnable?.includes(0) ? learnable : null;
  return {
    keys,
    shrinkage,
    selection,
    values: new Map(objectIds.map((objectId, index) => [objectId, { rows: values[index]!, valid }])),
  };
}
