/** Networks that do what a script says and tell what they were asked: the tracker's logic without a model. */
import type { FrameSource, ShelfModel } from '../../models/shelfModel';
import type { GraphSessions } from '../../models/shelfSessions';
import type { OrtTensor } from '../../ort/ortRuntime';
import type { RgbaPicture } from '../../sam/preprocess';
import { cancelledError } from '../../../core/base/errors';
import type { RunOptions } from '../../sam/imageEncoder';
import type {
  ConditionedFeatures,
  DecodedMask,
  DecodeInput,
  ImageFeatures,
  MaskToRemember,
  MemoryRead,
  Sam2Network,
} from '../network';
import { Sam2Frames } from '../sam2Frames';
import type { Sam2Config } from '../sam2Config';

export const SIDE_PX = 16;
/** Objects live in bands of rows of the footage, four of them. */
export const BAND_PX = 4;

export const scriptedConfig: Sam2Config = {
  imageSize: SIDE_PX,
  featureSize: 1,
  hiddenSize: 2,
  memorySize: 4,
  tokensPerMap: 1,
  maps: 9,
  pointers: 16,
  temporalRows: 7,
  pointerReach: 16,
  pointerTime: true,
  maskSize: SIDE_PX,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  memoryRounding: 'none',
  maskedBias: -10_000,
};

/** What a map or a pointer of the scripted networks says: where it comes from. */
export type Trace = {
  readonly frame: number;
  readonly band: number;
  readonly isGiven: boolean;
  readonly score: number;
};

/** One look into memory, in words. */
export type LoggedRead = {
  readonly frame: number;
  readonly maps: readonly { readonly trace: Trace; readonly row: number }[];
  readonly pointers: readonly { readonly frame: number; readonly distance: number }[];
};

export type Script = {
  /** 0: not seen. Above: how far, of the width, the object reaches on the frame; its whole band when left out. */
  readonly reach?: (frame: number, band: number) => number;
  /** The band drawn, whichever object is followed; the object's own when left out. */
  readonly band?: number;
  /** A pixel of the square inside of the band that is not drawn. */
  readonly hole?: number;
};

/** Shared by all networks of a test, on whichever graphs. */
export class ScriptedWorld {
  readonly reads: LoggedRead[] = [];
  readonly encoded: number[] = [];
  readonly asked: DecodeInput[] = [];
  /** Frames whose given masks were put into memory, in order. */
  readonly given: number[] = [];
  readonly remembered: { readonly frame: number; readonly mask: MaskToRemember }[] = [];
  /** Tensors that nobody has disposed of. */
  live = 0;
  /** Called before each run; may throw. */
  beforeRun: (what: string, frame: number) => void = () => undefined;
  readonly script: Script;

  constructor(script: Script = {}) {
    this.script = script;
  }

  /** Frames of this world; `graphs()` may change, as after a device loss. */
  frames(graphs: () => GraphSessions = () => noGraphs): Sam2Frames {
    const model: ShelfModel = {
      config: scriptedConfig,
      use: async (work) => {
        for (;;) {
          const now = graphs();
          try {
            return await work(now);
          } catch (error) {
            if (graphs() === now) {
              throw error;
            }
          }
        }
      },
    };
    const source: FrameSource = { picture: async (frame) => pictureOf(frame), prefetch: () => undefined };
    return new Sam2Frames(model, source, {
      limits: { maxFrames: 3, maxBytes: 1e9 },
      networkOf: (_, config) => new ScriptedNetwork(this, config),
    });
  }
}

export const noGraphs: GraphSessions = {};

/** A frame that says its number. */
function pictureOf(frame: number): RgbaPicture {
  const data = new Uint8ClampedArray(SIDE_PX * SIDE_PX * 4);
  data.set([frame >> 8, frame & 255]);
  return { width: SIDE_PX, height: SIDE_PX, data };
}

class ScriptedNetwork implements Sam2Network {
  readonly config: Sam2Config;
  readonly #world: ScriptedWorld;

  constructor(world: ScriptedWorld, config: Sam2Config) {
    this.#world = world;
    this.config = config;
  }

  async encode(picture: RgbaPicture): Promise<{ embedding: ImageFeatures; runMs: number }> {
    const frame = picture.data[0]! * 256 + picture.data[1]!;
    this.#world.beforeRun('encode', frame);
    this.#world.encoded.push(frame);
    const features = this.#tensor(frame);
    const source = { width: picture.width, height: picture.height };
    return {
      embedding: {
        ...features,
        ...source,
        features: features.tensor,
        high0: features.tensor,
        high1: features.tensor,
        source,
        sizeBytes: 1,
      },
      runMs: 1,
    };
  }

  async attend(
    image: ImageFeatures,
    read: MemoryRead,
    { signal }: RunOptions,
  ): Promise<ConditionedFeatures & { runMs: number }> {
    const frame = frameOf(image.features);
    this.#start('attend', frame, signal);
    const maps = read.maps.map(({ map, row }) => ({ trace: traceOf(map), row }));
    const pointers = read.pointers.map(({ pointer, distance }) => ({ frame: pointer[0]!, distance }));
    this.#world.reads.push({ frame, maps, pointers });
    // The object is the one that the first map is of.
    return { ...this.#tensor(maps[0]!.trace.band), runMs: 1 };
  }

  async decode(input: DecodeInput, { signal }: RunOptions): Promise<DecodedMask & { runMs: number }> {
    const { image, memory } = input;
    this.#world.asked.push(input);
    const frame = frameOf(image.features);
    this.#start('decode', frame, signal);
    const own = typeof memory === 'string' ? 0 : frameOf(memory.tensor);
    const band = this.#world.script.band ?? own;
    const reach = this.#world.script.reach?.(frame, band) ?? 1;
    const logits = new Float32Array(SIDE_PX * SIDE_PX).fill(reach > 0 ? -4 : -1024);
    for (let y = band * BAND_PX; y < (band + 1) * BAND_PX && reach > 0; y += 1) {
      logits.fill(4, y * SIDE_PX, y * SIDE_PX + Math.round(reach * SIDE_PX));
    }
    if (this.#world.script.hole !== undefined) {
      logits[this.#world.script.hole] = -4;
    }
    const objectScore = reach > 0 ? 3 : -3;
    return { logits, predictedIou: 0.5, objectScore, pointer: Float32Array.of(frame, 0), runMs: 1 };
  }

  async promptOfMask(): Promise<{ maskInput: Float32Array; absentPointer: Float32Array; runMs: number }> {
    return {
      maskInput: new Float32Array(SIDE_PX * SIDE_PX),
      absentPointer: Float32Array.of(-1, 0),
      runMs: 1,
    };
  }

  async remember(
    image: ImageFeatures,
    mask: MaskToRemember,
    { signal }: RunOptions,
  ): Promise<{ map: Float32Array; runMs: number }> {
    const frame = frameOf(image.features);
    this.#start('remember', frame, signal);
    this.#world.remembered.push({ frame, mask });
    if (mask.isGiven) {
      this.#world.given.push(frame);
    }
    const first = mask.logits.findIndex((logit) => logit > 0);
    const band = Math.floor(first / mask.side / BAND_PX);
    return { map: Float32Array.of(frame, band, mask.isGiven ? 1 : 0, mask.objectScore), runMs: 1 };
  }

  #start(what: string, frame: number, signal: AbortSignal | undefined): void {
    this.#world.beforeRun(what, frame);
    if (signal?.aborted) {
      throw cancelledError();
    }
  }

  /** A tensor that holds one number, and is counted until it is disposed of. */
  #tensor(value: number): { tensor: OrtTensor; dispose: () => void } {
    this.#world.live += 1;
    let isLive = true;
    const dispose = (): void => {
      this.#world.live -= isLive ? 1 : 0;
      isLive = false;
    };
    return { tensor: { size: 1, data: Float32Array.of(value) } as unknown as OrtTensor, dispose };
  }
}

function frameOf(tensor: OrtTensor): number {
  return (tensor.data as Float32Array)[0]!;
}

function traceOf(map: Float32Array): Trace {
  return { frame: map[0]!, band: map[1]!, isGiven: map[2] === 1, score: map[3]! };
}
