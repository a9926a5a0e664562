/** Propagation by SAM 2.1 or EdgeTAM: each label is followed by its own memory bank, and labels compete for pixels. */
import { cancelledError } from '../../core/base/errors';
import type { ObjectId } from '../../core/base/ids';
import type { BinaryMask } from '../../core/mask/binaryMask';
import { mergeLogits, subtractMasks } from '../../core/mask/mergeLogits';
import { decodeRle, type Rle } from '../../core/mask/rle';
import { softMasksOf } from '../../core/mask/softLogits';
import type { SoftMask } from '../../core/mask/softMask';
import type { LabelMask, PropagatedFrame, PropagationRequest } from '../../core/segment/segmentation';
import type { FrameMask } from '../../core/track/maskTrack';
import type { Propagator } from '../propagate/propagator';
import { frameMaskOf } from '../sam/frameMaskOf';
import type { RunOptions } from '../sam/imageEncoder';
import { ignoredMasks, type IgnoredMask } from './ignoredMasks';
import { withoutIgnored, withoutLosers } from './learnable';
import { ObjectTracker, type TrackedMask } from './objectTracker';
import type { Sam2Frames } from './sam2Frames';
import { sam2RunOf, type RunObject, type Sam2Run } from './sam2Run';
import { sourceLogits } from './squareMasks';

export type Sam2Options = {
  /** Whether labels leave each other's pixels out of what they remember; the published models do not. */
  readonly remembersWithoutOverlap?: boolean;
};

type Followed = { readonly object: RunObject; readonly tracker: ObjectTracker };

/** What one request is worked on with. */
type Work = {
  readonly run: Sam2Run;
  readonly followed: readonly Followed[];
  readonly ignoredOn: (frameIndex: number) => IgnoredMask | null;
  readonly runOptions: RunOptions;
};

export class Sam2Propagator implements Propagator {
  readonly #frames: Sam2Frames;
  readonly #options: Sam2Options;

  constructor(frames: Sam2Frames, options: Sam2Options = {}) {
    this.#frames = frames;
    this.#options = options;
  }

  /** Masks that are true are never drawn again: on their frames the other labels are drawn beside them. */
  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const run = sam2RunOf(request);
    const { startFrame, endFrame } = request;
    const runOptions: RunOptions = { priority: 'background', signal };
    const ignoredOn = ignoredMasks(request, this.#frames.config.maskSize);
    const followed = run.objects.map((object) => ({ object, tracker: this.#follow(object, ignoredOn) }));
    for (const { object, tracker } of followed) {
      if (object.guess) {
        const guess = learnableMask(object.guess, ignoredOn(startFrame));
        await tracker.guess(startFrame, guess, run.direction, runOptions);
      }
    }
    const work = { run, followed, ignoredOn, runOptions };
    for (let frame = startFrame; frame !== endFrame;) {
      frame += run.direction;
      if (signal.aborted) {
        throw cancelledError();
      }
      yield await this.#step(work, frame, frame === endFrame ? null : frame + run.direction);
    }
  }

  #follow(object: RunObject, ignoredOn: Work['ignoredOn']): ObjectTracker {
    const tracker = new ObjectTracker(this.#frames);
    for (const [frame, rle] of object.truth) {
      tracker.giveMask(frame, () => learnableMask(rle, ignoredOn(frame)));
    }
    return tracker;
  }

  async #step(work: Work, frame: number, next: number | null): Promise<PropagatedFrame> {
    const { run, followed, runOptions } = work;
    const startMs = performance.now();
    if (next !== null) {
      this.#frames.prefetch(next);
    }
    const drawing = followed.filter(
      ({ object }) => (frame - object.beginsAt) * run.direction > 0 && !object.truth.has(frame),
    );
    const drawn: TrackedMask[] = [];
    for (const { tracker } of drawing) {
      drawn.push(await tracker.track(frame, run.direction, runOptions));
    }
    const times = [...drawn];
    if (next !== null) {
      const memories = this.#memories(work, frame, drawn);
      for (const [index, { tracker }] of drawing.entries()) {
        const remembered = await tracker.remember(
          frame,
          drawn[index]!,
          run.direction,
          runOptions,
          memories[index],
        );
        times.push({ ...drawn[index]!, ...remembered });
      }
    }
    const masks = this.#masks(work, frame, drawing, drawn);
    const encodeMs = times.reduce((sum, entry) => sum + entry.encodeMs, 0);
    const decodeMs = times.reduce((sum, entry) => sum + entry.decodeMs, 0);
    const restMs = performance.now() - startMs - encodeMs - decodeMs;
    return { frameIndex: frame, masks, timings: { encodeMs, decodeMs, restMs } };
  }

  /** What each label remembers of the frame, as logits of the square. */
  #memories({ ignoredOn }: Work, frame: number, drawn: readonly TrackedMask[]): Float32Array[] {
    const ignored = ignoredOn(frame);
    const logits = drawn.map((entry) => entry.logits);
    const own = this.#options.remembersWithoutOverlap ? withoutLosers(logits) : logits;
    return ignored ? own.map((plane) => withoutIgnored(plane, ignored.onSquare)) : [...own];
  }

  #masks(
    { run, followed }: Work,
    frame: number,
    drawing: readonly Followed[],
    drawn: readonly TrackedMask[],
  ): LabelMask[] {
    const { maskSize } = this.#frames.config;
    const given = followed.flatMap(({ object }) => {
      const rle = object.truth.get(frame);
      return rle ? [decodeRle(rle)] : [];
    });
    const logits = drawn.map((entry) => sourceLogits(entry.logits, maskSize, run.source));
    const soft = softMasksOf(logits, given);
    return mergeLogits(logits).map((mask, index) => ({
      objectId: objectIdOf(drawing[index]!),
      mask: trackedFrameMask(subtractMasks(mask, given), soft[index]!, drawn[index]!),
    }));
  }
}

function learnableMask(rle: Rle, ignored: IgnoredMask | null): BinaryMask {
  const mask = decodeRle(rle);
  return ignored ? subtractMasks(mask, [ignored.atSource]) : mask;
}

function objectIdOf({ object }: Followed): ObjectId {
  return object.objectId;
}

/**
 * `confidence`: that the object is seen (the sigmoid of its score) and, if so, drawn well (SAM 2's predicted IoU): the
 * product of both. Where it is not seen: how likely it is that it is not.
 */
function trackedFrameMask(
  mask: BinaryMask,
  soft: SoftMask,
  { objectScore, predictedIou }: TrackedMask,
): FrameMask {
  const seen = 1 / (1 + Math.exp(-objectScore));
  if (objectScore <= 0) {
    return { ...frameMaskOf(mask, null, soft), confidence: 1 - seen };
  }
  const confidence = seen * Math.min(1, Math.max(0, predictedIou));
  return { ...frameMaskOf(mask, predictedIou, soft), confidence };
}
