/** Maskflow's own propagation: memory, colour, motion and SAM together, from annotated frame to annotated frame. */
import { cancelledError } from '../../../core/base/errors';
import type { ObjectId } from '../../../core/base/ids';
import type { Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { decodeRle } from '../../../core/mask/rle';
import { annotatedFramesFor } from '../../../core/memory/memoryBank';
import type {
  AnnotatedFrame,
  LabelMask,
  PropagatedFrame,
  PropagationRequest,
  StepTimings,
} from '../../../core/segment/segmentation';
import type { Propagator } from '../propagator';
import { requestSize } from '../requestSize';
import { learnAnnotated, type AnnotatedMemory } from './annotatedMemory';
import { fuseMasks, type PassMask } from './bracketFusion';
import { ignoredReader } from './ignoredReader';
import { LearnedFrames } from './learnedFrames';
import { MemoryPass, type PassStep } from './memoryPass';
import {
  drawnMaskOf,
  drawnMasks,
  frameMaskOfPass,
  withoutGiven,
  withoutRivals,
  type DrawnMask,
} from './passMasks';
import type { MemoryOptions } from './options';
import { softLabelsOf, workSizeOf, type SoftLabels } from './softLabels';
import { stretchesOf, type Stretch } from './stretches';
import type { Vision } from './vision';

/** Annotated frames that a stretch looks at; their views are the memory that is never dropped. */
const MAX_ANNOTATED = 6;
const NO_TIME: StepTimings = { encodeMs: 0, decodeMs: 0, restMs: 0 };

type Masks = ReadonlyMap<ObjectId, BinaryMask>;

/** What one request says, decoded. */
type Run = {
  readonly source: Size;
  readonly direction: 1 | -1;
  /** Labels that are drawn; on a stretch, those that have begun by then. */
  readonly objectIds: readonly ObjectId[];
  readonly annotated: ReadonlyMap<number, Annotation>;
  /** The work pixels of a frame that nothing is learned from. */
  readonly ignoredAtWork: (frameIndex: number) => Uint8Array | undefined;
  readonly signal: AbortSignal;
};

type Annotation = { readonly frameIndex: number; readonly truth: Masks; readonly guesses: Masks };

export class MemoryPropagator implements Propagator {
  readonly #vision: Vision;
  readonly #options: MemoryOptions;
  readonly #learned: LearnedFrames;

  /** `learned` may be handed from run to run on the same footage, model and options. */
  constructor(vision: Vision, options: MemoryOptions, learned = new LearnedFrames()) {
    this.#vision = vision;
    this.#options = options;
    this.#learned = learned;
  }

  /**
   * Frames strictly between two annotated frames come twice: first as the forward pass draws them, then as both passes
   * together have it.
   */
  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const run = runOf(request, signal);
    let current = startMasksOf(request);
    for (const stretch of stretchesOf(request.startFrame, request.endFrame, [...run.annotated.keys()])) {
      const begun = begunBy(run, stretch.from, current);
      const endIsDrawn = stretch.end !== null && isInside(request, stretch.end);
      if (begun.length === 0) {
        current = yield* this.#skip(run, stretch, endIsDrawn);
      } else if (stretch.from !== stretch.to || endIsDrawn) {
        current = yield* this.#follow({ ...run, objectIds: begun }, stretch, current, endIsDrawn);
      }
    }
  }

  /** A stretch on which no label has begun yet. */
  async *#skip(
    run: Run,
    stretch: Stretch,
    endIsDrawn: boolean,
  ): AsyncGenerator<PropagatedFrame, Masks, void> {
    const frames = framesOf(run, stretch);
    for (const frame of stretch.isBracket ? [...frames, ...frames.toReversed()] : frames) {
      yield frameOf(run, frame, [], NO_TIME);
    }
    if (stretch.end === null || !endIsDrawn) {
      return new Map();
    }
    yield frameOf(run, stretch.end, [], NO_TIME);
    return run.annotated.get(stretch.end)!.truth;
  }

  /** Draws one stretch, and the masks that are not given on the annotated frame at its end; returns that frame's. */
  async *#follow(
    run: Run,
    stretch: Stretch,
    start: Masks,
    endIsDrawn: boolean,
  ): AsyncGenerator<PropagatedFrame, Masks, void> {
    const memory = await this.#learn(run, stretch, start);
    const ahead = await this.#startPass(run, memory, stretch.from, start);
    // As compact as tracks keep them: a bracket may be long.
    const forward = new Map<number, readonly LabelMask[]>();
    let last: Masks = start;
    for (const frame of framesOf(run, stretch)) {
      const { drawn, yielded } = await this.#step(
        run,
        ahead,
        frame,
        frame === stretch.to ? null : frame + run.direction,
      );
      if (stretch.isBracket) {
        forward.set(frame, yielded.masks);
      }
      last = new Map(run.objectIds.map((objectId, label) => [objectId, drawn[label]!.mask]));
      yield yielded;
    }
    if (stretch.end === null) {
      return last;
    }
    if (stretch.isBracket && forward.size > 0) {
      yield* this.#comeBack(run, stretch, memory, forward);
    }
    if (!endIsDrawn) {
      return last;
    }
    const given = run.annotated.get(stretch.end)!.truth;
    if (run.objectIds.every((objectId) => given.has(objectId))) {
      yield frameOf(run, stretch.end, [], NO_TIME);
      return given;
    }
    const { drawn, yielded } = await this.#step(run, ahead, stretch.end, null);
    const others = new Map(
      drawn.flatMap((entry, label) => {
        const objectId = run.objectIds[label]!;
        return given.has(objectId) ? [] : [[objectId, withoutGiven(entry, [...given.values()])] as const];
      }),
    );
    const masks = [...others].map(([objectId, entry]) => ({ objectId, mask: frameMaskOfPass(entry) }));
    yield { ...yielded, masks };
    return new Map([...[...others].map(([objectId, { mask }]) => [objectId, mask] as const), ...given]);
  }

  /** The pass back from the end of a bracket; what both passes drew is fused, what only one drew stays. */
  async *#comeBack(
    run: Run,
    stretch: Stretch,
    memory: readonly AnnotatedMemory[],
    forward: ReadonlyMap<number, readonly LabelMask[]>,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const end = run.annotated.get(stretch.end!)!;
    const begin = run.annotated.get(stretch.from)!;
    // A label counts as drawn from where the user gave it: from both sides, or from the one where it is no guess.
    const trusted = run.objectIds.map((objectId) => {
      const isGivenBehind = end.truth.has(objectId);
      return isGivenBehind && begin.truth.has(objectId) ? 'both' : isGivenBehind ? 'behind' : 'ahead';
    });
    if (trusted.every((side) => side === 'ahead')) {
      for (const [frameIndex, masks] of [...forward].toReversed()) {
        yield { frameIndex, masks, timings: NO_TIME };
      }
      return;
    }
    const back = await this.#startPass(run, memory, end.frameIndex, new Map([...end.guesses, ...end.truth]));
    for (const frame of [...forward.keys()].toReversed()) {
      const startMs = performance.now();
      const { drawn, yielded } = await this.#step(run, back, frame, null);
      const fused = forward.get(frame)!.map((entry, label): DrawnMask => {
        const ahead = drawnMaskOf(entry.mask);
        const behind = drawn[label]!;
        if (trusted[label] !== 'both') {
          return trusted[label] === 'ahead' ? ahead : behind;
        }
        const both = fuseMasks(passMask(ahead, frame, stretch.from), passMask(behind, frame, end.frameIndex));
        const nearer = both.forwardShare >= 0.5 ? ahead : behind;
        return { ...nearer, mask: both.mask, soft: both.soft, confidence: both.confidence };
      });
      const { encodeMs, decodeMs } = yielded.timings;
      const restMs = performance.now() - startMs - encodeMs - decodeMs;
      yield frameOf(run, frame, withoutOverlaps(fused), { encodeMs, decodeMs, restMs });
    }
  }

  async #step(
    run: Run,
    pass: MemoryPass,
    frame: number,
    next: number | null,
  ): Promise<{ drawn: DrawnMask[]; yielded: PropagatedFrame }> {
    if (run.signal.aborted) {
      throw cancelledError();
    }
    const startMs = performance.now();
    if (next !== null) {
      this.#vision.prefetch(next);
    }
    const step: PassStep = await pass.step(frame, run.signal);
    const drawn = drawnMasks(step, workSizeOf(run.source), run.source);
    const { encodeMs, decodeMs } = step;
    const restMs = performance.now() - startMs - encodeMs - decodeMs;
    return { drawn, yielded: frameOf(run, frame, drawn, { encodeMs, decodeMs, restMs }) };
  }

  /**
   * The annotated frames around the stretch that say something of its labels; where there is none, the start is taken
   * for true.
   */
  async #learn(run: Run, stretch: Stretch, start: Masks): Promise<AnnotatedMemory[]> {
    const speaking = [...run.annotated.values()].filter(({ truth }) =>
      run.objectIds.some((objectId) => truth.has(objectId)),
    );
    const frames = annotatedFramesFor(
      speaking.map(({ frameIndex }) => frameIndex),
      stretch.from,
      stretch.end ?? stretch.to,
      MAX_ANNOTATED,
    );
    const annotations: Annotation[] = frames.map((frame) => run.annotated.get(frame)!);
    const hasTruth = run.objectIds.map((objectId) => annotations.some(({ truth }) => truth.has(objectId)));
    if (annotations.length === 0 || hasTruth.includes(false)) {
      const known = annotations.find(({ frameIndex }) => frameIndex === stretch.from);
      const assumed = new Map([...start].filter(([objectId]) => !hasTruth[run.objectIds.indexOf(objectId)]));
      const truth = new Map([...assumed, ...(known?.truth ?? [])]);
      annotations.splice(0, annotations.length, ...annotations.filter((entry) => entry !== known), {
        frameIndex: stretch.from,
        truth,
        guesses: known?.guesses ?? start,
      });
    }
    const learned: AnnotatedMemory[] = [];
    for (const { frameIndex, truth, guesses } of annotations) {
      const input = {
        frameIndex,
        labels: this.#labelsOf(run, new Map([...guesses, ...truth]), frameIndex),
        isTrue: run.objectIds.map((objectId) => truth.has(objectId)),
        hasUnknown: run.objectIds.some((objectId) => !truth.has(objectId) && !guesses.has(objectId)),
      };
      const context = { source: run.source, options: this.#options };
      learned.push(
        await this.#learned.get(input, () => learnAnnotated(this.#vision, input, context, run.signal)),
      );
    }
    return learned;
  }

  async #startPass(
    run: Run,
    annotated: readonly AnnotatedMemory[],
    frame: number,
    masks: Masks,
  ): Promise<MemoryPass> {
    const { source } = run;
    const pass = new MemoryPass(this.#vision, {
      source,
      annotated,
      options: this.#options,
      ignoredOn: run.ignoredAtWork,
    });
    await pass.startFrom(frame, this.#labelsOf(run, masks, frame), run.signal);
    return pass;
  }

  #labelsOf(run: Run, masks: Masks, frame: number): SoftLabels {
    const labels = softLabelsOf(
      run.objectIds.map((objectId) => masks.get(objectId) ?? emptyMask(run.source)),
      workSizeOf(run.source),
    );
    const ignored = run.ignoredAtWork(frame);
    return ignored ? { ...labels, ignored } : labels;
  }
}

function isInside({ startFrame, endFrame }: PropagationRequest, frame: number): boolean {
  return (frame - startFrame) * (endFrame - frame) >= 0;
}

/** The frames that a stretch draws, in running order. */
function framesOf({ direction }: Run, { from, to }: Stretch): number[] {
  return Array.from({ length: (to - from) * direction }, (_, step) => from + direction * (step + 1));
}

/**
 * Labels that have a mask on a frame, or were given on one before it in running order: they may have vanished, and may
 * return. What is given only ahead begins there, and disturbs nobody until then.
 */
function begunBy(run: Run, frame: number, masks: Masks): ObjectId[] {
  const known = [...run.annotated.values()].filter(
    ({ frameIndex }) => (frame - frameIndex) * run.direction >= 0,
  );
  return run.objectIds.filter(
    (objectId) => masks.has(objectId) || known.some(({ truth }) => truth.has(objectId)),
  );
}

function runOf(request: PropagationRequest, signal: AbortSignal): Run {
  const annotated = new Map(request.annotated.map((entry) => [entry.frameIndex, annotationOf(entry)]));
  const given = new Set([
    ...startMasksOf(request).keys(),
    ...[...annotated.values()].flatMap(({ truth, guesses }) => [...truth.keys(), ...guesses.keys()]),
  ]);
  const source = requestSize(request);
  return {
    source,
    ignoredAtWork: ignoredReader(request, workSizeOf(source)),
    direction: request.endFrame < request.startFrame ? -1 : 1,
    objectIds: request.labels.map(({ objectId }) => objectId).filter((objectId) => given.has(objectId)),
    annotated,
    signal,
  };
}

function annotationOf({ frameIndex, masks, guesses }: AnnotatedFrame): Annotation {
  return { frameIndex, truth: masksOf(masks), guesses: masksOf(guesses) };
}

function startMasksOf({ startMasks }: PropagationRequest): Masks {
  return masksOf(startMasks);
}

function masksOf(masks: PropagationRequest['startMasks']): Masks {
  return new Map(masks.map(({ objectId, rle }) => [objectId, decodeRle(rle)]));
}

function emptyMask({ width, height }: Size): BinaryMask {
  return { width, height, data: new Uint8Array(width * height) };
}

function frameOf(
  run: Run,
  frameIndex: number,
  drawn: readonly DrawnMask[],
  timings: StepTimings,
): PropagatedFrame {
  const masks = drawn.map((entry, label) => ({
    objectId: run.objectIds[label]!,
    mask: frameMaskOfPass(entry),
  }));
  return { frameIndex, masks, timings };
}

/** Fused one by one, labels may claim a pixel twice: the surer one keeps it. */
function withoutOverlaps(drawn: readonly DrawnMask[]): DrawnMask[] {
  return drawn.map((entry) =>
    withoutRivals(
      entry,
      drawn.filter((other) => other !== entry && isSurer(other, entry, drawn)).map(({ mask }) => mask),
    ),
  );
}

function isSurer(a: DrawnMask, b: DrawnMask, order: readonly DrawnMask[]): boolean {
  return (
    a.confidence > b.confidence || (a.confidence === b.confidence && order.indexOf(a) < order.indexOf(b))
  );
}

function passMask({ mask, soft, confidence }: DrawnMask, frame: number, begun: number): PassMask {
  return { mask, soft, confidence, distance: Math.abs(frame - begun) };
}
