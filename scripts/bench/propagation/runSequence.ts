/** Runs one engine on one sequence, with a simulated user's corrections, and scores it. */
import type { ObjectId } from '../../../src/core/base/ids';
import { decodeRle } from '../../../src/core/mask/rle';
import { contourAccuracy } from '../../../src/core/metrics/contourAccuracy';
import { regionSimilarity } from '../../../src/core/metrics/regionSimilarity';
import type {
  PropagatedFrame,
  PropagationEngineId,
  PropagationRequest,
  StepTimings,
} from '../../../src/core/segment/segmentation';
import type { FrameMask } from '../../../src/core/track/maskTrack';
import { bracketAround, frameToCorrect } from './corrections';
import type { FrameFolder } from './frames';
import { say, UsageError } from './host';
import type { Cost, FrameResult, LabelOnFrame, SequenceResult, StepResult } from './result';
import { confidenceOf, judgedOf, scoresOf } from './summary';
import type { Truth } from './truth';

/** The part of the engine that is measured. */
export type PropagatingEngine = {
  setFootage(fetchPicture: (frameIndex: number) => Promise<ReturnType<FrameFolder['read']>>): void;
  propagate(request: PropagationRequest, signal: AbortSignal): AsyncIterable<PropagatedFrame>;
};

export type SequenceJob = {
  readonly name: string;
  readonly engineName: string;
  readonly engineId: PropagationEngineId;
  readonly engine: PropagatingEngine;
  readonly frames: FrameFolder;
  readonly truth: Truth;
  readonly every: number;
  readonly corrections: number;
};

const MEGABYTE = 2 ** 20;
const PROGRESS_MS = 5000;

export async function runSequence(job: SequenceJob): Promise<SequenceResult> {
  checkSize(job);
  const startMs = performance.now();
  const run = new SequenceRun(job);
  await run.propagate(0, job.frames.count - 1);
  const firstPass = run.results();
  const { cost } = run;
  const steps = [stepOf(firstPass, null)];
  sayStep(job, steps);
  while (steps.length <= job.corrections) {
    const given = run.giveWorst();
    if (given === null) {
      say(`  ${job.name}: no frame is left to correct.`);
      break;
    }
    await run.propagate(given.startFrame, given.endFrame);
    steps.push(stepOf(run.results(), given.frameIndex * job.every));
    sayStep(job, steps);
  }
  return {
    name: job.name,
    frameCount: job.frames.count,
    labels: [...job.truth.labels],
    steps,
    confidence: confidenceOf(judgedOf(firstPass)),
    cost,
    wallSec: (performance.now() - startMs) / 1000,
    firstPass,
    corrected: steps.length > 1 ? run.results() : null,
  };
}

function checkSize({ name, frames, truth }: SequenceJob): void {
  if (frames.count < 3) {
    throw new UsageError(
      `${name} has ${frames.count} frames; it takes 3, for the first and last do not count.`,
    );
  }
  const { width, height } = frames.read(0);
  if (width !== truth.size.width || height !== truth.size.height) {
    throw new UsageError(
      `The frames of ${name} have ${width} x ${height} pixels, its masks ${truth.size.width} x ${truth.size.height}.`,
    );
  }
}

function stepOf(results: readonly FrameResult[], givenFrame: number | null): StepResult {
  return {
    givenFrame,
    scores: scoresOf(results, 'all'),
    scoresOfOthers: scoresOf(results, 'not given'),
  };
}

function sayStep({ name, engineName }: SequenceJob, steps: readonly StepResult[]): void {
  const { givenFrame, scores } = steps.at(-1)!;
  const after = givenFrame === null ? '' : ` after correcting frame ${givenFrame}`;
  say(
    `  ${engineName} ${name}${after}: J ${scores.j?.toFixed(3) ?? '-'}, F ${scores.f?.toFixed(3) ?? '-'}, J&F ${scores.jAndF?.toFixed(3) ?? '-'}`,
  );
}

class SequenceRun {
  readonly #job: SequenceJob;
  /** Frames whose true masks the engine has, ascending. */
  #given: number[] = [0];
  /** The last answer for each frame. */
  readonly #answers = new Map<number, ReadonlyMap<ObjectId, FrameMask>>();
  readonly #scored = new Map<number, FrameResult>();
  readonly #timings: StepTimings[] = [];
  #peakBytes = 0;

  constructor(job: SequenceJob) {
    this.#job = job;
    job.engine.setFootage(async (frameIndex) => job.frames.read(frameIndex));
  }

  get cost(): Cost {
    const frames = this.#timings.length;
    const mean = (pick: (timings: StepTimings) => number): number =>
      frames === 0 ? 0 : this.#timings.reduce((sum, timings) => sum + pick(timings), 0) / frames;
    return {
      encodeMs: mean(({ encodeMs }) => encodeMs),
      decodeMs: mean(({ decodeMs }) => decodeMs),
      restMs: mean(({ restMs }) => restMs),
      frames,
      peakMemoryMb: this.#peakBytes / MEGABYTE,
    };
  }

  /** From a given frame to `endFrame`; given frames between keep their masks. */
  async propagate(startFrame: number, endFrame: number): Promise<void> {
    const { engine, name, frames } = this.#job;
    let saidMs = performance.now();
    let done = 0;
    for await (const answer of engine.propagate(
      this.#request(startFrame, endFrame),
      new AbortController().signal,
    )) {
      const { frameIndex, masks, timings } = answer;
      if (!this.#given.includes(frameIndex)) {
        this.#answers.set(frameIndex, new Map(masks.map(({ objectId, mask }) => [objectId, mask])));
        this.#scored.delete(frameIndex);
      }
      this.#timings.push(timings);
      this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss());
      done += 1;
      if (performance.now() - saidMs > PROGRESS_MS) {
        saidMs = performance.now();
        say(`    ${name}: frame ${frameIndex} of ${frames.count} (${done} of ${endFrame - startFrame} done)`);
      }
    }
  }

  /** Gives the true mask of the most doubtful frame; null when none is left. */
  giveWorst(): {
    readonly frameIndex: number;
    readonly startFrame: number;
    readonly endFrame: number;
  } | null {
    const { truth, frames } = this.#job;
    const doubts = this.results().flatMap(({ labels }, frameIndex) =>
      truth.has(frameIndex)
        ? [{ frameIndex, confidence: Math.min(...labels.map(({ confidence }) => confidence ?? 0)) }]
        : [],
    );
    const frameIndex = frameToCorrect(doubts, this.#given);
    if (frameIndex === null) {
      return null;
    }
    const bracket = bracketAround(frameIndex, this.#given, frames.count - 1);
    this.#given = [...this.#given, frameIndex].toSorted((a, b) => a - b);
    this.#scored.delete(frameIndex);
    return { frameIndex, ...bracket };
  }

  /** Every frame as it is now. */
  results(): FrameResult[] {
    return Array.from({ length: this.#job.frames.count }, (_, frameIndex) => {
      const result = this.#scored.get(frameIndex) ?? this.#score(frameIndex);
      this.#scored.set(frameIndex, result);
      return result;
    });
  }

  #request(startFrame: number, endFrame: number): PropagationRequest {
    const { truth, engineId } = this.#job;
    const masksOf = (frameIndex: number) => ({ frameIndex, masks: truth.masksAt(frameIndex) ?? [] });
    return {
      engine: engineId,
      startFrame,
      endFrame,
      labels: truth.labels.map((label) => ({ objectId: label as ObjectId, role: 'object' })),
      startMasks: masksOf(startFrame).masks,
      conditioning: this.#given.filter((frame) => frame > startFrame && frame <= endFrame).map(masksOf),
      annotated: this.#given.map((frame) => ({ ...masksOf(frame), guesses: [] })),
    };
  }

  #score(frameIndex: number): FrameResult {
    const { truth, every } = this.#job;
    const isGiven = this.#given.includes(frameIndex);
    const sourceFrame = frameIndex * every;
    if (isGiven) {
      const score = { j: 1, f: 1 };
      const labels = truth.labels.map((label) => ({ label, score, confidence: 1, cue: null }));
      return { sourceFrame, isGiven, labels };
    }
    const masks = truth.masksAt(frameIndex);
    const answers = this.#answers.get(frameIndex);
    const labels = truth.labels.map((label, index): LabelOnFrame => {
      const answer = answers?.get(label as ObjectId);
      if (!answer) {
        throw new Error(`the engine gave no mask of label ${label} on frame ${frameIndex}`);
      }
      const confidence = answer.confidence ?? answer.predictedIou;
      const mask = decodeRle(answer.rle);
      const trueMask = masks ? decodeRle(masks[index]!.rle) : null;
      return {
        label,
        score: trueMask && { j: regionSimilarity(mask, trueMask), f: contourAccuracy(mask, trueMask) },
        confidence,
        cue: answer.cue ?? null,
      };
    });
    return { sourceFrame, isGiven, labels };
  }
}
