/** Follows one object along the frames with SAM 2's memory. */
import type { BinaryMask } from '../../core/mask/binaryMask';
import { chooseMemory, type BankLimits, type Direction } from '../../core/memory/promptedBank';
import type { RunOptions } from '../sam/imageEncoder';
import type { DecoderPrompt } from '../sam/maskDecoder';
import { memoryOfMask } from './givenMask';
import type { DecodedMask, DecodeInput, MemoryRead } from './network';
import { ObjectMemory } from './objectMemory';
import { bankLimitsOf } from './sam2Config';
import type { FrameView, Sam2Frames } from './sam2Frames';
import { correctedMaskInput, squarePoints } from './squarePrompt';

/** A mask at the footage's size, made each time that it is looked at. */
export type GivenMask = () => BinaryMask;

/** Time of the image encoder's runs and of all others. */
export type RunTimes = { readonly encodeMs: number; readonly decodeMs: number };

export type TrackedMask = DecodedMask & RunTimes;

export type TrackerOptions = {
  /** Frames of the clip; tells only when it is shorter than pointers reach back. */
  readonly clipFrames?: number;
  /**
   * How many frames back a correction may go and still find what the frames before it left in memory; 0 when left out.
   * What is kept grows with it.
   */
  readonly correctable?: number;
};

export class ObjectTracker {
  readonly #frames: Sam2Frames;
  readonly #limits: BankLimits;
  readonly #memory: ObjectMemory;
  readonly #masks = new Map<number, GivenMask>();
  /** Frames given by points: what they left in memory cannot be made again, and stays. */
  readonly #pointed = new Set<number>();

  constructor(frames: Sam2Frames, { clipFrames, correctable = 0 }: TrackerOptions = {}) {
    this.#frames = frames;
    this.#limits = bankLimitsOf(frames.config, clipFrames);
    this.#memory = new ObjectMemory(this.#limits, correctable);
  }

  get memoryBytes(): number {
    return this.#memory.sizeBytes;
  }

  /** Frames on which somebody said what is true: conditioning frames, for ever. */
  get givenFrames(): number[] {
    return [...new Set([...this.#masks.keys(), ...this.#pointed])];
  }

  /**
   * Says what is true on a frame; an empty mask: the object is not there. What was tracked on it and after it, in
   * running order, is forgotten.
   */
  giveMask(frameIndex: number, mask: GivenMask, direction: Direction = 1): void {
    this.#pointed.delete(frameIndex);
    this.#masks.set(frameIndex, mask);
    this.#memory.forgetGiven(frameIndex);
    this.#memory.forgetTracked(frameIndex, direction);
  }

  /**
   * As giveMask, by prompting: draws the mask that is then true. On a frame that was tracked before, what is remembered
   * of the frames before it takes part, and so do the logits that were drawn there (`corrected`, float32[L * L], of
   * that tracking); on a first one (null) neither does.
   * Source: facebookresearch/sam2, sam2/sam2_video_predictor.py, `add_new_points_or_box`, with its option
   * `add_all_frames_to_correct_as_cond` on. It is off by default, and then a corrected frame stays among the tracked
   * ones. Here it becomes conditioning: what somebody corrected is true for every engine of Maskflow, and no run after
   * it may lose it or draw it anew.
   */
  async givePoints(
    frameIndex: number,
    prompt: Pick<DecoderPrompt, 'points' | 'box'>,
    { corrected, direction }: { readonly corrected: Float32Array | null; readonly direction: Direction },
    options: RunOptions,
  ): Promise<TrackedMask> {
    this.#memory.forgetTracked(frameIndex, direction);
    const looked = corrected ? await this.#lookUp(frameIndex, direction, options) : null;
    const given = await this.#frames.look(frameIndex, options, async (view) => {
      const drawn = await drawMask(
        view,
        {
          read: looked?.read ?? null,
          points: squarePoints(prompt, view.image.source, this.#frames.config.imageSize),
          maskInput: corrected && correctedMaskInput(corrected),
        },
        options,
      );
      return { drawn, map: await mapOf(view, drawn, drawn.logits, true, options) };
    });
    this.#masks.delete(frameIndex);
    this.#pointed.add(frameIndex);
    this.#memory.addGiven(frameIndex, { map: given.map.map, pointer: given.drawn.pointer });
    return { ...given.drawn, ...added(given.drawn, looked, { encodeMs: 0, decodeMs: given.map.runMs }) };
  }

  /** Puts a mask that may be wrong into the memory of the frame, as if it had been tracked. */
  async guess(
    frameIndex: number,
    mask: BinaryMask,
    direction: Direction,
    options: RunOptions,
  ): Promise<void> {
    const { memory } = await this.#frames.look(frameIndex, options, (view) =>
      memoryOfMask(view, mask, options),
    );
    this.#memory.addTracked(frameIndex, memory, direction);
  }

  /** Draws the object by what is remembered of it; there must be a given or guessed frame. Remembers nothing itself. */
  async track(frameIndex: number, direction: Direction, options: RunOptions): Promise<TrackedMask> {
    const looked = await this.#lookUp(frameIndex, direction, options);
    const drawn = await this.#frames.look(frameIndex, options, (view) => {
      const points = squarePoints(
        { points: [], box: null },
        view.image.source,
        this.#frames.config.imageSize,
      );
      return drawMask(view, { read: looked.read, points, maskInput: null }, options);
    });
    return { ...drawn, ...added(drawn, looked) };
  }

  /**
   * Remembers a frame just tracked, for the frames after it. `logits` may differ from the drawn ones where other
   * objects, or nobody, may be learned from pixels. Returns the time of the run.
   */
  async remember(
    frameIndex: number,
    drawn: DecodedMask,
    direction: Direction,
    options: RunOptions,
    logits: Float32Array = drawn.logits,
  ): Promise<RunTimes> {
    const { map, runMs, encodeMs } = await this.#frames.look(frameIndex, options, async (view) => ({
      ...(await mapOf(view, drawn, logits, false, options)),
      encodeMs: view.encodeMs,
    }));
    this.#memory.addTracked(frameIndex, { map, pointer: drawn.pointer }, direction);
    return { encodeMs, decodeMs: runMs };
  }

  /** Forgets what was tracked, before another pass. */
  startOver(): void {
    this.#memory.startOver();
  }

  /** What the frame reads; the memories of given frames are made when they are read for the first time. */
  async #lookUp(
    frameIndex: number,
    direction: Direction,
    options: RunOptions,
  ): Promise<RunTimes & { read: MemoryRead }> {
    const remembered = { conditioning: this.givenFrames, tracked: this.#memory.trackedFrames };
    const choice = chooseMemory(remembered, frameIndex, direction, this.#limits);
    let times: RunTimes = { encodeMs: 0, decodeMs: 0 };
    for (const { frameIndex: given, isConditioning } of choice.pointers) {
      if (isConditioning && !this.#memory.hasPointer(given)) {
        times = added(times, await this.#makeGiven(given, options));
      }
    }
    for (const { frameIndex: given, isConditioning } of choice.maps) {
      if (isConditioning && !this.#memory.hasMap(given)) {
        times = added(times, await this.#makeGiven(given, options));
      }
    }
    const read = this.#memory.read(choice, (given) => this.#masks.has(given));
    return { read, ...times };
  }

  async #makeGiven(frameIndex: number, options: RunOptions): Promise<RunTimes> {
    const mask = this.#masks.get(frameIndex)!();
    const { memory, runMs, encodeMs } = await this.#frames.look(frameIndex, options, async (view) => ({
      ...(await memoryOfMask(view, mask, options)),
      encodeMs: view.encodeMs,
    }));
    this.#memory.addGiven(frameIndex, memory);
    return { encodeMs, decodeMs: runMs };
  }
}

/** Without a read: as if there were no memory at all. */
async function drawMask(
  { network, image, encodeMs }: FrameView,
  { read, ...prompt }: { readonly read: MemoryRead | null } & Pick<DecodeInput, 'points' | 'maskInput'>,
  options: RunOptions,
): Promise<TrackedMask> {
  if (!read) {
    const { runMs, ...drawn } = await network.decode({ image, memory: 'none', ...prompt }, options);
    return { ...drawn, encodeMs, decodeMs: runMs };
  }
  const conditioned = await network.attend(image, read, options);
  try {
    const { runMs, ...drawn } = await network.decode({ image, memory: conditioned, ...prompt }, options);
    return { ...drawn, encodeMs, decodeMs: conditioned.runMs + runMs };
  } finally {
    conditioned.dispose();
  }
}

async function mapOf(
  { network, image }: FrameView,
  { objectScore }: DecodedMask,
  logits: Float32Array,
  isGiven: boolean,
  options: RunOptions,
): Promise<{ map: Float32Array; runMs: number }> {
  const { maskSize: side } = network.config;
  return network.remember(image, { logits, side, isGiven, objectScore }, options);
}

function added(...all: readonly (RunTimes | null)[]): RunTimes {
  return {
    encodeMs: all.reduce((sum, times) => sum + (times?.encodeMs ?? 0), 0),
    decodeMs: all.reduce((sum, times) => sum + (times?.decodeMs ?? 0), 0),
  };
}
