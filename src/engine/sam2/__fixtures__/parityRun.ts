/** The parity clip by our engine, step by step as the script of a golden says, beside what transformers made of it. */
import type { BinaryMask } from '../../../core/mask/binaryMask';
import type { FrameSource, ShelfModel } from '../../models/shelfModel';
import { parityFrame, parityMask, type ParityObject } from '../../__fixtures__/parityClip';
import type { RunOptions } from '../../sam/imageEncoder';
import type { DecoderPrompt } from '../../sam/maskDecoder';
import { memoryOfMask } from '../givenMask';
import type { DecodedMask } from '../network';
import { ObjectTracker } from '../objectTracker';
import { Sam2Frames } from '../sam2Frames';

type PointStep = {
  readonly object: ParityObject;
  readonly do: 'prompt' | 'correct';
  readonly frame: number;
  readonly kind: 'points';
  /** In pixels of the clip; box corners (labels 2 and 3) first. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly labels: readonly (0 | 1 | 2 | 3)[];
};

/**
 * `prompt` makes a frame conditioning; `correct` too, one that was tracked, with what is remembered and was drawn there;
 * `track` runs frames in order, backward too; `forget` drops all tracked ones.
 */
export type ParityStep =
  | PointStep
  | {
      readonly object: ParityObject;
      readonly do: 'prompt';
      readonly frame: number;
      readonly kind: 'mask';
      readonly label: ParityObject;
    }
  | { readonly object: ParityObject; readonly do: 'track'; readonly from: number; readonly to: number }
  | { readonly object: ParityObject; readonly do: 'forget' };

export type ParityScript = {
  /** Of the clip, as far as the reference looked at it. */
  readonly frames: number;
  readonly steps: readonly ParityStep[];
};

/** One frame of one step. */
export type ParityResult = {
  readonly step: number;
  readonly object: ParityObject;
  readonly frame: number;
  /** Null for a mask that was given: it is not drawn. */
  readonly drawn: Pick<DecodedMask, 'logits' | 'objectScore'> | null;
  readonly pointer: Float32Array;
};

/** An object's tracker, and the logits that it last drew on each frame. */
type Followed = { readonly tracker: ObjectTracker; readonly shown: Map<number, Float32Array> };

const options: RunOptions = { priority: 'background' };

/** The frames of the parity clip. */
export const paritySource: FrameSource = {
  picture: async (frame) => parityFrame(frame),
  prefetch: () => undefined,
};

export async function* runParity(model: ShelfModel, script: ParityScript): AsyncGenerator<ParityResult> {
  const frames = new Sam2Frames(model, paritySource);
  const objects = new Map<ParityObject, Followed>();
  try {
    for (const [index, step] of script.steps.entries()) {
      // The reference forgets nothing, and a script may go back as far as it likes.
      const limits = { clipFrames: script.frames, correctable: script.frames };
      const followed = objects.get(step.object) ?? {
        tracker: new ObjectTracker(frames, limits),
        shown: new Map(),
      };
      objects.set(step.object, followed);
      for await (const result of runStep(frames, followed, step)) {
        yield { step: index, object: step.object, ...result };
      }
    }
  } finally {
    frames.forget();
  }
}

async function* runStep(
  frames: Sam2Frames,
  { tracker, shown }: Followed,
  step: ParityStep,
): AsyncGenerator<Omit<ParityResult, 'step' | 'object'>> {
  if (step.do === 'forget') {
    tracker.startOver();
  } else if (step.do === 'track') {
    const direction = step.to < step.from ? -1 : 1;
    for (let frame = step.from; frame !== step.to + direction; frame += direction) {
      if (!tracker.givenFrames.includes(frame)) {
        const drawn = await tracker.track(frame, direction, options);
        await tracker.remember(frame, drawn, direction, options);
        shown.set(frame, drawn.logits);
        yield { frame, drawn, pointer: drawn.pointer };
      }
    }
  } else if (step.kind === 'mask') {
    const mask = squareParityMask(step.label, step.frame, frames.config.imageSize);
    tracker.giveMask(step.frame, () => mask);
    const { memory } = await frames.look(step.frame, options, (view) => memoryOfMask(view, mask, options));
    yield { frame: step.frame, drawn: null, pointer: memory.pointer };
  } else {
    const corrected = step.do === 'correct' ? shown.get(step.frame)! : null;
    const turn = { corrected, direction: 1 } as const;
    const drawn = await tracker.givePoints(step.frame, promptOf(step), turn, options);
    yield { frame: step.frame, drawn, pointer: drawn.pointer };
  }
}

/** Each pixel of the square is the nearest of the clip, as the reference's script has it. */
function squareParityMask(object: ParityObject, frame: number, side: number): BinaryMask {
  const { width, height, data } = parityMask(object, frame);
  const nearest = (at: number, length: number): number => Math.floor(((at + 0.5) * length) / side);
  const square = Uint8Array.from({ length: side * side }, (_, pixel) => {
    const x = nearest(pixel % side, width);
    const y = nearest(Math.floor(pixel / side), height);
    return data[y * width + x]!;
  });
  return { width: side, height: side, data: square };
}

function promptOf({ points, labels }: PointStep): Pick<DecoderPrompt, 'points' | 'box'> {
  const corner = (label: 2 | 3): readonly [number, number] | undefined => points[labels.indexOf(label)];
  const [first, last] = [corner(2), corner(3)];
  return {
    box: first && last ? [...first, ...last] : null,
    points: points.flatMap(([x, y], index) => {
      const label = labels[index]!;
      return label === 0 || label === 1 ? [{ x, y, label }] : [];
    }),
  };
}
