/** What a run of the benchmark writes with --json. */
import * as v from 'valibot';

const Score = v.object({ j: v.number(), f: v.number() });

const MaybeNumber = v.nullable(v.number());

const LabelOnFrame = v.object({
  label: v.number(),
  /** Null where no true mask is known. */
  score: v.nullable(Score),
  /** 0..1; for engines without one SAM's predicted IoU, which may exceed 1 a little; null when there is neither. */
  confidence: MaybeNumber,
  cue: v.nullable(v.string()),
});

const FrameResult = v.object({
  /** In the whole sequence. */
  sourceFrame: v.number(),
  /** Its mask was given to the engine. */
  isGiven: v.boolean(),
  labels: v.array(LabelOnFrame),
});

/** Means over labels of what each label's frames come to; first and last frame left out. */
const Scores = v.object({
  j: MaybeNumber,
  f: MaybeNumber,
  jAndF: MaybeNumber,
  /** Of J&F. */
  decay: MaybeNumber,
});

const Confidence = v.object({
  bins: v.array(v.object({ from: v.number(), to: v.number(), count: v.number(), meanIou: MaybeNumber })),
  doubted: v.number(),
  doubtedBad: MaybeNumber,
  trusted: v.number(),
  trustedGood: MaybeNumber,
  /** Of confidence with IoU, in one sequence; overall the mean of the sequences'. */
  rankCorrelation: MaybeNumber,
});

const Cost = v.object({
  encodeMs: v.number(),
  decodeMs: v.number(),
  restMs: v.number(),
  /** Frames that the three are means of. */
  frames: v.number(),
  peakMemoryMb: v.number(),
});

const Step = v.object({
  /** Index of the frame whose mask was given, in the whole sequence; null before the first correction. */
  givenFrame: MaybeNumber,
  scores: Scores,
  /** Frames whose masks were given left out. */
  scoresOfOthers: Scores,
});

const SequenceResult = v.object({
  name: v.string(),
  frameCount: v.number(),
  labels: v.array(v.number()),
  /** The first pass, then one after each correction. */
  steps: v.pipe(v.array(Step), v.minLength(1)),
  /** Of the first pass. */
  confidence: Confidence,
  /** Of the first pass. */
  cost: Cost,
  wallSec: v.number(),
  firstPass: v.array(FrameResult),
  /** After all corrections; null without any. */
  corrected: v.nullable(v.array(FrameResult)),
});

const EngineResult = v.object({
  engine: v.string(),
  sequences: v.array(SequenceResult),
  /** Means over sequences. */
  steps: v.array(Step),
  confidence: Confidence,
  cost: Cost,
});

const Result = v.object({
  formatVersion: v.literal(1),
  date: v.string(),
  machine: v.object({
    cpuModel: v.string(),
    cores: v.number(),
    memoryGb: v.number(),
    system: v.string(),
    node: v.string(),
    onnxruntimeNode: v.string(),
    commit: v.nullable(v.string()),
  }),
  /** Name of the data folder. */
  data: v.string(),
  every: v.number(),
  frameLimit: MaybeNumber,
  threads: v.number(),
  /** Encoder answers came from an earlier run, so its times say nothing. */
  hasKeptEmbeddings: v.boolean(),
  /** The SAM that everything was done with; left out by runs from before there was a choice. */
  sam: v.optional(v.string()),
  engines: v.array(EngineResult),
});

export type LabelOnFrame = v.InferOutput<typeof LabelOnFrame>;
export type FrameResult = v.InferOutput<typeof FrameResult>;
export type Scores = v.InferOutput<typeof Scores>;
export type ConfidenceFigures = v.InferOutput<typeof Confidence>;
export type Cost = v.InferOutput<typeof Cost>;
export type StepResult = v.InferOutput<typeof Step>;
export type SequenceResult = v.InferOutput<typeof SequenceResult>;
export type EngineResult = v.InferOutput<typeof EngineResult>;
export type BenchResult = v.InferOutput<typeof Result>;

/** Parses a --json file's content. Throws an Error that says what is wrong. */
export function parseBenchResult(value: unknown): BenchResult {
  const result = v.safeParse(Result, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw new Error(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  return result.output;
}
